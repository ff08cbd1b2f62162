/** Compiles schemas changed at random, and says what is wrong with how we took them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "../../../src/diagnostic/diagnostic.js";
import { renderJson } from "../../../src/diagnostic/render/json.js";
import { renderPretty } from "../../../src/diagnostic/render/pretty.js";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import type { Span } from "../../../src/diagnostic/source.js";
import { compileSchema } from "../../../src/qapi/index.js";
import { corpus } from "../../support/shared-data.js";
import { memoryHost } from "../../support/memory-host.js";
import { Random } from "../conformance/random.js";
import { mutate, toBytes } from "./mutate.js";

/** No input is larger than a few hundred lines, so that this is an eternity. */
const longestMs = 5_000;
const longestSeed = 12_000;

/** The texts to start from: our own schema, and QEMU's schemas and tests when they are here. */
export function seeds(): string[] {
  const own = fileURLToPath(new URL("../../../schema", import.meta.url));
  const folders = [own];
  if (corpus !== undefined) {
    for (const folder of ["qapi", "qga", "storage-daemon/qapi", "tests/qapi-schema"]) {
      folders.push(join(corpus, "qemu-10.2.2", folder));
    }
    folders.push(join(corpus, "qemu-7.2", "qapi"));
  }
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => readFileSync(join(folder, name), "utf8")),
  );
}

/**
 * Tries `count` mutants, `first` being the seed of the first one.
 *
 * @returns what went wrong, each with the seed that shows it; empty if nothing did
 */
export function fuzz(texts: readonly string[], first: number, count: number): string[] {
  const faults: string[] = [];
  for (let seed = first; seed < first + count && faults.length < 10; seed++) {
    const random = new Random(seed);
    const files = { "schema.json": mutant(random, texts), "part.json": mutant(random, texts) };
    const docRules = random.chance(0.5) ? "strict" : "lenient";
    const start = performance.now();
    try {
      const { diagnostics, schema } = compileSchema("schema.json", { host: memoryHost(files), docRules });
      if ((schema === undefined) !== diagnostics.length > 0)
        faults.push(`${seed}: neither schema nor problem`);
      faults.push(...diagnostics.flatMap(misplaced).map((fault) => `${seed}: ${fault}`));
      render(diagnostics);
    } catch (error) {
      faults.push(`${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    const duration = performance.now() - start;
    if (duration > longestMs) faults.push(`${seed}: took ${duration} ms`);
  }
  return faults;
}

/** A stretch of one of the texts, changed in one to four places. */
function mutant(random: Random, texts: readonly string[]): Uint8Array {
  const whole = random.pick(texts);
  const from = whole.length > longestSeed ? whole.lastIndexOf("\n##\n", random.below(whole.length)) + 1 : 0;
  let text = whole.slice(from, from + 500 + random.below(longestSeed));
  for (let left = 1 + random.below(4); left > 0; left--) text = mutate(random, text);
  return toBytes(random, text);
}

function misplaced({ code, span, anchor, notes }: Diagnostic): string[] {
  const wrong = [span, anchor, ...notes.map((note) => note.span)].some((each) => !isPlace(each));
  return wrong ? [`a place outside the text in ${code}`] : [];
}

function isPlace({ file, start, end }: Span): boolean {
  return start >= 0 && start <= end && end <= file.text.length;
}

function render(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  if (!/^[^]*[^\n]\n$/.test(renderQemu(diagnostics))) throw new Error("QEMU's form is not a line");
  renderPretty(diagnostics);
  JSON.parse(renderJson(diagnostics));
}
