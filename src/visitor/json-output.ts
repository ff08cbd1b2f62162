import type { JsonObject, JsonValue } from "../json/value.js";
import { BuildingVisitor } from "./building-visitor.js";
import { hiddenByPolicy, type CompatPolicy } from "./compat-policy.js";
import { membersOf, wrongWidth, type UnknownObject } from "./document-visitor.js";
import { readIntegerText } from "./integer-text.js";
import type { IntegerRange, IntegerVisit, ObjectVisit, TypeVisit } from "./type-visit.js";
import { VisitError } from "./visit-error.js";

/** How strictly a value is encoded. */
export interface ToJsonOptions {
  /** Refuse members and enum values that the schema does not know (the default), else keep them. */
  readonly strict?: boolean;
  /** The outermost value's name in error messages; none by default. */
  readonly name?: string;
  /** Hides deprecated or unstable members, as QEMU's `-compat` does; default is to hide nothing. */
  readonly policy?: CompatPolicy | undefined;
}

/**
 * Encodes a value, members in the schema's order (QEMU's `qobject_output_visitor_new`). Members
 * that are `undefined` are left out. Integers may be `bigint` or whole, safe `number`s; where the type
 * holds them as text, decimal strings too.
 *
 * @throws {VisitError} when the value does not fit the type
 */
export function toJson<Sent>(
  type: TypeVisit<unknown, unknown, Sent>,
  value: Sent,
  { strict = true, name, policy }: ToJsonOptions = {},
): JsonValue {
  const output = policy === undefined ? new JsonOutput(strict) : new HidingOutput(strict, policy);
  return type.visit(output, name ?? null, value) as JsonValue;
}

class JsonOutput extends BuildingVisitor {
  integer({ range }: IntegerVisit<unknown, unknown>, name: string | null, value: unknown): bigint {
    const integer = this.exact(range, name, value);
    if (integer < range.minimum || integer > range.maximum) wrongWidth(name, range.cName);
    return integer;
  }

  private exact({ memory }: IntegerRange, name: string | null, value: unknown): bigint {
    if (typeof value === "bigint") return value;
    const text = memory === "string" && typeof value === "string" ? readIntegerText(value) : undefined;
    if (text !== undefined) return text;
    if (typeof value !== "number" || !Number.isInteger(value)) this.wrongKind(name, "integer");
    // Too large for any narrow type, and it may stand for several integers of a wide one.
    if (!Number.isSafeInteger(value) && memory !== "number") {
      throw new VisitError(
        `Parameter '${this.path.full(name)}' wants a bigint: as a number, ${BigInt(value)} is not exact`,
      );
    }
    return BigInt(value);
  }
}

/** Leaves out what a policy hides. */
class HidingOutput extends JsonOutput {
  constructor(
    strict: boolean,
    private readonly policy: CompatPolicy,
  ) {
    super(strict);
  }

  override object(type: ObjectVisit<unknown>, name: string | null, value: unknown): JsonObject {
    const built = super.object(type, name, value);
    // It has been found to be one.
    const hidden = new Set(
      Array.from(membersOf(type, value as UnknownObject))
        .filter((member) => hiddenByPolicy(this.policy, member))
        .map(({ name: member }) => member),
    );
    if (hidden.size === 0) return built;
    return Object.fromEntries(Object.entries(built).filter(([member]) => !hidden.has(member)));
  }
}
