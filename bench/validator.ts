/**
 * The generated validator of `MigrateSetParameters` beside what ajv makes of the generated JSON Schema by hand, as many
 * documents a second, in turns:
 *
 *     npx tsx bench/validator.ts [ROUNDS]
 */
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { Ajv2020 } from "ajv/dist/2020.js";
import { validateMigrateSetParameters } from "../generated/qapi/validators/migration.js";
import { printRow } from "./row.js";

const rounds = Number(process.argv[2] ?? "15");
const DOCUMENTS = 300_000;
const schema = JSON.parse(
  readFileSync(new URL("../generated/qapi/json-schema.json", import.meta.url), "utf8"),
) as object;
const byHand = new Ajv2020({ strict: false, discriminator: true })
  .addSchema(schema, "qapi")
  .compile({ $ref: "qapi#/$defs/MigrateSetParameters" });
const document = {
  "cpu-throttle-initial": 30,
  "cpu-throttle-increment": 5,
  "cpu-throttle-tailslow": true,
  "max-bandwidth": 1_000_000,
  "downtime-limit": 400,
  "tls-creds": "tls0",
  "multifd-compression": "zlib",
};

/** Documents per second. */
function rate(check: (value: unknown) => boolean): number {
  const start = performance.now();
  for (let at = 0; at < DOCUMENTS; at++) if (!check(document)) throw new Error("the document is no good");
  return DOCUMENTS / (performance.now() - start);
}

const values: number[] = [];
for (let round = -2; round < rounds; round++) {
  const ratio = rate((value) => validateMigrateSetParameters(value)) / rate((value) => byHand(value));
  if (round >= 0) values.push(ratio);
}
printRow({
  ...{ what: "generated validator, `MigrateSetParameters`", against: "ajv by hand", values, unit: "×" },
  ...{ budget: "≥ 0.9 ×", aim: "1.0 ×" },
});
