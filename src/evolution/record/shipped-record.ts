import type { HistoryRecord } from "./record.js";
import { readRecord } from "./record-text.js";

let record: Promise<HistoryRecord> | undefined;

/**
 * The record that the package ships: facts about the interfaces of QEMU 6.2 to 10.2, made by
 * `npm run record` from what builds of them told of themselves. Read when it is first asked for.
 */
export function shippedRecord(): Promise<HistoryRecord> {
  record ??= import("./record.json", { with: { type: "json" } }).then((module) => readRecord(module.default));
  return record;
}
