import type { AlternateType, BuiltinType, Type } from "../../qapi/schema/model.js";
import type { ChangeId } from "../rules.js";
import { compareIntegers, isWide } from "./integer-range.js";
import { jsonClass, typeText } from "./json-class.js";
import type { EffectOverride } from "./pair-node.js";

/** How the type of one place changed, and which types inside are to be compared further. */
interface ValueComparison {
  readonly change?: {
    readonly id: ChangeId;
    readonly in?: EffectOverride;
    readonly out?: EffectOverride;
  };
  /** Types that stand for each other; both are enums, objects or alternates. */
  readonly pair?: readonly [Type, Type];
}

/** Compares the types of one place: a member's, a list element's, what a command returns. */
export function compareValue(old: Type, next: Type): ValueComparison {
  if (old === next) return { pair: [old, next] };
  if (old.kind === "array" && next.kind === "array") return compareValue(old.element, next.element);
  const [before, after] = [jsonClass(old), jsonClass(next)];
  if (before === "any" || after === "any") return compareAny(before, after);
  if (old.kind === "alternate" && next.kind === "alternate") return { pair: [old, next] };
  if (next.kind === "alternate") {
    const same = alternativeLike(next, old);
    if (same === undefined) return { change: { id: "type-kind-changed" } };
    return { change: { id: "type-to-alternate" }, ...inner(old, same) };
  }
  if (old.kind === "alternate") {
    const same = alternativeLike(old, next);
    if (same === undefined) return { change: { id: "type-kind-changed" } };
    return { change: { id: "alternate-to-type" }, ...inner(same, next) };
  }
  if (before !== after) {
    const id = before === "array" || after === "array" ? "scalar-array" : "type-kind-changed";
    return { change: { id } };
  }
  if (old.kind === "enum")
    return next.kind === "enum" ? { pair: [old, next] } : { change: { id: "enum-to-str" } };
  if (next.kind === "enum") return { change: { id: "str-to-enum" } };
  if (old.kind === "builtin" && next.kind === "builtin") return compareNumbers(old, next);
  return { pair: [old, next] };
}

/** What stands under an alternative is compared where it is a type with parts. */
function inner(old: Type, next: Type): Pick<ValueComparison, "pair"> {
  const { pair } = compareValue(old, next);
  return pair === undefined ? {} : { pair };
}

function compareAny(before: string, after: string): ValueComparison {
  if (before === after) return {};
  if (after === "any") {
    return {
      change: {
        id: "type-changed",
        in: { wire: "ok", code: "ok", why: "old values stay good" },
        out: { code: "breaking", why: "any kind of value may come" },
      },
    };
  }
  return {
    change: {
      id: "type-changed",
      in: { wire: "dangerous", code: "breaking", why: "QEMU checks now what it took as it was" },
      out: { wire: "ok", code: "ok", why: "what comes is one of the values that could come before" },
    },
  };
}

function alternativeLike(alternate: AlternateType, type: Type): Type | undefined {
  return alternate.alternatives.find((each) => jsonClass(each.type) === jsonClass(type))?.type;
}

/** Numbers of one JSON kind; strings, booleans and null are equal to their like. */
function compareNumbers(old: BuiltinType, next: BuiltinType): ValueComparison {
  if (old.json !== next.json) {
    const wide = isWide(old.name) || isWide(next.name) ? "breaking" : "ok";
    return {
      change:
        next.json === "number"
          ? {
              id: "type-changed",
              in: { wire: "ok", code: isWide(old.name) ? "breaking" : "ok", why: "integers stay good" },
              out: { wire: "dangerous", code: wide, why: "fractions may come" },
            }
          : {
              id: "type-changed",
              in: { wire: "breaking", code: "ok", why: "QEMU refuses fractions" },
              out: { wire: "ok", code: wide, why: "integers are numbers too" },
            },
    };
  }
  const { lost, won } = compareIntegers(old.name, next.name);
  if (!lost && !won) return {};
  // A 64-bit integer is a `bigint` when received, and may be one when sent.
  const [was, is] = [isWide(old.name), isWide(next.name)];
  const code = { in: was && !is ? "breaking" : "ok", out: was === is ? "ok" : "breaking" } as const;
  const what = `${typeText(old)} became ${typeText(next)}`;
  return {
    change: {
      id: lost ? "int-narrowed" : "int-widened",
      in: { code: code.in, ...(lost && { why: `QEMU refuses values that were good, since ${what}` }) },
      out: {
        code: code.out,
        ...(won && {
          wire: "dangerous",
          why: `values may come that a client has no room for, since ${what}`,
        }),
      },
    },
  };
}
