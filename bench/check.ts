/**
 * What `qapi check` of a whole schema costs beside QEMU's own front end, process start included:
 *
 *     npm run build && QEMU_SRC=/path/to/qemu npx tsx bench/check.ts [SCHEMA] [ROUNDS]
 *
 * Both check the same file, in turns. SCHEMA is QEMU's own unless given. `PYTHON` names another
 * interpreter than /usr/bin/python3.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const source = process.env["QEMU_SRC"] ?? "";
const python = process.env["PYTHON"] ?? "/usr/bin/python3";
const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const [schema = join(source, "qapi", "qapi-schema.json"), rounds = "15"] = process.argv.slice(2);

if (!existsSync(join(source, "scripts", "qapi", "schema.py"))) {
  console.error("bench/check: set QEMU_SRC to a QEMU source tree");
  process.exit(2);
}

const frontEnd = `
import sys
sys.path.insert(0, ${JSON.stringify(join(source, "scripts"))})
from qapi.schema import QAPISchema
QAPISchema(sys.argv[1])
`;

const contestants = {
  "node -e 0": [process.execPath, "-e", "0"],
  "qapi check": [process.execPath, cli, "check", schema],
  "QEMU's front end": [python, "-c", frontEnd, schema],
};

function seconds([command = "", ...args]: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${String(status)}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

const times = Object.entries(contestants).map(([name, command]) => ({ name, command, runs: [] as number[] }));
for (const { command } of times) seconds(command);
for (let round = 0; round < Number(rounds); round++) {
  for (const { command, runs } of times) runs.push(seconds(command));
}

const median = (runs: readonly number[]): number => runs.toSorted((a, b) => a - b)[runs.length >> 1] ?? NaN;
console.log(`${schema}, ${rounds} rounds: median (shortest) in s`);
for (const { name, runs } of times) {
  console.log(`${name.padEnd(18)} ${median(runs).toFixed(3)} (${Math.min(...runs).toFixed(3)})`);
}
const [, ours, theirs] = times;
const ratios = ours?.runs.map((each, round) => each / (theirs?.runs[round] ?? NaN)) ?? [];
console.log(`ratio, round by round: median ${median(ratios).toFixed(2)} (budget 0.7, aim 0.45)`);
