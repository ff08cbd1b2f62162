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

/** How libvirt is brought up, and an emulator for it to probe: `$QAPI_LIBVIRT`, or `../shared/libvirt`. */
export const libvirt = locate("QAPI_LIBVIRT", "libvirt");

/** What libvirt's own tests replay, out of its source: `$QAPI_LIBVIRT_REPLIES`, its `tests/qemucapabilitiesdata`. */
export const libvirtReplies = locate("QAPI_LIBVIRT_REPLIES", "libvirt/qemucapabilitiesdata");

function locate(variable: string, folder: string): string | undefined {
  const given = process.env[variable];
  const path = given === undefined || given === "" ? resolve(beside, folder) : resolve(given);
  return existsSync(path) ? path : undefined;
}
