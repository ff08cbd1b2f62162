import { unknownValue, wrongWidth } from "./document-visitor.js";
import { readBool } from "./text/read-bool.js";
import { readDouble } from "./text/read-double.js";
import { readInt64, readUint64 } from "./text/read-integer.js";
import { readRanges } from "./text/read-ranges.js";
import { readSize, type SizeGrammar } from "./text/read-size.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumVisit,
  IntegerVisit,
  ObjectVisit,
  ScalarVisit,
  TypeVisit,
  Visitor,
} from "./type-visit.js";
import { isInteger } from "./builtin.js";
import { VisitError } from "./visit-error.js";

/** How text is read where QEMU's versions differ. */
export interface FromTextOptions {
  /** Whose grammar of sizes applies; the current one by default. */
  readonly sizes?: SizeGrammar;
  /** Told what QEMU warns of, without the word "warning". */
  readonly warn?: (message: string) => void;
}

const SIZE_HINT =
  "Optional suffix k, M, G, T, P or E means kilo-, mega-, giga-, tera-, peta-\nand exabytes, respectively.\n";

/**
 * Reads a value from one piece of text, as QEMU's command lines and monitor do
 * (`string_input_visitor_new`): integers by C's prefixes, sizes with units, `on` and `off`, lists
 * of integers as `1,3-5`. Objects and lists of other things have no such text.
 *
 * @param name what error messages call the value
 * @throws {VisitError} in QEMU's words
 */
export function fromText<Value>(
  type: TypeVisit<Value, unknown, unknown>,
  text: string,
  name: string,
  options: FromTextOptions = {},
): Value {
  return type.visit(new TextInput(text, options), name, undefined);
}

class TextInput implements Visitor {
  constructor(
    private readonly text: string,
    private readonly options: FromTextOptions,
  ) {}

  integer(type: IntegerVisit<unknown, unknown>, name: string | null): bigint | number | string {
    if (type.name === "size") return fit(type, name, this.size(name));
    const { signed } = type.range;
    const read = (signed ? readInt64 : readUint64)(this.text, 0);
    if (typeof read === "string" || read.end < this.text.length)
      wrongWidth(name, signed ? "int64" : "uint64");
    return fit(type, name, read.value);
  }

  scalar(type: ScalarVisit<unknown>, name: string | null): unknown {
    switch (type.name) {
      case "str":
        return this.text;
      case "bool":
        return readBool(this.text) ?? refuse(`Parameter '${name ?? "null"}' expects 'on' or 'off'`);
      case "number": {
        const read = readDouble(this.text);
        const isWhole = read?.end === this.text.length && !read.outOfRange && Number.isFinite(read.value);
        return isWhole ? read.value : wrongKind(name, "number");
      }
      case "null":
        return this.text === "" ? null : wrongKind(name, "null");
      case "any":
        return noText(name);
    }
  }

  enum(type: EnumVisit<string>, name: string | null): string {
    return type.has(this.text) ? this.text : unknownValue(name, this.text);
  }

  array({ element }: ArrayVisit<unknown>, name: string | null): unknown[] {
    if (this.text === "") return [];
    if (!isInteger(element) || element.name === "size") return noText(name);
    const { signed } = element.range;
    const values: (bigint | number | string)[] = [];
    for (const value of readRanges(this.text, signed)) {
      // QEMU gives list elements no name.
      if (value === undefined) wrongWidth(null, `list of ${signed ? "int64" : "uint64"} values or ranges`);
      values.push(fit(element, null, value));
    }
    return values;
  }

  object(_type: ObjectVisit<unknown>, name: string | null): never {
    return noText(name);
  }

  /** An alternate that may be a string takes the text as that string. */
  alternate(type: AlternateVisit<unknown>, name: string | null): unknown {
    return (type.alternatives.get("string") ?? noText(name)).type.visit(this, name, undefined);
  }

  private size(name: string | null): bigint {
    const read = readSize(this.text, this.options.sizes ?? "current");
    if (read.warning !== undefined) this.options.warn?.(read.warning);
    if (!("fault" in read)) return read.value;
    if (read.fault === "range") {
      throw new VisitError(`Value '${this.text}' is out of range for parameter '${name ?? "null"}'`);
    }
    const wanted = "a non-negative number below 2^64";
    throw new VisitError(`Parameter '${name ?? "null"}' expects ${wanted}`, SIZE_HINT);
  }
}

function fit(
  { range }: IntegerVisit<unknown, unknown>,
  name: string | null,
  value: bigint,
): bigint | number | string {
  if (range.memory === "bigint") return value;
  if (range.memory === "string") return value.toString();
  return value < range.minimum || value > range.maximum ? wrongWidth(name, range.cName) : Number(value);
}

function wrongKind(name: string | null, expected: string): never {
  throw new VisitError(`Invalid parameter type for '${name ?? "null"}', expected: ${expected}`);
}

function noText(name: string | null): never {
  throw new VisitError(`Parameter '${name ?? "null"}' cannot be given as text`);
}

function refuse(message: string): never {
  throw new VisitError(message);
}
