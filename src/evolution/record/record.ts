/**
 * What many builds of QEMU had, as one graph: a type stands for what was at the same place in all of
 * them, and everything in it says in which builds it was there. Builds are counted by their place in
 * `builds`; sets of them are the bits of a `bigint`.
 */
import type { ViewedType, SchemaView } from "../path/schema-view.js";

/** A build that was asked. */
export interface RecordedBuild {
  /** `10.2`, by which builds are sorted. */
  readonly version: string;
  /** `x86_64`, `x86_64+hvf`; empty where it is not known. */
  readonly arch: string;
}

export type BuildSet = bigint;

export type RecordedFeatures = ReadonlyMap<string, BuildSet>;

interface RecordedMember {
  readonly builds: BuildSet;
  readonly optional: BuildSet;
  readonly features: RecordedFeatures;
  readonly type: RecordedType;
}

export interface RecordedBranch {
  readonly builds: BuildSet;
  readonly type: RecordedType;
}

interface RecordedValue {
  readonly builds: BuildSet;
  readonly features: RecordedFeatures;
}

/** A type, which need not have been of one kind in all builds. */
export interface RecordedType {
  readonly builds: BuildSet;
  readonly features: RecordedFeatures;
  /** By name of the JSON type. */
  readonly builtins: ReadonlyMap<string, BuildSet>;
  readonly elements: readonly RecordedBranch[];
  readonly alternatives: readonly RecordedBranch[];
  readonly enums: BuildSet;
  readonly values: ReadonlyMap<string, RecordedValue>;
  readonly objects: BuildSet;
  readonly members: ReadonlyMap<string, RecordedMember>;
  readonly branches: ReadonlyMap<string, RecordedBranch>;
}

/** A type while it is put together or read. */
export type RecordDraft = { -readonly [K in keyof RecordedType]: Writable<RecordedType[K]> };

type Writable<T> =
  T extends ReadonlyMap<string, infer V> ? Map<string, V> : T extends readonly (infer E)[] ? E[] : T;

/** A type in some builds of which nothing else is known yet. */
export function createDraft(builds: BuildSet): RecordDraft {
  return {
    builds,
    features: new Map(),
    builtins: new Map(),
    elements: [],
    alternatives: [],
    enums: 0n,
    values: new Map(),
    objects: 0n,
    members: new Map(),
    branches: new Map(),
  };
}

export interface RecordedEntry {
  readonly kind: "command" | "event";
  readonly builds: BuildSet;
  readonly features: RecordedFeatures;
  readonly arguments: RecordedType;
  readonly returns: RecordedType;
}

/** Which builds have what: the facts that history is told from. */
export interface HistoryRecord {
  readonly builds: readonly RecordedBuild[];
  readonly entries: ReadonlyMap<string, RecordedEntry>;
}

/** Whether a build is in a set. */
export function inBuild(builds: BuildSet, build: number): boolean {
  return ((builds >> BigInt(build)) & 1n) === 1n;
}

/** The versions of a record, the oldest first. */
export function versionsOf({ builds }: HistoryRecord): readonly string[] {
  return [...new Set(builds.map(({ version }) => version))];
}

/** One build of a record as paths see it. */
export function recordView({ entries }: HistoryRecord, build: number): SchemaView<RecordedType> {
  const there = (builds: BuildSet): boolean => inBuild(builds, build);
  const features = (recorded: RecordedFeatures): readonly string[] =>
    [...recorded].filter(([, builds]) => there(builds)).map(([name]) => name);
  return {
    entry: (name) => {
      const entry = entries.get(name);
      if (entry === undefined || !there(entry.builds)) return undefined;
      return {
        kind: entry.kind,
        features: features(entry.features),
        arguments: there(entry.arguments.builds) ? entry.arguments : undefined,
        returns: there(entry.returns.builds) ? entry.returns : undefined,
      };
    },
    type: (type): ViewedType<RecordedType> => {
      const held = <V extends { readonly builds: BuildSet }>(items: ReadonlyMap<string, V>): [string, V][] =>
        [...items].filter(([, { builds }]) => there(builds));
      const [json] = [...type.builtins].find(([, builds]) => there(builds)) ?? [];
      if (json !== undefined) return { features: [], json };
      const element = type.elements.find(({ builds }) => there(builds));
      if (element !== undefined) return { features: [], json: "array", element: element.type };
      const marks = features(type.features);
      if (there(type.enums)) {
        const values = held(type.values).map(([name, value]) => [name, features(value.features)] as const);
        return { features: marks, json: "string", values: new Map(values) };
      }
      if (there(type.objects)) {
        return {
          features: marks,
          json: "object",
          members: new Map(
            held(type.members).map(([name, member]) => [
              name,
              { type: member.type, optional: there(member.optional), features: features(member.features) },
            ]),
          ),
          branches: new Map(held(type.branches).map(([name, branch]) => [name, branch.type])),
        };
      }
      const alternatives = type.alternatives.filter(({ builds }) => there(builds));
      return { features: marks, alternatives: alternatives.map((each) => each.type) };
    },
  };
}

/** Orders versions by their numbers: 10.0 after 9.2. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [a, b].map((version) => version.split(".").map(Number));
  for (let at = 0; at < Math.max(one?.length ?? 0, other?.length ?? 0); at++) {
    const difference = (one?.[at] ?? -1) - (other?.[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Orders builds by version, then by architecture. */
export function compareBuilds(a: RecordedBuild, b: RecordedBuild): number {
  return compareVersions(a.version, b.version) || (a.arch < b.arch ? -1 : a.arch > b.arch ? 1 : 0);
}
