/**
 * `npm run record`: makes the record of QEMU's history from what builds of QEMU told of themselves.
 *
 *     npm run record -- FOLDER|VERSION_ARCH.json|VERSION_ARCH=FILE …
 *
 * Without arguments it takes what the tests compare with (`QAPI_EVOLUTION`, `QAPI_CORPUS`). Same
 * inputs, same bytes.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recordFrom } from "./record-from.js";

const SHARED = fileURLToPath(new URL("../../../../shared", import.meta.url));
const TARGET = fileURLToPath(new URL("../../evolution/record/record.json", import.meta.url));

function defaults(): string[] {
  const evolution = process.env["QAPI_EVOLUTION"] ?? join(SHARED, "evolution");
  const corpus = process.env["QAPI_CORPUS"] ?? join(SHARED, "corpus");
  return [
    join(evolution, "introspect"),
    // That file is of a tree before 10.0.
    "!10.0_s390x",
    `10.2_x86_64=${join(corpus, "qemu-10.2.2/golden/introspect.json")}`,
  ];
}

const given = process.argv.slice(2);
const TEXT = recordFrom(given.length > 0 ? given : defaults());
writeFileSync(TARGET, TEXT);
process.stderr.write(`${TARGET}: ${TEXT.length} bytes\n`);
