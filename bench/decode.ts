/**
 * What a large reply costs from bytes to typed values, beside `JSON.parse` of the same text:
 *
 *     npx tsx bench/decode.ts INTROSPECTION [ROUNDS]
 *
 * INTROSPECTION is a file with the array that `query-qmp-schema` returns.
 */
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { qapi } from "../generated/qapi/index.js";
import { MessageFramer } from "../src/client/message-framer.js";
import { parseJson } from "../src/json/parse.js";
import { isJsonObject, type JsonValue } from "../src/json/value.js";
import { decodeUtf8 } from "../src/util/decode-utf8.js";
import { fromJson } from "../src/visitor/json-input.js";
import { visitAny } from "../src/visitor/builtin.js";
import type { TypeVisit } from "../src/visitor/type-visit.js";
import { median } from "./paired-runs.js";
import { printRow } from "./row.js";

const [file, rounds = "60"] = process.argv.slice(2);
if (file === undefined) {
  console.error("name a file with an introspection");
  process.exit(2);
}
const CHUNK = 65_536;
const text = JSON.stringify({ return: JSON.parse(readFileSync(file, "utf8")) as unknown, id: 1 });
const bytes = Buffer.from(`${text}\r\n`);
const schemaReply: TypeVisit<unknown> = qapi.commands["query-qmp-schema"].returns ?? visitAny;

function frame(): Uint8Array {
  let framed: Uint8Array | undefined;
  const framer = new MessageFramer(
    {
      frame: (message) => (framed = message),
      line: (message) => {
        framed = message;
        return true;
      },
      sentinel: () => undefined,
      fault: (problem) => {
        throw new Error(problem);
      },
    },
    bytes.length,
  );
  for (let at = 0; at < bytes.length; at += CHUNK) framer.feed(bytes.subarray(at, at + CHUNK));
  if (framed === undefined) throw new Error("no whole message");
  return framed;
}

function visit(message: JsonValue): unknown {
  if (!isJsonObject(message)) throw new Error("no object");
  return fromJson(schemaReply, message["return"] ?? null, { strict: false, allowMissing: true });
}

const message = parseJson(text);
const contestants = {
  "JSON.parse": (): unknown => JSON.parse(text),
  framing: frame,
  reading: () => parseJson(text),
  visiting: () => visit(message),
  "all of it": () => visit(parseJson(decodeUtf8(frame()) ?? "")),
};
const times = new Map(Object.keys(contestants).map((name) => [name, [] as number[]]));
const inTurn = Object.entries(contestants);
for (let round = -10; round < Number(rounds); round++) {
  // Another one goes first each time, or the same would always pay for the garbage of the others.
  const first = Math.abs(round) % inTurn.length;
  for (const [name, run] of [...inTurn.slice(first), ...inTurn.slice(0, first)]) {
    const start = performance.now();
    run();
    if (round >= 0) times.get(name)?.push(performance.now() - start);
  }
}
const alone = times.get("JSON.parse") ?? [];
console.log(`${bytes.length} bytes, ${rounds} rounds: in ms and × JSON.parse, median and shortest`);
for (const [name, each] of times) {
  const ratios = each.map((ms, round) => ms / (alone[round] ?? NaN));
  const [shortest, leastAlone] = [Math.min(...each), Math.min(...alone)];
  console.log(
    `${name.padEnd(10)}  ${median(each).toFixed(2)}  ${median(ratios).toFixed(2)} ×   ` +
      `${shortest.toFixed(2)}  ${(shortest / leastAlone).toFixed(2)} ×`,
  );
}
const whole = times.get("all of it") ?? [];
printRow({
  ...{ what: "typed decode of a large reply", against: "`JSON.parse` alone", unit: "×" },
  ...{ values: whole.map((ms, round) => ms / (alone[round] ?? NaN)) },
  ...{ budget: "≤ 2.6 ×", aim: "1.5 ×" },
});
printRow({
  ...{ what: "– the shortest of each", against: "the same", unit: "×", budget: "≤ 2.6 ×", aim: "1.5 ×" },
  values: [Math.min(...whole) / Math.min(...alone)],
});
