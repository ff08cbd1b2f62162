/**
 * What `qapi breaking` of two whole schemas costs, process start included, beside Node's own start:
 *
 *     npm run build && npx tsx bench/breaking.ts OLD NEW [OLD-INTROSPECTION NEW-INTROSPECTION] [ROUNDS]
 *
 * The first pair are sources (budget 1.0 s and 250 MB, aim 0.6 s), the second what two QEMUs told of
 * themselves (budget 0.5 s, aim 0.3 s). Without arguments it takes those that the tests compare with.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { corpus, evolution } from "../test/support/shared-data.js";
import { pairedRuns, peakMegabytes, printTimes } from "./paired-runs.js";
import { printRow } from "./row.js";

const cli = fileURLToPath(new URL("../dist/cli/qapi.cjs", import.meta.url));

const given = process.argv.slice(2);
const rounds = Number(/^\d+$/.test(given.at(-1) ?? "") ? given.pop() : 15);
const [
  oldSource = join(corpus ?? "", "releases/9.2.0/qapi/qapi-schema.json"),
  newSource = join(corpus ?? "", "qemu-10.2.2/qapi/qapi-schema.json"),
  oldBuild = join(evolution ?? "", "introspect/9.2_x86_64.json"),
  newBuild = join(evolution ?? "", "introspect/10.0_x86_64.json"),
] = given;

/** Release notes: the same comparison, and an exit status that is no finding. */
const breaking = (old: string, next: string): readonly string[] => [
  process.execPath,
  cli,
  "breaking",
  old,
  next,
  "--changelog",
];

const timed = pairedRuns(
  [
    { name: "node -e 0", command: [process.execPath, "-e", "0"] },
    { name: "two sources", command: breaking(oldSource, newSource) },
    { name: "two introspections", command: breaking(oldBuild, newBuild) },
  ],
  rounds,
);
console.log(`${oldSource} and ${newSource}, ${rounds} rounds: median (shortest) in s`);
printTimes(timed);

const [, sources, introspections] = timed;
printRow({
  ...{ what: "`qapi breaking` of two whole sources", against: "–", values: sources?.seconds ?? [] },
  ...{ unit: "s", budget: "≤ 1.0 s", aim: "0.6 s" },
});
printRow({
  ...{ what: "– its memory", against: "–", values: [peakMegabytes(breaking(oldSource, newSource))] },
  ...{ unit: "MB", digits: 0, budget: "≤ 250 MB" },
});
printRow({
  ...{ what: "– of two introspections", against: "–", values: introspections?.seconds ?? [] },
  ...{ unit: "s", budget: "≤ 0.5 s", aim: "0.3 s" },
});
