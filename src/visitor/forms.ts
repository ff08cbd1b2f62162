/**
 * The three forms of a schema type. A generated type that holds 64-bit integers, enums or unions
 * takes a form as its parameter: `MigrationInfo` is `MigrationInfo<Received>`.
 */

/**
 * The type of an enum value or union tag that the schema does not know. It has no value to compare
 * with: what remains when every known one has been ruled out. It is a string at run time.
 */
export declare enum Unrecognized {
  value = "a value that the schema does not know",
}

/** What a form decides. */
export interface Form {
  /** The type of 64-bit integers. */
  readonly int64: bigint | number;
  /** What an enum may hold beside its known values. */
  readonly unknown: Unrecognized;
}

/** Known values only, 64-bit integers as `bigint`: what strict decoding gives. Fits the other two. */
export interface Exact extends Form {
  readonly int64: bigint;
  readonly unknown: never;
}

/** As read from a possibly newer QEMU: enum values and union tags may be unknown ones. */
export interface Received extends Form {
  readonly int64: bigint;
  readonly unknown: Unrecognized;
}

/** As given to be sent: known values only; whole numbers do where 64-bit integers are wanted. */
export interface Sent extends Form {
  readonly int64: bigint | number;
  readonly unknown: never;
}
