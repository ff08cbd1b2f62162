/**
 * What `qapi generate` of a whole schema costs beside QEMU's `qapi-gen.py`, process start included:
 *
 *     npm run build && QEMU_SRC=/path/to/qemu npx tsx bench/generate.ts [SCHEMA] [ROUNDS]
 *
 * All write into fresh folders, in turns, but for the last one, which finds nothing to do.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contestant, pairedRuns, peakMegabytes, printTimes, ratios } from "./paired-runs.js";
import { cli, python, qemuScripts, qemuSource } from "./qemu-source.js";
import { printRow } from "./row.js";

const [schema = join(qemuSource, "qapi", "qapi-schema.json"), rounds = "9"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "qapi-bench-"));
const lean = "types,visitors,commands,events,introspect,json-schema";

function into(name: string, command: (output: string) => readonly string[]): Contestant {
  const output = join(folder, name.replaceAll(" ", "-"));
  const before = (): void => {
    rmSync(output, { recursive: true, force: true });
  };
  return { name, command: command(output), before };
}

const generate = (output: string, ...more: string[]): string[] => [
  ...[process.execPath, cli, "generate", schema, "-o", output],
  ...more,
];

const settled = join(folder, "settled");
const timed = pairedRuns(
  [
    into("qapi-gen.py", (output) => [python, join(qemuScripts, "qapi-gen.py"), "-o", output, "-b", schema]),
    into("without validators", (output) => generate(output, "--emit", lean)),
    into("everything", (output) => generate(output)),
    { name: "nothing changed", command: generate(settled) },
  ],
  Number(rounds),
);
const [leanPeak, peak] = [["--emit", lean], []].map((more) =>
  peakMegabytes(generate(join(folder, `peak-${more.length}`), ...more)),
);
rmSync(folder, { recursive: true, force: true });

const [theirs, withoutValidators, everything, unchanged] = timed;
console.log(`${schema}, ${rounds} rounds: median (shortest) in s`);
printTimes(timed);
const against = "`qapi-gen.py`";
printRow({
  ...{ what: `\`qapi generate --emit ${lean}\``, against, values: ratios(withoutValidators, theirs) },
  ...{ unit: "×", budget: "≤ 0.65 ×", aim: "0.45 ×" },
});
printRow({
  ...{
    what: "– its memory",
    against: "–",
    values: [leanPeak ?? NaN],
    unit: "MB",
    digits: 0,
    budget: "≤ 210 MB",
  },
});
printRow({
  ...{ what: "`qapi generate`, validators included", against, values: ratios(everything, theirs) },
  ...{ unit: "×", budget: "≤ 1.2 ×", aim: "0.9 ×" },
});
printRow({
  ...{ what: "– its memory", against: "–", values: [peak ?? NaN], unit: "MB", digits: 0, budget: "≤ 367 MB" },
});
printRow({
  ...{ what: "the same again, nothing changed", against: "itself", values: ratios(unchanged, everything) },
  ...{ unit: "×", budget: "≤ 0.2 ×", aim: "0.12 ×" },
});
