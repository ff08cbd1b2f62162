import type { SourceFile, Span } from "../../diagnostic/source.js";

/**
 * What the QAPI grammar knows: JSON without numbers and null. Members keep their order and live in
 * a `Map`, so that no key, `__proto__` included, is special.
 *
 * A value carries its own place: it is its span.
 */
export type Value = StringValue | BooleanValue | ListValue | ObjectValue;

abstract class Node implements Span {
  constructor(
    readonly file: SourceFile,
    readonly start: number,
    readonly end: number,
  ) {}

  get span(): Span {
    return this;
  }
}

export class StringValue extends Node {
  readonly kind = "string";

  constructor(
    file: SourceFile,
    start: number,
    end: number,
    readonly value: string,
  ) {
    super(file, start, end);
  }
}

export class BooleanValue extends Node {
  readonly kind = "boolean";

  constructor(
    file: SourceFile,
    start: number,
    end: number,
    readonly value: boolean,
  ) {
    super(file, start, end);
  }
}

export class ListValue extends Node {
  readonly kind = "list";

  constructor(
    file: SourceFile,
    start: number,
    end: number,
    readonly items: readonly Value[],
  ) {
    super(file, start, end);
  }
}

export class ObjectValue extends Node {
  readonly kind = "object";

  constructor(
    file: SourceFile,
    start: number,
    end: number,
    readonly members: ReadonlyMap<string, Member>,
  ) {
    super(file, start, end);
  }
}

/** One `'key': value` of an object; its own place is that of the key. */
export class Member extends Node {
  constructor(
    file: SourceFile,
    start: number,
    end: number,
    readonly key: string,
    readonly value: Value,
  ) {
    super(file, start, end);
  }

  get keySpan(): Span {
    return this;
  }
}
