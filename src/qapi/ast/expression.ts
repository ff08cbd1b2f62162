import type { Span } from "../../diagnostic/source.js";

/**
 * What the QAPI grammar knows: JSON without numbers and null. Members keep their order and live in
 * a `Map`, so that no key, `__proto__` included, is special.
 */
export type Value = StringValue | BooleanValue | ListValue | ObjectValue;

export interface StringValue {
  readonly kind: "string";
  readonly value: string;
  readonly span: Span;
}

export interface BooleanValue {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

export interface ListValue {
  readonly kind: "list";
  readonly items: readonly Value[];
  readonly span: Span;
}

export interface ObjectValue {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Member>;
  readonly span: Span;
}

/** One `'key': value` of an object. */
export interface Member {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Value;
}
