import { formatDouble } from "../json/format-double.js";
import { DocumentVisitor } from "./document-visitor.js";
import { isInteger } from "./builtin.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumVisit,
  IntegerVisit,
  ScalarVisit,
  TypeVisit,
  Visitor,
} from "./type-visit.js";

/**
 * Writes a value as one piece of text (QEMU's `string_output_visitor_new`): lists of integers as
 * sorted ranges, `1,3-5`, other lists separated by commas, objects as `<omitted>`. As in QEMU,
 * unsigned integers above the greatest signed one come out negative, sizes excepted.
 */
export function toText<Value>(type: TypeVisit<Value, unknown, unknown>, value: Value): string {
  return type.visit(new TextOutput(), null, value) as string;
}

class TextOutput extends DocumentVisitor implements Visitor {
  integer(type: IntegerVisit<unknown, unknown>, _name: string | null, value: unknown): string {
    const integer = BigInt(value as bigint | number);
    return (type.name === "size" ? integer : BigInt.asIntN(64, integer)).toString();
  }

  scalar(type: ScalarVisit<unknown>, _name: string | null, value: unknown): string {
    switch (type.name) {
      case "number":
        return formatDouble(value as number);
      case "null":
        return "";
      case "any":
        return "<omitted>";
      default:
        return String(value);
    }
  }

  enum(_type: EnumVisit<string>, _name: string | null, value: unknown): string {
    return value as string;
  }

  array({ element }: ArrayVisit<unknown>, _name: string | null, value: unknown): string {
    const items = value as readonly unknown[];
    if (isInteger(element) && element.name !== "size") return ranges(items as readonly (bigint | number)[]);
    this.enter(null);
    const texts = items.map((item) => element.visit(this, null, item) as string);
    this.path.leave();
    return texts.join(", ");
  }

  object(): string {
    return "<omitted>";
  }

  alternate(type: AlternateVisit<unknown>, name: string | null, value: unknown): string {
    return this.select(type, name, value).type.visit(this, name, value) as string;
  }
}

/** Integers as ranges in rising order, without repetition. */
function ranges(items: readonly (bigint | number)[]): string {
  const values = items.map((item) => BigInt.asIntN(64, BigInt(item))).sort((a, b) => (a < b ? -1 : 1));
  const spans: { first: bigint; last: bigint }[] = [];
  for (const value of values) {
    const span = spans.at(-1);
    if (span !== undefined && value <= span.last + 1n) span.last = value;
    else spans.push({ first: value, last: value });
  }
  return spans.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}
