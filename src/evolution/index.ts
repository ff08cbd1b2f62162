/** What changed between schemas, and since when what they have has been there. */
import { historyIn, type PathHistory } from "./history.js";
import type { HistoryRecord } from "./record/record.js";
import { shippedRecord } from "./record/shipped-record.js";

export type { Change } from "./change.js";
export { compareSchemas as compare, type CompareOptions } from "./compare-schemas.js";
export { changeIds, changeRules, type ChangeId, type ChangeRule, type Effect } from "./rules.js";
export type { ChangeLevel, Direction, Flow } from "./level.js";
export { changelog } from "./changelog.js";
export { holds } from "./model-view.js";
export { historyText, type Lifetime, lifetimeOf, type PathHistory, type VersionHistory } from "./history.js";
export { PathQueryError } from "./path/path-query.js";
export { type Chronicle, type Chronicled, createChronicle } from "./chronicle.js";
export { createRecord as createRecord } from "./record/create-record.js";
export type { HistoryRecord, RecordedBuild } from "./record/record.js";
export { shippedRecord } from "./record/shipped-record.js";

/**
 * What each version of QEMU had at a path: `migrate/arg-type/channels`.
 * @param record of other builds than those that the package knows, from `createRecord`
 * @throws {PathQueryError} for what is no path
 */
export async function history(
  query: string,
  { record }: { readonly record?: HistoryRecord } = {},
): Promise<PathHistory> {
  return historyIn(record ?? (await shippedRecord()), query);
}
