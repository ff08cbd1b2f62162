/**
 * Builds the program: `dist/cli/`, in the module format that Node loads fastest.
 *
 *     tsx .build/program.ts
 *
 * Loading a graph of ES modules takes Node 20 longer than requiring the same files. So the program is bundled and
 * split as ES modules, one chunk for what each command alone needs, and each chunk then becomes CommonJS.
 * `dist/cli.js`, which the package's bin names, only requires it.
 */
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { plainUsages } from "../src/cli/program.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const folder = join(dist, "cli");

const target = { platform: "node", target: "node20.19", logLevel: "warning" } as const;

const { outputFiles } = await build({
  ...target,
  absWorkingDir: root,
  entryPoints: { qapi: "src/cli/main.ts" },
  bundle: true,
  splitting: true,
  format: "esm",
  // What can be required stays outside; what is an ES module alone cannot be on every Node.
  external: ["ajv", "commander", "diff", "jiti", "picocolors", "prettier", "vscode-languageserver"],
  alias: { "qapi-ts/visitor": "./src/visitor/index.ts" },
  define: { PLAIN_USAGES: JSON.stringify(plainUsages()) },
  chunkNames: "chunks/[name]-[hash]",
  outExtension: { ".js": ".cjs" },
  outdir: folder,
  write: false,
});

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, "chunks"), { recursive: true });
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, {
    ...target,
    format: "cjs",
    // Chunks are required when they are asked for, too.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "moduleUrl" },
    banner: text.includes("import.meta.url")
      ? 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;'
      : "",
  });
  writeFileSync(path, code);
}

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
