import type { JsonValue } from "../json/value.js";
import { BuildingVisitor } from "./building-visitor.js";
import { wrongWidth } from "./document-visitor.js";
import type { IntegerVisit, TypeVisit } from "./type-visit.js";

export interface ToJsonOptions {
  /** Refuse members and enum values that the schema does not know (the default), else keep them. */
  readonly strict?: boolean;
  /** The outermost value's name in error messages; none by default. */
  readonly name?: string;
}

/**
 * Encodes a value, members in the schema's order (QEMU's `qobject_output_visitor_new`). Members
 * that are `undefined` are left out. Integers may be `bigint` or whole, safe `number`s.
 *
 * @throws {VisitError} when the value does not fit the type
 */
export function toJson<Sent>(
  type: TypeVisit<unknown, unknown, Sent>,
  value: Sent,
  { strict = true, name }: ToJsonOptions = {},
): JsonValue {
  return type.visit(new JsonOutput(strict), name ?? null, value) as JsonValue;
}

class JsonOutput extends BuildingVisitor {
  integer({ range }: IntegerVisit<unknown, unknown>, name: string | null, value: unknown): bigint {
    if (typeof value !== "bigint" && !Number.isSafeInteger(value)) this.wrongKind(name, "integer");
    const integer = BigInt(value as bigint | number);
    if (integer < range.minimum || integer > range.maximum) wrongWidth(name, range.cName);
    return integer;
  }
}
