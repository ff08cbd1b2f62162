import { isJsonObject, setMember, type JsonObject, type JsonValue } from "../json/value.js";
import { DocumentVisitor, membersOf, ownMember, unknownValue, wrongWidth } from "./document-visitor.js";
import { firstUnexpected } from "./hash-order.js";
import { decodeInteger, decodeUint64, jsonScalars } from "./json-scalars.js";
import { decodeQuickly } from "./quick-decoder.js";
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

/** How tolerantly JSON is decoded. */
export interface FromJsonOptions {
  /**
   * Strict, the default: members, enum values and union tags that the schema does not know are
   * errors, as in QEMU. Otherwise they are kept as they are; what the schema does know must fit
   * its type either way.
   */
  readonly strict?: boolean;
  /**
   * Let mandatory members be absent, as they are in what an older QEMU says. What the types promise
   * may then be missing. Off by default.
   */
  readonly allowMissing?: boolean;
  /** The outermost value's name in error messages; none by default. */
  readonly name?: string;
}

/**
 * Decodes a JSON value, as QEMU does (`qobject_input_visitor_new`): known members in the schema's
 * order, then unexpected ones; the first fault ends it. Integers must be integers: `1.0` is none.
 * A uint64 may be written as a negative int64, which is taken modulo 2^64.
 *
 * @returns the decoded value. It may share lists and objects with `json`, where decoding did not
 *   change them; members stand in the order of `json`
 * @throws {VisitError} in QEMU's words
 */
export function fromJson<Value>(
  type: TypeVisit<Value, unknown, unknown>,
  json: JsonValue,
  options?: FromJsonOptions & { readonly strict?: true },
): Value;
export function fromJson<Received>(
  type: TypeVisit<unknown, Received, unknown>,
  json: JsonValue,
  options: FromJsonOptions,
): Received;
export function fromJson(
  type: TypeVisit<unknown>,
  json: JsonValue,
  { strict = true, allowMissing = false, name }: FromJsonOptions = {},
): unknown {
  const decoded = decodeQuickly(type, json, { strict, allowMissing });
  if (decoded !== undefined) return decoded;
  return type.visit(new JsonInput(json, strict, allowMissing), name ?? null, undefined);
}

/**
 * The careful way, for what does not simply fit: it has the words for what is wrong. Reads what stands at `current`; containers move it to each of their values in turn. Lists and
 * objects are copied only when decoding changes something in them.
 */
class JsonInput extends DocumentVisitor implements Visitor {
  constructor(
    private current: JsonValue,
    private readonly strict: boolean,
    private readonly allowMissing: boolean,
  ) {
    super();
  }

  integer({ range }: IntegerVisit<unknown, unknown>, name: string | null): bigint | number | string {
    const json = this.current;
    const value = decodeInteger(json, range);
    if (value !== undefined) return value;
    if (range.signed) {
      const isWide = typeof json !== "bigint" || BigInt.asIntN(64, json) !== json;
      if (isWide || range.memory !== "number") this.wrongKind(name, "integer");
    } else if (typeof json !== "bigint" || decodeUint64(json) === undefined) {
      this.notUint64(name);
    }
    wrongWidth(name, range.cName);
  }

  scalar(type: ScalarVisit<unknown>, name: string | null): unknown {
    const { decode, expected } = jsonScalars[type.name];
    const value = decode(this.current);
    return value === undefined && expected !== undefined ? this.wrongKind(name, expected) : value;
  }

  enum(type: EnumVisit<string>, name: string | null): string {
    const json = this.current;
    if (typeof json !== "string") this.wrongKind(name, "string");
    if (this.strict && !type.has(json)) unknownValue(name, json);
    return json;
  }

  array(type: ArrayVisit<unknown>, name: string | null): unknown {
    const json = this.current;
    if (!Array.isArray(json)) this.wrongKind(name, "array");
    let copy: unknown[] | undefined;
    this.enter(name);
    for (const [index, item] of json.entries()) {
      this.path.element(index);
      this.current = item;
      const decoded = type.element.visit(this, null, undefined);
      if (decoded !== item) {
        copy ??= json.slice();
        copy[index] = decoded;
      }
    }
    this.path.leave();
    return copy ?? json;
  }

  object(type: ObjectVisit<unknown>, name: string | null): unknown {
    const json = this.current;
    if (!isJsonObject(json)) this.wrongKind(name, "object");
    let copy: JsonObject | undefined;
    let known = 0;
    this.enter(name);
    for (const member of membersOf(type, json)) {
      const value = ownMember(json, member.name) as JsonValue | undefined;
      if (value === undefined) {
        if (!member.optional && member.condition === undefined && !this.allowMissing)
          this.missing(member.name);
        continue;
      }
      known++;
      this.current = value;
      const decoded = member.type.visit(this, member.name, undefined);
      if (decoded !== value) {
        copy ??= { ...json };
        setMember(copy, member.name, decoded as JsonValue);
      }
    }
    const keys = Object.keys(json);
    if (this.strict && keys.length !== known) {
      const names = new Set(Array.from(membersOf(type, json), (member) => member.name));
      this.unexpected(firstUnexpected(keys, names));
    }
    this.path.leave();
    return copy ?? json;
  }

  alternate(type: AlternateVisit<unknown>, name: string | null): unknown {
    return this.select(type, name, this.current).type.visit(this, name, undefined);
  }
}
