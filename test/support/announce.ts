import { corpus, evolution, oracle } from "./shared-data.js";

/** Before any test: say aloud what is not at hand and so cannot be compared with. */
export default function announce(): void {
  if (corpus === undefined) say("QEMU's schemas (QAPI_CORPUS)");
  if (oracle === undefined) say("recorded answers of real QEMUs (QAPI_ORACLE)");
  if (evolution === undefined) say("introspections of QEMU's releases (QAPI_EVOLUTION)");
}

function say(what: string): void {
  process.stderr.write(`not at hand, their suites are skipped: ${what}\n`);
}
