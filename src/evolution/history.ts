import { nearest } from "../util/did-you-mean.js";
import { locate } from "./path/locate.js";
import { parsePathQuery, type PathQuery } from "./path/path-query.js";
import {
  compareVersions,
  type HistoryRecord,
  inBuild,
  recordView,
  type RecordedType,
} from "./record/record.js";

/** What a version of QEMU had at a path: in at least one of its builds that were asked. */
export interface VersionHistory {
  readonly version: string;
  readonly present: boolean;
  /** Whether a member may be left out; absent for what is no member, and where it is not present. */
  readonly optional?: boolean;
  /** `deprecated`, `unstable` and others, of the path's last step. */
  readonly features: readonly string[];
}

/** What became of something, version by version. */
export interface PathHistory {
  readonly query: string;
  /** Every version of the record, the oldest first. */
  readonly versions: readonly VersionHistory[];
}

/**
 * What each version of a record had at a path.
 * @param query a path as `parsePathQuery` reads it
 * @throws {PathQueryError} for what is no path
 */
export function historyIn(record: HistoryRecord, query: string): PathHistory {
  const path = parsePathQuery(query);
  const found = new Map<string, VersionHistory>();
  for (const [build, { version }] of record.builds.entries()) {
    const here = locate(recordView(record, build), path);
    found.set(version, joined(found.get(version) ?? { version, present: false, features: [] }, here));
  }
  const versions = [...found.values()].sort((a, b) => compareVersions(a.version, b.version));
  return { query, versions };
}

function joined(known: VersionHistory, here: ReturnType<typeof locate>): VersionHistory {
  if (here === undefined) return known;
  const optional = here.optional === undefined ? known.optional : known.optional === true || here.optional;
  return {
    version: known.version,
    present: true,
    ...(optional !== undefined && { optional }),
    features: [...new Set([...known.features, ...here.features])].sort(),
  };
}

/** Whether any version had it. */
export function wasEver({ versions }: PathHistory): boolean {
  return versions.some(({ present }) => present);
}

/** The life of one thing, in versions of QEMU. */
export interface Lifetime {
  /** The first version of the record that has it. */
  readonly since: string;
  /** Whether that is the record's first, so that it may be older. */
  readonly orEarlier: boolean;
  /** The last version that has it, where a later one has not. */
  readonly until?: string;
  /** The first version without it, after the last that has it. */
  readonly goneIn?: string;
  /** Since when it has been deprecated without a break, up to the last version that has it. */
  readonly deprecatedSince?: string;
  /** Likewise unstable. */
  readonly unstableSince?: string;
}

/** The life of what has a history; undefined where no version had it. */
export function lifetimeOf({ versions }: PathHistory): Lifetime | undefined {
  const first = versions.findIndex(({ present }) => present);
  const last = versions.findLastIndex(({ present }) => present);
  const since = versions[first]?.version;
  if (since === undefined) return undefined;
  const until = versions[last]?.version;
  const goneIn = versions[last + 1]?.version;
  const marked = (feature: string): string | undefined => {
    const there = versions.slice(0, last + 1).filter(({ present }) => present);
    const before = there.findLastIndex(({ features }) => !features.includes(feature));
    return there[before + 1]?.version;
  };
  const deprecatedSince = marked("deprecated");
  const unstableSince = marked("unstable");
  return {
    since,
    orEarlier: first === 0,
    ...(goneIn !== undefined && until !== undefined && { until, goneIn }),
    ...(deprecatedSince !== undefined && { deprecatedSince }),
    ...(unstableSince !== undefined && { unstableSince }),
  };
}

/** A history in words: "since 8.2, optional; deprecated since 9.1; still there in 10.2". */
export function historyText(history: PathHistory): string {
  const { versions } = history;
  const newest = versions.at(-1)?.version ?? "";
  const there = versions.filter(({ present }) => present);
  const life = lifetimeOf(history);
  if (life === undefined) return "never there";
  const parts = [`since ${life.since}${life.orEarlier ? " or earlier" : ""}${optionalText(there)}`];
  const features = [...new Set(there.flatMap((each) => each.features))].sort();
  for (const feature of features) parts.push(featureText(feature, there));
  const gaps = versions.filter(
    ({ version, present }) =>
      !present &&
      compareVersions(version, life.since) > 0 &&
      compareVersions(version, there.at(-1)?.version ?? "") < 0,
  );
  if (gaps.length > 0) parts.push(`not in ${gaps.map(({ version }) => version).join(", ")}`);
  parts.push(
    life.goneIn === undefined
      ? `still there in ${newest}`
      : `until ${life.until ?? ""}, gone in ${life.goneIn}`,
  );
  return parts.join("; ");
}

function optionalText(there: readonly VersionHistory[]): string {
  const [first] = there;
  if (first?.optional === undefined) return "";
  const changes = there.filter((each, index) => index > 0 && each.optional !== there[index - 1]?.optional);
  const word = ({ optional }: VersionHistory): string => (optional === true ? "optional" : "mandatory");
  return [`, ${word(first)}`, ...changes.map((each) => `, ${word(each)} since ${each.version}`)].join("");
}

/** "deprecated since 9.1", "unstable until 9.0", "x from 8.0 until 9.0". */
function featureText(feature: string, there: readonly VersionHistory[]): string {
  const first = there.findIndex(({ features }) => features.includes(feature));
  const last = there.findLastIndex(({ features }) => features.includes(feature));
  const name = feature === "deprecated" || feature === "unstable" ? feature : `feature ${feature}`;
  const from = there[first]?.version ?? "";
  if (last === there.length - 1) return first === 0 ? name : `${name} since ${from}`;
  const until = there[last]?.version ?? "";
  return first === 0 ? `${name} until ${until}` : `${name} from ${from} until ${until}`;
}

/** Every command and event of a record, in the alphabet's order. */
export function recordedNames({ entries }: HistoryRecord): readonly string[] {
  return [...entries.keys()];
}

/** Queries that one without an answer may have meant, the nearest first. */
export function suggestQueries(record: HistoryRecord, query: string): readonly string[] {
  const path = parsePathQuery(query);
  if (!record.entries.has(path.root)) {
    const rest = query.slice(path.root.length);
    return nearest(path.root, recordedNames(record)).map((name) => name + rest);
  }
  for (let length = path.steps.length; length > 0; length--) {
    const words = query.split("/");
    const prefix = words.slice(0, length).join("/");
    const names = namesAt(record, parsePathQuery(prefix));
    if (names.length === 0) continue;
    const wanted = words[length] ?? "";
    return nearest(
      wanted.replace(/^[*+^!$ ]/, ""),
      names.map((name) => name.replace(/^[+^$]/, "")),
    ).flatMap((name) => {
      const found = names.find((each) => each.replace(/^[+^$]/, "") === name);
      return found === undefined ? [] : [`${prefix}/${found}`];
    });
  }
  return [];
}

/** What can follow a path, in any build. */
function namesAt(record: HistoryRecord, path: PathQuery): string[] {
  const names = new Set<string>();
  for (const build of record.builds.keys()) {
    const view = recordView(record, build);
    const entry = view.entry(path.root);
    if (entry !== undefined && path.steps.length === 0)
      ["arg-type", "ret-type"].forEach((each) => names.add(each));
    const type = locate(view, path)?.type;
    if (type === undefined) continue;
    for (const name of stepsOf(type, build)) names.add(name);
  }
  return [...names];
}

function stepsOf(type: RecordedType, build: number): string[] {
  const inside = [...type.elements, ...type.alternatives].filter(({ builds }) => inBuild(builds, build));
  return [
    ...type.members.keys(),
    ...[...type.branches.keys()].map((name) => `+${name}`),
    ...[...type.values.keys()].map((name) => `^${name}`),
    ...[...type.features.keys()].map((name) => `$${name}`),
    ...inside.flatMap((each) => stepsOf(each.type, build)),
  ];
}
