import type { Span } from "../../diagnostic/source.js";

/**
 * What the QAPI grammar knows: JSON without numbers and null. Members keep their order and live in
 * a `Map`, so that no key, `__proto__` included, is special.
 *
 * A value is its own place.
 */
export type Value = StringValue | BooleanValue | ListValue | ObjectValue;

export interface StringValue extends Span {
  readonly kind: "string";
  readonly value: string;
}

interface BooleanValue extends Span {
  readonly kind: "boolean";
  readonly value: boolean;
}

interface ListValue extends Span {
  readonly kind: "list";
  readonly items: readonly Value[];
}

export interface ObjectValue extends Span {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Member>;
}

/** One `'key': value` of an object; its own place is that of the key. */
export interface Member extends Span {
  readonly key: string;
  readonly value: Value;
}

/** Whether a value counts as true in Python, by which QEMU decides on `boxed` and on emptiness. */
export function isTruthy(value: Value): boolean {
  switch (value.kind) {
    case "boolean":
      return value.value;
    case "string":
      return value.value !== "";
    case "list":
      return value.items.length > 0;
    case "object":
      return value.members.size > 0;
  }
}
