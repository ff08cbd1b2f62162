import type { JsonObject, JsonValue } from "../json/value.js";
import type {
  AlternateVisit,
  EnumVisit,
  IntegerVisit,
  ObjectVisit,
  TypeVisit,
} from "../visitor/type-visit.js";

/** What strings of these names look like in a QEMU. */
const texts: Readonly<Record<string, string>> = {
  id: "id0",
  "node-name": "node0",
  "qom-path": "/machine/unattached/device[0]",
  "qom-type": "object",
  qdev: "/machine/peripheral/dev0",
  device: "device0",
  filename: "disk.img",
  name: "name0",
  uuid: "00000000-0000-0000-0000-000000000000",
};

/** No value of a type ends: each holds another of it. */
class EndlessError extends Error {}

/**
 * The smallest value that a type allows, always the same: no optional member, no list entry, of a union the
 * first branch that ends. Strings are empty unless their member's name says what they look like.
 */
export function exampleValue(type: TypeVisit<unknown>): JsonValue {
  return new Examples().of(type, "");
}

class Examples {
  private readonly open = new Set<TypeVisit<unknown>>();

  of(type: TypeVisit<unknown>, name: string): JsonValue {
    if (this.open.has(type)) throw new EndlessError(type.name);
    this.open.add(type);
    try {
      return this.make(type, name);
    } finally {
      this.open.delete(type);
    }
  }

  private make(type: TypeVisit<unknown>, name: string): JsonValue {
    switch (type.kind) {
      case "builtin":
        return scalar(type, name);
      case "enum":
        return (type as EnumVisit<string>).values[0]?.name ?? "";
      case "array":
        return [];
      case "alternate":
        return this.first(
          [...(type as AlternateVisit<unknown>).alternatives.values()].map(
            (each) => () => this.of(each.type, name),
          ),
        );
      case "object":
        return this.object(type as ObjectVisit<unknown>);
    }
  }

  private object({ members, variants }: ObjectVisit<unknown>): JsonObject {
    const value: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    for (const member of members.values()) {
      if (!member.optional || member.name === variants?.tag)
        value[member.name] = this.of(member.type, member.name);
    }
    if (variants === undefined) return value;
    const tag = members.get(variants.tag)?.type as EnumVisit<string> | undefined;
    const values = tag?.values.map((each) => each.name) ?? [];
    return this.first(
      values.map((chosen) => () => {
        const branch = variants.branches.get(chosen);
        const own = branch === undefined ? {} : this.object(branch.type);
        return Object.assign(Object.create(null) as JsonObject, value, { [variants.tag]: chosen }, own);
      }),
    ) as JsonObject;
  }

  /** The first choice that ends. */
  private first(choices: readonly (() => JsonValue)[]): JsonValue {
    for (const choice of choices) {
      try {
        return choice();
      } catch (error) {
        if (!(error instanceof EndlessError)) throw error;
      }
    }
    throw new EndlessError("no choice ends");
  }
}

function scalar(type: TypeVisit<unknown>, name: string): JsonValue {
  switch (type.name) {
    case "str":
      return Object.hasOwn(texts, name) ? (texts[name] ?? "") : "";
    case "bool":
      return false;
    case "null":
      return null;
    case "any":
      return Object.create(null) as JsonObject;
    case "number":
      return 0n;
    default: {
      const { minimum } = (type as IntegerVisit<unknown>).range;
      return minimum > 0n ? minimum : 0n;
    }
  }
}
