import type { Change } from "./change.js";
import { historyIn, type Lifetime, lifetimeOf, type PathHistory } from "./history.js";
import { locate } from "./path/locate.js";
import { parsePathQuery, rootOf } from "./path/path-query.js";
import { type HistoryRecord, recordView } from "./record/record.js";

/**
 * Adds to removals what a record knows of them: in which QEMU the thing went, since when it had been
 * deprecated, and whether that was announced as QEMU promises, by two releases. Where NEW is what one
 * build told of itself and the record knows builds that have the thing, it says that it may be a matter
 * of configuration.
 *
 * @param oneBuild whether NEW is an introspection
 */
export function tellHistory(changes: readonly Change[], record: HistoryRecord, oneBuild: boolean): Change[] {
  return changes.map((change) =>
    // Of what no command or event reaches, no QEMU tells.
    change.announced === undefined || !record.entries.has(rootOf(change.path))
      ? change
      : withHistory(change, record, oneBuild),
  );
}

function withHistory(change: Change, record: HistoryRecord, oneBuild: boolean): Change {
  const history = historyIn(record, change.path);
  const life = lifetimeOf(history);
  if (life === undefined) return change;
  const { goneIn, deprecatedSince, until } = life;
  const configured =
    oneBuild && change.configuration !== true && (goneIn === undefined || differs(record, change.path));
  const remarks = [
    ...(goneIn === undefined ? [] : [remark(life)]),
    ...(configured
      ? [
          `or it is a matter of configuration: builds of QEMU ${until ?? history.versions.at(-1)?.version ?? ""} have it`,
        ]
      : []),
  ];
  return {
    ...change,
    announced: isAnnounced(change, life, history),
    ...(configured && { configuration: true }),
    because: [change.because, ...remarks].join("; "),
    fields: {
      ...change.fields,
      ...(deprecatedSince !== undefined && { deprecatedSince }),
      ...(goneIn !== undefined && { removedIn: goneIn }),
    },
  };
}

function remark({ goneIn = "", deprecatedSince }: Lifetime): string {
  const before = deprecatedSince === undefined ? "" : `, deprecated since ${deprecatedSince}`;
  return `QEMU ${goneIn} has it no more${before}`;
}

/** What works in the release that deprecates it and in one more may go after that. */
function isAnnounced(
  { announced = false }: Change,
  { goneIn, deprecatedSince, unstableSince }: Lifetime,
  { versions }: PathHistory,
): boolean {
  if (unstableSince !== undefined) return true;
  if (deprecatedSince === undefined || goneIn === undefined) return announced;
  const releases = versions.filter(({ present, features }) => present && features.includes("deprecated"));
  // The record may begin in the middle of its time.
  return releases.length >= 2 || versions[0] === releases[0];
}

/** Whether builds of one version differ in it. */
function differs(record: HistoryRecord, query: string): boolean {
  const path = parsePathQuery(query);
  const had = new Map<string, boolean>();
  for (const [build, { version }] of record.builds.entries()) {
    const has = locate(recordView(record, build), path) !== undefined;
    if (had.has(version) && had.get(version) !== has) return true;
    had.set(version, has);
  }
  return false;
}
