import type { Condition } from "../util/condition.js";
import type { EnumValue, EnumVisit, Marked, Visitor } from "./type-visit.js";

/** What some values of an enum have beside their name. */
interface EnumValueNote extends Partial<Marked> {
  readonly condition?: Condition | undefined;
}

/**
 * An enum type.
 *
 * @param values its values in the schema's order
 * @param notes what is to say about some of them, by value
 */
export function visitEnum<Value extends string>(
  name: string,
  values: readonly Value[],
  // Not by the values: a literal without notes on it is refused where a value is called `constructor`.
  notes: Readonly<Record<string, EnumValueNote>> = {},
): EnumVisit<Value> {
  return new EnumType(
    name,
    values.map((value) => enumValue(value, Object.hasOwn(notes, value) ? notes[value] : undefined)),
  );
}

function enumValue<Value extends string>(name: Value, note: EnumValueNote | undefined): EnumValue<Value> {
  return { name, features: [], ...note };
}

export class EnumType<Value extends string> implements EnumVisit<Value> {
  readonly kind = "enum";
  private readonly names: ReadonlySet<string>;

  constructor(
    readonly name: string,
    readonly values: readonly EnumValue<Value>[],
  ) {
    this.names = new Set(values.map((value) => value.name));
  }

  has(value: string): value is Value {
    return this.names.has(value);
  }

  visit(visitor: Visitor, name: string | null, value: Value | undefined): Value {
    return visitor.enum(this, name, value) as Value;
  }
}
