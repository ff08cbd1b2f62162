/**
 * What `qapi check` of a whole schema costs beside QEMU's own front end, process start included:
 *
 *     npm run build && QEMU_SRC=/path/to/qemu npx tsx bench/check.ts [SCHEMA] [ROUNDS]
 *
 * Both check the same file, in turns. SCHEMA is QEMU's own unless given. `PYTHON` names another
 * interpreter than /usr/bin/python3.
 */
import { join } from "node:path";
import { pairedRuns, printTimes, ratios } from "./paired-runs.js";
import { cli, python, qemuScripts, qemuSource } from "./qemu-source.js";
import { printRow } from "./row.js";

const [schema = join(qemuSource, "qapi", "qapi-schema.json"), rounds = "15"] = process.argv.slice(2);

const frontEnd = `
import sys
sys.path.insert(0, ${JSON.stringify(qemuScripts)})
from qapi.schema import QAPISchema
QAPISchema(sys.argv[1])
`;

const timed = pairedRuns(
  [
    { name: "node -e 0", command: [process.execPath, "-e", "0"] },
    { name: "qapi check", command: [process.execPath, cli, "check", schema] },
    { name: "QEMU's front end", command: [python, "-c", frontEnd, schema] },
  ],
  Number(rounds),
);
console.log(`${schema}, ${rounds} rounds: median (shortest) in s`);
printTimes(timed);
const [start, ours, theirs] = timed;
const against = "QEMU's front end";
printRow({
  ...{ what: "`qapi check` of QEMU's schema", against, values: ratios(ours, theirs) },
  ...{ unit: "×", budget: "≤ 0.55 ×", aim: "0.45 ×" },
});
printRow({ what: "`node -e 0` alone", against, values: ratios(start, theirs), unit: "×", budget: "–" });
