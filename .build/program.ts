/**
 * Builds the program: `dist/cli/`, in the module format that Node loads fastest.
 *
 *     tsx .build/program.ts
 *
 * Loading a graph of ES modules takes Node 20 longer than requiring the same files, and many small files longer than
 * one. So the program is CommonJS, split into what each command alone needs; what `check` needs, which is the road that
 * every schema takes, is two files: one of them is of that which commands without a schema need, too. The package's bin
 * is the program itself; `dist/cli.js`, for those who call it by that name, sets up the loader of ES modules first.
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
/** Those that are also loaded where no schema is compiled: by the program itself, and by commands such as the monitor. */
const shared = new Set<string>();

const findChecked: Plugin = {
  name: "find-what-check-loads",
  buildEnd() {
    const source = (path: string) => join(root, "src", path);
    const visit = (id: string, found: Set<string>) => {
      if (found.has(id)) return;
      found.add(id);
      this.getModuleInfo(id)?.importedIds.forEach((each) => {
        visit(each, found);
      });
    };
    visit(source("cli/commands/check.ts"), checked);
    const without = new Set<string>();
    const visitWithout = (id: string) => {
      const found = new Set<string>();
      visit(id, found);
      if (without.has(id) || found.has(source("qapi/parse/parse-file.ts"))) return;
      for (const each of found) {
        without.add(each);
        if (checked.has(each)) shared.add(each);
      }
      for (const each of found) this.getModuleInfo(each)?.dynamicallyImportedIds.forEach(visitWithout);
    };
    visitWithout(source("cli/main.ts"));
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
    codeSplitting: {
      groups: [
        { name: "shared", test: (id) => shared.has(id), priority: 2 },
        { name: "check", test: (id) => checked.has(id), priority: 1 },
      ],
    },
    comments: false,
    banner: ({ isEntry }) => (isEntry ? "#!/usr/bin/env node" : ""),
  },
  logLevel: "warn",
});

const byName = join(dist, "cli.js");
writeFileSync(
  byName,
  [
    "#!/usr/bin/env node",
    'import { createRequire } from "node:module";',
    'createRequire(import.meta.url)("./cli/qapi.cjs");',
    "",
  ].join("\n"),
);
for (const bin of [byName, join(folder, "qapi.cjs")]) chmodSync(bin, 0o755);
copyFileSync(join(root, "src/cli/generate/config.schema.json"), join(dist, "config.schema.json"));
