import type { Schema, Type } from "../../qapi/schema/model.js";
import { isEntry } from "../../qapi/schema/used-types.js";
import { kindOf } from "../compare/json-class.js";
import { modelView } from "../model-view.js";
import type { SchemaView } from "../path/schema-view.js";
import {
  type BuildSet,
  compareBuilds,
  createDraft,
  type HistoryRecord,
  type RecordDraft,
  type RecordedBranch,
  type RecordedBuild,
  type RecordedEntry,
} from "./record.js";

/** Puts what several builds of QEMU told of themselves into one record; their order does not matter. */
export function createRecord(
  sources: readonly { readonly build: RecordedBuild; readonly schema: Schema }[],
): HistoryRecord {
  const sorted = [...sources].sort((a, b) => compareBuilds(a.build, b.build));
  return {
    builds: sorted.map(({ build }) => build),
    entries: new Merger(sorted.map(({ schema }) => schema)).entries(),
  };
}

/** The types that stand at one place, by build; undefined in builds that have nothing there. */
type Place = readonly (Type | undefined)[];

class Merger {
  private readonly views: readonly SchemaView<Type>[];
  private readonly drafts = new Map<string, RecordDraft>();
  private readonly open: { readonly draft: RecordDraft; readonly place: Place }[] = [];
  private readonly numbers: readonly Map<Type, number>[];

  constructor(private readonly schemas: readonly Schema[]) {
    this.views = schemas.map(modelView);
    this.numbers = schemas.map(() => new Map());
  }

  entries(): ReadonlyMap<string, RecordedEntry> {
    const names = new Set(
      this.schemas.flatMap(({ definitions }) =>
        [...definitions.values()].filter(isEntry).map(({ name }) => name),
      ),
    );
    const entries = new Map([...names].sort().map((name) => [name, this.entry(name)]));
    for (let each = this.open.pop(); each !== undefined; each = this.open.pop())
      this.fill(each.draft, each.place);
    return entries;
  }

  private entry(name: string): RecordedEntry {
    const found = this.views.map((view) => view.entry(name));
    return {
      kind: found.find((each) => each !== undefined)?.kind ?? "command",
      builds: setOf(found.map((each) => each !== undefined)),
      features: featuresOf(found),
      arguments: this.draft(found.map((each) => each?.arguments)),
      returns: this.draft(found.map((each) => each?.returns)),
    };
  }

  private draft(place: Place): RecordDraft {
    const key = place.map((type, build) => this.number(type, build)).join();
    const known = this.drafts.get(key);
    if (known !== undefined) return known;
    const draft = createDraft(setOf(place.map((type) => type !== undefined)));
    this.drafts.set(key, draft);
    this.open.push({ draft, place });
    return draft;
  }

  private number(type: Type | undefined, build: number): number | "" {
    if (type === undefined) return "";
    const numbers = this.numbers[build];
    const number = numbers?.get(type) ?? numbers?.size ?? 0;
    numbers?.set(type, number);
    return number;
  }

  private fill(draft: RecordDraft, place: Place): void {
    const viewed = place.map((type, build) =>
      type === undefined ? undefined : this.views[build]?.type(type),
    );
    draft.features = featuresOf(viewed);
    const scalars = place.map((type) => (type?.kind === "builtin" ? type.json : undefined));
    draft.builtins = new Map(
      scalars.flatMap((json) =>
        json === undefined ? [] : [[json, setOf(scalars.map((each) => each === json))]],
      ),
    );
    const elements = viewed.map((each) => each?.element);
    if (elements.some((each) => each !== undefined)) draft.elements = [this.branch(elements)];
    draft.alternatives = this.alternatives(viewed.map((each) => each?.alternatives));
    const values = viewed.map((each) => each?.values);
    draft.enums = setOf(values.map((each) => each !== undefined));
    draft.values = merge(values, (found) => ({
      builds: setOf(found.map((each) => each !== undefined)),
      features: featuresOf(found.map((features) => features && { features })),
    }));
    const members = viewed.map((each) => each?.members);
    draft.objects = setOf(members.map((each) => each !== undefined));
    draft.members = merge(members, (found) => ({
      builds: setOf(found.map((each) => each !== undefined)),
      optional: setOf(found.map((each) => each?.optional === true)),
      features: featuresOf(found),
      type: this.draft(found.map((each) => each?.type)),
    }));
    draft.branches = merge(
      viewed.map((each) => each?.branches),
      (found) => this.branch(found),
    );
  }

  private branch(place: Place): RecordedBranch {
    const type = this.draft(place);
    return { builds: type.builds, type };
  }

  /** Alternatives stand for each other where they are of one kind. */
  private alternatives(alternates: readonly (readonly Type[] | undefined)[]): RecordedBranch[] {
    const kinds = new Set(alternates.flatMap((each) => each?.map(kindOf) ?? []));
    return [...kinds]
      .sort()
      .map((kind) => this.branch(alternates.map((each) => each?.find((one) => kindOf(one) === kind))));
  }
}

/** What maps have by each name that one of them has, in the alphabet's order. */
function merge<V, R>(
  maps: readonly (ReadonlyMap<string, V> | undefined)[],
  join: (found: readonly (V | undefined)[]) => R,
): Map<string, R> {
  const names = new Set(maps.flatMap((map) => [...(map?.keys() ?? [])]));
  return new Map([...names].sort().map((name) => [name, join(maps.map((map) => map?.get(name)))]));
}

/** The builds for which something holds, in the order of builds. */
function setOf(holds: readonly boolean[]): BuildSet {
  return holds.reduce((set, held, build) => (held ? set | (1n << BigInt(build)) : set), 0n);
}

function featuresOf(
  items: readonly ({ readonly features: readonly string[] } | undefined)[],
): Map<string, BuildSet> {
  const names = new Set(items.flatMap((item) => item?.features ?? []));
  return new Map(
    [...names]
      .sort()
      .map((name) => [name, setOf(items.map((item) => item?.features.includes(name) === true))]),
  );
}
