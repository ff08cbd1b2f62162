/**
 * How time and memory grow with the input: curves that must be straight lines, beside QEMU's own front end where
 * it can take the same input.
 *
 *     npm run build && QEMU_SRC=/path/to/qemu npx tsx bench/growth.ts [ROUNDS]
 *
 * Whole cold processes under `/usr/bin/time`, in turns. The copies are QEMU's own schema with every name given a
 * number; the rest is made here.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./paired-runs.js";
import { cli, python, qemuScripts, qemuSource } from "./qemu-source.js";
import { printRow } from "./row.js";

const rounds = Number(process.argv[2] ?? "3");
const folder = mkdtempSync(join(tmpdir(), "qapi-growth-"));

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Runs a program, and fails when it does. */
function run(command: readonly string[], input?: string): Run {
  const timed = spawnSync("/usr/bin/time", ["-f", "%e %M", ...command], {
    encoding: "utf8",
    ...(input !== undefined && { input }),
    stdio: ["pipe", "ignore", "pipe"],
  });
  if (timed.status !== 0) throw new Error(`${command.join(" ")}: ${timed.stderr.slice(0, 500)}`);
  const [seconds = NaN, kilobytes = NaN] = (timed.stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  return { seconds, megabytes: kilobytes / 1000 };
}

const middle = (runs: readonly Run[]): Run => ({
  seconds: median(runs.map(({ seconds }) => seconds)),
  megabytes: median(runs.map(({ megabytes }) => megabytes)),
});

function show(runs: readonly Run[]): string {
  const { seconds, megabytes } = middle(runs);
  return `${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`;
}

const frontEnd = `
import sys
sys.path.insert(0, ${JSON.stringify(qemuScripts)})
from qapi.schema import QAPISchema
QAPISchema(sys.argv[1])
`;

const check = (schema: string): string[] => [process.execPath, cli, "check", schema];
const theirs = (schema: string): string[] => [python, "-c", frontEnd, schema];

/** One row: ours, which it returns, and QEMU's unless it cannot. */
function compare(name: string, schema: string, withTheirs = true): Run {
  const ours: Run[] = [];
  const others: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(run(check(schema)));
    if (withTheirs) others.push(run(theirs(schema)));
  }
  const peer = withTheirs ? `QEMU's front end: ${show(others)}` : "–";
  console.log(`| growth: ${name} | ${peer} | ${show(ours)} | | |`);
  return middle(ours);
}

/** Names of types, commands and events that one copy of the schema defines. */
const source = join(qemuSource, "qapi");
const files = readdirSync(source).filter((name) => name.endsWith(".json"));
const texts = files.map((name) => readFileSync(join(source, name), "utf8"));
const names = new Set(
  texts.flatMap((text) =>
    [...text.matchAll(/^\{ *'(?:struct|union|enum|alternate|command|event)' *: *'([^']+)'/gm)].map(
      ([, name = ""]) => name,
    ),
  ),
);

/** What QEMU's schema lets pass by name: lists under their pragmas. A second pragma would undo the first. */
const pragmas = [
  ...readFileSync(join(source, "pragma.json"), "utf8")
    .replaceAll(/#.*/g, "")
    .matchAll(/'([a-z-]+)': \[([^\]]*)\]/g),
].map(([, key = "", list = ""]) => ({
  key,
  excepted: [...list.matchAll(/'([^']+)'/g)].map(([, name = ""]) => name),
}));

/** A main file that includes so many copies, each of which has its own names. */
function copies(count: number): string {
  const mains: string[] = [];
  const allowed = new Map(pragmas.map(({ excepted }) => [excepted, [] as string[]]));
  for (let copy = 0; copy < count; copy++) {
    const into = join(folder, `${count}-copy${copy}`);
    mkdirSync(into);
    const rename = (name: string): string => (copy === 0 || !names.has(name) ? name : numbered(name, copy));
    for (const { excepted } of pragmas)
      for (const name of excepted) allowed.get(excepted)?.push(`'${rename(name)}'`);
    files.forEach((file, index) => {
      if (file === "pragma.json") {
        writeFileSync(join(into, file), "# Above all copies.\n");
        return;
      }
      const renamed = (texts[index] ?? "")
        .replaceAll(/^[^#\n].*$/gm, (line) =>
          line.replaceAll(
            /'(\*?)([A-Za-z][\w-]*)'/g,
            (_, mark: string, name: string) => `'${mark}${rename(name)}'`,
          ),
        )
        .replaceAll(/^# @([A-Za-z][\w-]*):/gm, (_, name: string) => `# @${rename(name)}:`);
      writeFileSync(join(into, file), renamed);
    });
    mains.push(`{ 'include': '${count}-copy${copy}/qapi-schema.json' }\n`);
  }
  const main = join(folder, `${count}.json`);
  const lists = pragmas.map(
    ({ key, excepted }) => `'${key}': [ ${allowed.get(excepted)?.join(", ") ?? ""} ]`,
  );
  const pragma = `{ 'pragma': { 'doc-required': true, ${lists.join(", ")} } }\n`;
  writeFileSync(main, pragma + mains.join(""));
  return main;
}

/** The same name, kept in the case that its kind of definition demands. */
function numbered(name: string, copy: number): string {
  // One character for each copy, or lines of doc comments grow too long.
  const letter = String.fromCharCode("a".charCodeAt(0) + copy);
  if (name === name.toUpperCase()) return `${name}_N${letter.toUpperCase()}`;
  return name === name.toLowerCase() ? `${name}-n${letter}` : `${name}N${letter}`;
}

function made(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Unions each of which is a branch of the one before. */
function chain(length: number): string {
  const parts = ["{ 'enum': 'Kind', 'data': [ 'a' ] }\n{ 'struct': 'Link0', 'data': {} }\n"];
  for (let i = 1; i <= length; i++) {
    const tag = `t${i}`;
    parts.push(
      `{ 'union': 'Link${i}', 'base': { '${tag}': 'Kind' }, 'discriminator': '${tag}', 'data': { 'a': 'Link${i - 1}' } }\n`,
    );
  }
  return made(`chain-${length}.json`, parts.join(""));
}

/** One doc comment of so many lines. */
function longDoc(lines: number): string {
  const prose = "# Words about what this is for, and how it came to be.\n".repeat(lines);
  return made(`doc-${lines}.json`, `##\n# @Thing:\n#\n${prose}##\n{ 'struct': 'Thing', 'data': {} }\n`);
}

const curve = new Map<number, Run>();
for (const count of [1, 2, 4, 8, 16]) curve.set(count, compare(`${count} × QEMU's schema`, copies(count)));
const [once, often] = [curve.get(1), curve.get(16)];
printRow({
  ...{ what: "growth: 16 copies of QEMU's schema", against: "one of them", unit: "×", digits: 1 },
  ...{ values: [(often?.seconds ?? NaN) / (once?.seconds ?? NaN)], budget: "≤ 20 ×" },
});
// QEMU's own goes down a chain by recursion, which ends at some hundred.
for (const length of [12_500, 25_000, 50_000]) {
  const { seconds } = compare(`${length} unions in a chain`, chain(length), false);
  if (length !== 50_000) continue;
  printRow({
    ...{
      what: "growth: 50,000 unions in a chain",
      against: "–",
      values: [seconds],
      unit: "s",
      budget: "≤ 5 s",
    },
  });
}
for (const lines of [10_000, 40_000, 160_000]) compare(`${lines} lines in a doc comment`, longDoc(lines));

const MEBI = 2 ** 20;

/** Requests with one string of so many bytes: what it is made of, and where it stands. */
const longStrings = [
  { what: "ASCII", unit: "x", before: '{"execute": "', after: '"}' },
  {
    ...{ what: "é, to the monitor and back", unit: "é" },
    ...{ before: '{"execute": "human-monitor-command", "arguments": {"command-line": "', after: '"}}' },
  },
];
for (const { what, unit, before, after } of longStrings) {
  for (const size of [15, 30, 60]) {
    const string = unit.repeat((size * MEBI) / Buffer.byteLength(unit));
    const request = `{"execute": "qmp_capabilities"}\n${before}${string}${after}\n`;
    const runs = Array.from({ length: rounds }, () =>
      run([process.execPath, cli, "qmp", "serve", "--stdio"], request),
    );
    const budget = size === 60 ? "≤ 1.5 s, 400 MB" : "";
    console.log(`| growth: ${size} MiB in one QMP string, ${what} | – | ${show(runs)} | ${budget} | |`);
  }
}
rmSync(folder, { recursive: true, force: true });
