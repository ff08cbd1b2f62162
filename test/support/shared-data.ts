import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";

const beside = fileURLToPath(new URL("../../../shared", import.meta.url));

/** QEMU's own schemas and schema tests: `$QAPI_CORPUS`, or `../shared/corpus`. */
export const corpus = locate("QAPI_CORPUS", "corpus");

/** What real QEMUs answered: `$QAPI_ORACLE`, or `../shared/oracle`. */
export const oracle = locate("QAPI_ORACLE", "oracle");

/** How QEMU's schema changed over its releases: `$QAPI_EVOLUTION`, or `../shared/evolution`. */
export const evolution = locate("QAPI_EVOLUTION", "evolution");

function locate(variable: string, folder: string): string | undefined {
  const given = process.env[variable];
  const path = given === undefined || given === "" ? resolve(beside, folder) : resolve(given);
  return existsSync(path) ? path : undefined;
}
