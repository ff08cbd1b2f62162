import type { Schema, Type } from "../../qapi/schema/model.js";
import { modelView } from "../model-view.js";
import type { SchemaView, ViewedType } from "../path/schema-view.js";
import {
  type BuildSet,
  compareBuilds,
  type HistoryRecord,
  type RecordedBranch,
  type RecordedBuild,
  type RecordedEntry,
  type RecordedMember,
  type RecordedType,
  type RecordedValue,
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

/** A recorded type while it is put together. */
interface Draft extends RecordedType {
  builds: BuildSet;
  readonly features: Map<string, BuildSet>;
  readonly builtins: Map<string, BuildSet>;
  elements: RecordedBranch[];
  alternatives: RecordedBranch[];
  enums: BuildSet;
  readonly values: Map<string, RecordedValue>;
  objects: BuildSet;
  readonly members: Map<string, RecordedMember>;
  readonly branches: Map<string, RecordedBranch>;
}

class Merger {
  private readonly views: readonly SchemaView<Type>[];
  private readonly drafts = new Map<string, Draft>();
  private readonly open: { readonly draft: Draft; readonly place: Place }[] = [];
  private readonly numbers: readonly Map<Type, number>[];

  constructor(private readonly schemas: readonly Schema[]) {
    this.views = schemas.map(modelView);
    this.numbers = schemas.map(() => new Map());
  }

  entries(): ReadonlyMap<string, RecordedEntry> {
    const names = new Set(
      this.schemas.flatMap(({ definitions }) =>
        [...definitions.values()].flatMap(({ kind, name }) =>
          kind === "command" || kind === "event" ? [name] : [],
        ),
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

  private draft(place: Place): Draft {
    const key = place.map((type, build) => this.number(type, build)).join();
    const known = this.drafts.get(key);
    if (known !== undefined) return known;
    const draft: Draft = {
      builds: setOf(place.map((type) => type !== undefined)),
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

  private fill(draft: Draft, place: Place): void {
    const viewed = place.map((type, build) =>
      type === undefined ? undefined : this.views[build]?.type(type),
    );
    const of = <K extends ViewedType<Type>["kind"]>(
      kind: K,
    ): (Extract<ViewedType<Type>, { kind: K }> | undefined)[] =>
      viewed.map((each) => (isKind(each, kind) ? each : undefined));

    for (const [name, builds] of featuresOf(
      viewed.map((each) => (each && "features" in each ? each : undefined)),
    )) {
      draft.features.set(name, builds);
    }
    const builtins = of("builtin");
    for (const json of new Set(builtins.flatMap((each) => each?.json ?? []))) {
      draft.builtins.set(json, setOf(builtins.map((each) => each?.json === json)));
    }
    const arrays = of("array");
    if (arrays.some((each) => each !== undefined)) {
      const type = this.draft(arrays.map((each) => each?.element));
      draft.elements.push({ builds: type.builds, type });
    }
    this.fillAlternatives(draft, of("alternate"));
    this.fillEnum(draft, of("enum"));
    this.fillObject(draft, of("object"));
  }

  /** Alternatives stand for each other where they are of one kind. */
  private fillAlternatives(
    draft: Draft,
    alternates: readonly (Extract<ViewedType<Type>, { kind: "alternate" }> | undefined)[],
  ): void {
    const kindOf = (type: Type): string => (type.kind === "builtin" ? type.json : type.kind);
    const kinds = new Set(alternates.flatMap((each) => each?.alternatives.map(kindOf) ?? []));
    for (const kind of [...kinds].sort()) {
      const type = this.draft(
        alternates.map((each) => each?.alternatives.find((one) => kindOf(one) === kind)),
      );
      draft.alternatives.push({ builds: type.builds, type });
    }
  }

  private fillEnum(
    draft: Draft,
    enums: readonly (Extract<ViewedType<Type>, { kind: "enum" }> | undefined)[],
  ): void {
    draft.enums = setOf(enums.map((each) => each !== undefined));
    for (const name of namesOf(enums.map((each) => each?.values))) {
      const found = enums.map((each) => each?.values.get(name));
      draft.values.set(name, {
        builds: setOf(found.map((each) => each !== undefined)),
        features: featuresOf(found.map((features) => features && { features })),
      });
    }
  }

  private fillObject(
    draft: Draft,
    objects: readonly (Extract<ViewedType<Type>, { kind: "object" }> | undefined)[],
  ): void {
    draft.objects = setOf(objects.map((each) => each !== undefined));
    for (const name of namesOf(objects.map((each) => each?.members))) {
      const found = objects.map((each) => each?.members.get(name));
      draft.members.set(name, {
        builds: setOf(found.map((each) => each !== undefined)),
        optional: setOf(found.map((each) => each?.optional === true)),
        features: featuresOf(found),
        type: this.draft(found.map((each) => each?.type)),
      });
    }
    for (const name of namesOf(objects.map((each) => each?.branches))) {
      const type = this.draft(objects.map((each) => each?.branches.get(name)));
      draft.branches.set(name, { builds: type.builds, type });
    }
  }
}

function isKind<K extends ViewedType<Type>["kind"]>(
  viewed: ViewedType<Type> | undefined,
  kind: K,
): viewed is Extract<ViewedType<Type>, { kind: K }> {
  return viewed?.kind === kind;
}

/** The builds for which something holds, in the order of builds. */
function setOf(holds: readonly boolean[]): BuildSet {
  return holds.reduce((set, held, build) => (held ? set | (1n << BigInt(build)) : set), 0n);
}

function namesOf(maps: readonly (ReadonlyMap<string, unknown> | undefined)[]): string[] {
  return [...new Set(maps.flatMap((map) => [...(map?.keys() ?? [])]))].sort();
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
