import type { Span } from "../../diagnostic/source.js";
import type { DocComment } from "./doc.js";
import type { ObjectValue } from "./expression.js";

/** An include directive that was followed or found to name a file already read. */
export interface Include {
  readonly kind: "include";
  /** The included file's path as messages and modules spell it: joined to the includer's folder. */
  readonly path: string;
  readonly span: Span;
}

/** A top-level expression that is meant to define something; nothing about it is checked yet. */
export interface Expression {
  readonly kind: "expression";
  readonly value: ObjectValue;
  readonly doc: DocComment | undefined;
}

/**
 * The pragma settings. They are global: the last directive read wins, and it applies to
 * definitions that stand before it, as in QEMU's front end.
 */
export interface Pragma {
  readonly docRequired: boolean;
  /** Commands whose names may use `_`. */
  readonly commandNameExceptions: ReadonlySet<string>;
  /** Commands that may return something other than an object. */
  readonly commandReturnsExceptions: ReadonlySet<string>;
  /** Definitions whose members need no documentation. */
  readonly documentationExceptions: ReadonlySet<string>;
  /** Types whose member names may break the case rules. */
  readonly memberNameExceptions: ReadonlySet<string>;
}
