import {
  type BuildSet,
  type HistoryRecord,
  inBuild,
  type RecordedFeatures,
  type RecordedType,
  versionsOf,
} from "../record/record.js";

/** What a version has of a row. */
export type Cell = "absent" | "mandatory" | "optional" | "present";

/** A line of the page: a member, a branch, or a value. */
export interface PageRow {
  /** In the grammar of paths, below the command. */
  readonly path: string;
  readonly depth: number;
  /** By version. */
  readonly cells: readonly { readonly state: Cell; readonly features: readonly string[] }[];
}

/** More rows than this are not worth looking at; what is left out is told. */
export const MOST_ROWS = 600;

/** Members are followed this deep. */
const DEEPEST = 5;

/** What a command takes and returns, or an event carries, version by version; the command itself first. */
export function pageRows(
  record: HistoryRecord,
  name: string,
): { readonly versions: readonly string[]; readonly rows: readonly PageRow[]; readonly complete: boolean } {
  const versions = versionsOf(record);
  const entry = record.entries.get(name);
  if (entry === undefined) return { versions, rows: [], complete: true };
  const collector = new RowCollector(record, versions);
  collector.add({
    path: name,
    depth: 0,
    builds: entry.builds,
    optional: undefined,
    features: entry.features,
  });
  collector.follow(entry.arguments, `${name}/arg-type`, 1, entry.builds);
  if (entry.kind === "command") collector.follow(entry.returns, `${name}/ret-type`, 1, entry.builds);
  return { versions, rows: collector.rows, complete: collector.complete };
}

interface Thing {
  readonly path: string;
  readonly depth: number;
  readonly builds: BuildSet;
  readonly optional: BuildSet | undefined;
  readonly features: RecordedFeatures;
}

class RowCollector {
  readonly rows: PageRow[] = [];
  complete = true;
  private readonly around = new Set<RecordedType>();
  private readonly buildsOf: readonly (readonly number[])[];

  constructor(record: HistoryRecord, versions: readonly string[]) {
    this.buildsOf = versions.map((version) =>
      [...record.builds.entries()].flatMap(([build, each]) => (each.version === version ? [build] : [])),
    );
  }

  add({ path, depth, builds, optional, features }: Thing): void {
    const cells = this.buildsOf.map((there) => {
      const having = there.filter((build) => inBuild(builds, build));
      const state = ((): Cell => {
        if (having.length === 0) return "absent";
        if (optional === undefined) return "present";
        return having.some((build) => inBuild(optional, build)) ? "optional" : "mandatory";
      })();
      const marks = [...features].filter(([, marked]) => having.some((build) => inBuild(marked, build)));
      return { state, features: marks.map(([feature]) => feature) };
    });
    this.rows.push({ path, depth, cells });
  }

  /** Adds everything inside a type; a type within itself is not followed again. */
  follow(type: RecordedType, path: string, depth: number, builds: BuildSet): void {
    if (this.around.has(type)) return;
    this.around.add(type);
    for (const [name, { builds: there, features }] of type.values) {
      this.thing({ path: `${path}/^${name}`, depth, builds: there & builds, optional: undefined, features });
    }
    for (const [name, member] of type.members) {
      const here = member.builds & builds;
      const inside = `${path}/${name}`;
      if (this.thing({ ...member, path: inside, depth, builds: here })) {
        this.follow(member.type, inside, depth + 1, here);
      }
    }
    for (const [name, branch] of type.branches) {
      const here = branch.builds & builds;
      const inside = `${path}/+${name}`;
      if (branch.type.members.size === 0 && branch.type.branches.size === 0) continue;
      if (this.thing({ path: inside, depth, builds: here, optional: undefined, features: new Map() })) {
        this.follow(branch.type, inside, depth + 1, here);
      }
    }
    for (const part of [...type.elements, ...type.alternatives])
      this.follow(part.type, path, depth, part.builds & builds);
    this.around.delete(type);
  }

  /** Whether there is room for what is inside. */
  private thing(thing: Thing): boolean {
    if (this.rows.length >= MOST_ROWS || thing.depth > DEEPEST) {
      this.complete = false;
      return false;
    }
    if (thing.builds === 0n) return false;
    this.add(thing);
    return true;
  }
}
