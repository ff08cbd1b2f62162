import type {
  Command,
  Definition,
  EnumMember,
  Event,
  ObjectMember,
  Schema,
  Type,
} from "../qapi/schema/model.js";
import { isEntry } from "../qapi/schema/used-types.js";
import { kindOf } from "./compare/json-class.js";
import { type Lifetime, lifetimeOf } from "./history.js";
import {
  type BuildSet,
  type HistoryRecord,
  inBuild,
  type RecordedBuild,
  type RecordedType,
  versionsOf,
} from "./record/record.js";

/** Whatever of a schema has a life of its own. */
export type Chronicled = Definition | ObjectMember | EnumMember;

/**
 * Since when what a schema defines has been there, by a record: for types, which introspection has no
 * names for, by where commands and events use them.
 */
export interface Chronicle {
  /**
   * The life of a definition, of a member, or of a value, each given as the model has it. Undefined
   * where the record knows nothing of it: no command or event reaches it, or no recorded QEMU had it.
   */
  lifetime(item: Chronicled): Lifetime | undefined;
  /** The builds that had it, the oldest first; none where the record knows nothing of it. */
  builds(item: Chronicled): readonly RecordedBuild[];
  /** The versions of the record, the oldest first. */
  readonly versions: readonly string[];
}

/** In which builds something was, and in which it was marked. */
interface Life {
  builds: BuildSet;
  deprecated: BuildSet;
  unstable: BuildSet;
}

/**
 * Lays a schema beside a record.
 * @param schema which need not be of a recorded QEMU: what it has that the record has not is unknown there
 */
export function createChronicle(schema: Schema, record: HistoryRecord): Chronicle {
  const lives = new Chronicler(record).follow(schema);
  const versions = versionsOf(record);
  return {
    versions,
    builds: (item) => {
      const had = lives.get(item)?.builds ?? 0n;
      return record.builds.filter((_, at) => inBuild(had, at));
    },
    lifetime: (item) => {
      const life = lives.get(item);
      if (life === undefined) return undefined;
      return lifetimeOf({
        query: "",
        versions: versions.map((version) => {
          const had = (set: BuildSet): boolean =>
            record.builds.some((build, at) => build.version === version && inBuild(set, at));
          const features = [
            ...(had(life.deprecated) ? ["deprecated"] : []),
            ...(had(life.unstable) ? ["unstable"] : []),
          ];
          return { version, present: had(life.builds), features };
        }),
      });
    },
  };
}

class Chronicler {
  private readonly lives = new Map<Chronicled, Life>();
  /** In which builds a type has been followed beside a recorded one. */
  private readonly done = new Map<Type, Map<RecordedType, BuildSet>>();
  private readonly open: (readonly [Type, RecordedType, BuildSet])[] = [];

  constructor(private readonly record: HistoryRecord) {}

  follow({ definitions }: Schema): ReadonlyMap<Chronicled, Life> {
    for (const definition of definitions.values()) {
      if (isEntry(definition)) this.entry(definition);
    }
    for (let each = this.open.pop(); each !== undefined; each = this.open.pop())
      this.type(each[0], each[1], each[2]);
    return this.lives;
  }

  private entry(definition: Command | Event): void {
    const entry = this.record.entries.get(definition.name);
    if (entry?.kind !== definition.kind) return;
    this.note(definition, entry.builds, entry.features);
    if (definition.arguments) this.open.push([definition.arguments, entry.arguments, entry.builds]);
    if (definition.kind === "command" && definition.returns) {
      this.open.push([definition.returns, entry.returns, entry.builds]);
    }
  }

  private type(type: Type, recorded: RecordedType, around: BuildSet): void {
    const builds = around & recorded.builds;
    const done = this.done.get(type) ?? new Map<RecordedType, BuildSet>();
    this.done.set(type, done);
    const before = done.get(recorded) ?? 0n;
    if (builds === 0n || (before | builds) === before) return;
    done.set(recorded, before | builds);
    if (type.kind !== "builtin") this.note(type, builds, recorded.features);
    switch (type.kind) {
      case "builtin":
        break;
      case "array":
        for (const each of recorded.elements) this.open.push([type.element, each.type, builds & each.builds]);
        break;
      case "alternate":
        for (const { type: own } of type.alternatives) {
          for (const each of recorded.alternatives) {
            if (kindsOf(each.type).has(kindOf(own))) this.open.push([own, each.type, builds & each.builds]);
          }
        }
        break;
      case "enum":
        for (const value of type.members) {
          const known = recorded.values.get(value.name);
          if (known !== undefined) this.note(value, builds & known.builds, known.features);
        }
        break;
      case "object":
        for (const member of type.members) {
          const known = recorded.members.get(member.name);
          if (known === undefined) continue;
          this.note(member, builds & known.builds, known.features);
          this.open.push([member.type, known.type, builds & known.builds]);
        }
        for (const branch of type.variants?.branches ?? []) {
          const known = recorded.branches.get(branch.name);
          if (known !== undefined) this.open.push([branch.type, known.type, builds & known.builds]);
        }
    }
  }

  private note(item: Chronicled, builds: BuildSet, features: ReadonlyMap<string, BuildSet>): void {
    if (builds === 0n) return;
    const life = this.lives.get(item) ?? { builds: 0n, deprecated: 0n, unstable: 0n };
    this.lives.set(item, life);
    life.builds |= builds;
    life.deprecated |= builds & (features.get("deprecated") ?? 0n);
    life.unstable |= builds & (features.get("unstable") ?? 0n);
  }
}

function kindsOf(type: RecordedType): ReadonlySet<string> {
  return new Set([
    ...type.builtins.keys(),
    ...(type.elements.length > 0 ? ["array"] : []),
    ...(type.enums === 0n ? [] : ["enum"]),
    ...(type.objects === 0n ? [] : ["object"]),
  ]);
}
