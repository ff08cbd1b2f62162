/**
 * Builds the program: `dist/cli/`, in the module format that Node loads fastest.
 *
 *     tsx .build/program.ts
 *
 * Loading a graph of ES modules takes Node 20 longer than requiring the same files, and many small files longer than
 * one. So the program is CommonJS, split into what each command alone needs; what `check` needs, which is the road that
 * every schema takes, is one file. `dist/cli.js`, which the package's bin names, only requires the program.
 */
import { chmodSync, copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "rolldown";
import { plainUsages } from "../src/cli/program.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const folder = join(dist, "cli");

// What can be required stays outside; what is an ES module alone cannot be on every Node.
const external = ["ajv", "commander", "diff", "jiti", "picocolors", "prettier", "vscode-languageserver"];

/** The modules that `check` loads before it has found anything to report. */
const checked = new Set<string>();

const findChecked: Plugin = {
  name: "find-what-check-loads",
  buildEnd() {
    const visit = (id: string) => {
      const module = checked.has(id) ? null : this.getModuleInfo(id);
      checked.add(id);
      module?.importedIds.forEach(visit);
    };
    visit(join(root, "src/cli/commands/check.ts"));
  },
};

rmSync(folder, { recursive: true, force: true });
await build({
  cwd: root,
  input: { qapi: "src/cli/main.ts" },
  platform: "node",
  external: external.map((name) => new RegExp(`^${name}(?:/|$)`)),
  resolve: { alias: { "qapi-ts/visitor": join(root, "src/visitor/index.ts") } },
  transform: { target: "node20.19", define: { PLAIN_USAGES: JSON.stringify(plainUsages()) } },
  plugins: [findChecked],
  output: {
    dir: folder,
    format: "cjs",
    exports: "named",
    entryFileNames: "[name].cjs",
    chunkFileNames: "chunks/[name]-[hash].cjs",
    codeSplitting: { groups: [{ name: "check", test: (id) => checked.has(id) }] },
    comments: false,
  },
  logLevel: "warn",
});

const bin = join(dist, "cli.js");
writeFileSync(
  bin,
  [
    "#!/usr/bin/env node",
    'import { createRequire } from "node:module";',
    'createRequire(import.meta.url)("./cli/qapi.cjs");',
    "",
  ].join("\n"),
);
chmodSync(bin, 0o755);
copyFileSync(join(root, "src/cli/generate/config.schema.json"), join(dist, "config.schema.json"));
