import { setMember, type JsonObject, type JsonValue } from "../json/value.js";
import { DocumentVisitor, isObject, membersOf, ownMember, unknownValue } from "./document-visitor.js";
import type { UnknownObject } from "./document-visitor.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumVisit,
  IntegerVisit,
  MemberVisit,
  ObjectVisit,
  ScalarVisit,
  Visitor,
} from "./type-visit.js";

/** An integer in memory; see `IntegerRange`. */
export type IntegerValue = bigint | number | string;

/**
 * Builds a new value from a typed one, member by member in the schema's order. What it reads comes
 * from the program, so its errors are for programmers; they are worded as QEMU would say it of the
 * finished document.
 */
export abstract class BuildingVisitor extends DocumentVisitor implements Visitor {
  /** @param strict refuse members and enum values that the schema does not know, else keep them */
  constructor(private readonly strict: boolean) {
    super();
  }

  abstract integer(type: IntegerVisit<unknown, unknown>, name: string | null, value: unknown): IntegerValue;

  scalar(type: ScalarVisit<unknown>, name: string | null, value: unknown): JsonValue {
    switch (type.name) {
      case "str":
        return typeof value === "string" ? value : this.wrongKind(name, "string");
      case "bool":
        return typeof value === "boolean" ? value : this.wrongKind(name, "boolean");
      case "number":
        return typeof value === "number" && Number.isFinite(value) ? value : this.wrongKind(name, "number");
      case "null":
        return value === null ? value : this.wrongKind(name, "null");
      case "any":
        return this.plain(name, value);
    }
  }

  enum(type: EnumVisit<string>, name: string | null, value: unknown): string {
    if (typeof value !== "string") this.wrongKind(name, "string");
    if (this.strict && !type.has(value)) unknownValue(name, value);
    return value;
  }

  array(type: ArrayVisit<unknown>, name: string | null, value: unknown): JsonValue[] {
    return this.list(name, value, (item) => type.element.visit(this, null, item) as JsonValue);
  }

  object(type: ObjectVisit<unknown>, name: string | null, value: unknown): JsonObject {
    if (!isObject(value)) this.wrongKind(name, "object");
    return this.built(name, value, membersOf(type, value), this.strict);
  }

  alternate(type: AlternateVisit<unknown>, name: string | null, value: unknown): JsonValue {
    return this.select(type, name, value).type.visit(this, name, value) as JsonValue;
  }

  /** A copy of a JSON value of no particular type. */
  private plain(name: string | null, value: unknown): JsonValue {
    switch (typeof value) {
      case "string":
      case "boolean":
      case "bigint":
        return value;
      case "number":
        return Number.isFinite(value) ? value : this.wrongKind(name, "number");
      case "object":
        if (value === null) return value;
        if (Array.isArray(value)) return this.list(name, value, (item) => this.plain(null, item));
        return this.built(name, value as UnknownObject, [], false);
      default:
        return this.wrongKind(name, "value");
    }
  }

  /** @param strict refuse other members than those of the type, else copy them */
  private built(
    name: string | null,
    value: UnknownObject,
    members: Iterable<MemberVisit>,
    strict: boolean,
  ): JsonObject {
    const built: JsonObject = {};
    this.enter(name);
    for (const member of members) {
      const given = ownMember(value, member.name);
      if (given !== undefined) {
        setMember(built, member.name, member.type.visit(this, member.name, given) as JsonValue);
      } else if (!member.optional && member.condition === undefined) {
        this.missing(member.name);
      }
    }
    for (const key of Object.keys(value)) {
      if (value[key] === undefined || Object.hasOwn(built, key)) continue;
      if (strict) this.unexpected(key);
      setMember(built, key, this.plain(key, value[key]));
    }
    this.path.leave();
    return built;
  }

  private list(name: string | null, value: unknown, visit: (item: unknown) => JsonValue): JsonValue[] {
    if (!Array.isArray(value)) this.wrongKind(name, "array");
    this.enter(name);
    const built = Array.from(value as readonly unknown[], (item, index) => {
      this.path.element(index);
      return visit(item);
    });
    this.path.leave();
    return built;
  }
}
