/**
 * What `tsc --noEmit` under the strictest flags costs over what is generated from a whole schema:
 *
 *     npm run build && QEMU_SRC=/path/to/qemu npx tsx bench/compile-generated.ts [SCHEMA] [ROUNDS]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pairedRuns } from "./paired-runs.js";
import { cli, qemuSource } from "./qemu-source.js";
import { printRow } from "./row.js";

const [schema = join(qemuSource, "qapi", "qapi-schema.json"), rounds = "3"] = process.argv.slice(2);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "qapi-compile-"));

const strictest = {
  ...{ target: "es2022", module: "nodenext", noEmit: true, strict: true, types: [], lib: ["es2022"] },
  ...{ verbatimModuleSyntax: true, isolatedModules: true, erasableSyntaxOnly: true, noUnusedLocals: true },
  ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noUnusedParameters: true },
  ...{ noPropertyAccessFromIndexSignature: true, noImplicitOverride: true, noImplicitReturns: true },
  ...{ isolatedDeclarations: true, declaration: true, resolveJsonModule: true },
};
writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
// As a dependency, whose own types are read as they are shipped.
spawnSync("mkdir", [join(folder, "node_modules")]);
symlinkSync(root, join(folder, "node_modules", "qapi-ts"));

for (const [name, options] of [
  ["all but validators", ["--emit", "types,visitors,commands,events,introspect,json-schema"]],
  ["all", []],
] as const) {
  const output = join(folder, "qapi");
  rmSync(output, { recursive: true, force: true });
  const made = spawnSync(process.execPath, [cli, "generate", schema, "-o", output, ...options], {
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(made.stderr);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: strictest, include: ["qapi"] }),
  );
  const tsc = [process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-p", folder];
  const [timed] = pairedRuns([{ name, command: tsc }], Number(rounds));
  printRow({
    ...{ what: `strictest \`tsc --noEmit\` over the generated output, ${name}`, against: "–" },
    ...{ values: timed?.seconds ?? [], unit: "s", digits: 1, budget: "no errors", aim: "3 s" },
  });
}
rmSync(folder, { recursive: true, force: true });
