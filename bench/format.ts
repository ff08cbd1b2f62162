/**
 * What `qapi format` of QEMU's whole schema costs beside prettier on as much JSON, whole cold processes in turns:
 *
 *     npm run build && QEMU_SRC=/path/to/qemu npx tsx bench/format.ts [ROUNDS]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pairedRuns, printTimes } from "./paired-runs.js";
import { cli, qemuSource } from "./qemu-source.js";
import { printRow } from "./row.js";

const rounds = Number(process.argv[2] ?? "5");
const source = join(qemuSource, "qapi");
const folder = mkdtempSync(join(tmpdir(), "qapi-format-"));
const files = readdirSync(source).filter((name) => name.endsWith(".json"));
const schemas = files.map((name) => join(folder, name));
const documents = files.map((name) => join(folder, `${name}5.json`));
/** Into each of the files: theirs as it is, and as long a JSON document. */
function fill(): void {
  files.forEach((name, index) => {
    const text = readFileSync(join(source, name), "utf8");
    writeFileSync(schemas[index] ?? "", text);
    writeFileSync(documents[index] ?? "", JSON.stringify(text.match(/\w+/g)));
  });
}

const prettier = fileURLToPath(new URL("../node_modules/prettier/bin/prettier.cjs", import.meta.url));
const timed = pairedRuns(
  [
    { name: "prettier", command: [process.execPath, prettier, "--write", ...documents], before: fill },
    {
      name: "qapi format",
      command: [process.execPath, cli, "format", "--write", ...schemas],
      before: fill,
    },
  ],
  rounds,
);
rmSync(folder, { recursive: true, force: true });
printTimes(timed);
const [theirs, ours] = timed;
printRow({
  ...{ what: "`qapi format` of QEMU's schema", against: "–", values: ours?.seconds ?? [], unit: "s" },
  ...{ budget: "≤ 1.5 s", aim: "0.8 s" },
});
printRow({
  what: "– prettier on as much JSON",
  against: "–",
  values: theirs?.seconds ?? [],
  unit: "s",
  budget: "–",
});
