/** Holds our front end against QEMU's own on schemas that neither has seen before. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { dumpSchema } from "../../../src/qapi/dump/dump-schema.js";
import { compileSchema } from "../../../src/qapi/index.js";
import type { SchemaHost } from "../../../src/qapi/load/host.js";
import { type Block, closure, copyBlock, nameOf, printBlock, readBlocks } from "./draft-schema.js";
import { mutate, mutateText } from "./mutations.js";
import { type QemuAnswer, QemuFrontEnd } from "./qemu-front-end.js";
import { Random } from "./random.js";

export interface Difference {
  readonly seed: number;
  readonly files: Readonly<Record<string, string>>;
  readonly qemu: QemuAnswer;
  readonly ours: QemuAnswer;
}

export interface Tally {
  fine: number;
  faulty: number;
  /** QEMU's tool failed itself; ours must not. */
  crashed: number;
  readonly differences: Difference[];
}

/** Groups of definitions that belong together, each small enough to be checked in a moment. */
export function gatherSeeds(paths: readonly string[], limit = 12): Block[][] {
  return paths.flatMap((path) => {
    const blocks = readBlocks(path);
    const byName = new Map(blocks.map((block) => [nameOf(block), block]));
    return blocks.flatMap((block) => {
      const group = closure(block, byName, limit);
      return group ? [group] : [];
    });
  });
}

/** A schema made from a group of definitions, changed at random. */
export function mutant(random: Random, seeds: readonly Block[][]): Record<string, string> {
  const blocks = random.pick(seeds).map(copyBlock);
  if (random.chance(0.3)) blocks.push(...random.pick(seeds).map(copyBlock));
  mutate(random, blocks);
  const printed = blocks.map(printBlock);
  // Now and then two definitions stand on one line, or in files that include each other.
  const between = (): string => (random.chance(0.03) ? " " : "\n");
  const text = (parts: readonly string[]): string => {
    const whole = parts.map((part) => part + between()).join("") + "\n";
    return random.chance(0.15) ? mutateText(random, whole) : whole;
  };
  if (!random.chance(0.25)) return { "schema.json": text(printed) };
  const cut = random.below(printed.length + 1);
  const include = (name: string): string => `{ 'include': '${name}' }`;
  const head = random.chance(0.1) ? [include("schema.json")] : [];
  const main = [...printed.slice(0, random.below(cut + 1)), include("part.json"), ...printed.slice(cut)];
  if (random.chance(0.2)) main.push(include("part.json"));
  return { "schema.json": text(main), "part.json": text([...head, ...printed.slice(0, cut)]) };
}

function runOurs(files: Readonly<Record<string, string>>, folder: string): QemuAnswer {
  const host: SchemaHost = {
    read: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
      return text;
    },
    absolute: (path) => join(folder, path),
  };
  try {
    const { diagnostics, schema } = compileSchema("schema.json", { host, docRules: "strict" });
    return schema ? { out: dumpSchema(schema) } : { err: renderQemu(diagnostics) };
  } catch (error) {
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** QEMU names one of several rivals by the order of a Python set, which changes from run to run. */
const settled = (text: string | undefined): string | undefined =>
  text?.replace(/(can't be distinguished from ').*'/, "$1…'").trimEnd();

function agree(qemu: QemuAnswer, ours: QemuAnswer): boolean {
  if (ours.crash !== undefined) return false;
  if (qemu.crash !== undefined) return true;
  return settled(qemu.err) === settled(ours.err) && qemu.out === ours.out;
}

/** Tries mutants from `firstSeed` on, and gives what came of it. */
export async function compareWithQemu(
  source: string,
  seeds: readonly Block[][],
  { firstSeed, count, mostDifferences = 20 }: { firstSeed: number; count: number; mostDifferences?: number },
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "qapi-differential-"));
  const qemu = new QemuFrontEnd(source, folder);
  const tally: Tally = { fine: 0, faulty: 0, crashed: 0, differences: [] };
  try {
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const files = mutant(new Random(seed), seeds);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const theirs = await qemu.run("schema.json");
      const ours = runOurs(files, folder);
      if (theirs.crash !== undefined) tally.crashed++;
      else if (theirs.err !== undefined) tally.faulty++;
      else tally.fine++;
      if (agree(theirs, ours)) continue;
      tally.differences.push({ seed, files, qemu: theirs, ours });
      if (tally.differences.length >= mostDifferences) break;
    }
  } finally {
    qemu.close();
    rmSync(folder, { recursive: true });
  }
  return tally;
}
