import { MAX_DEPTH } from "../json/parse.js";
import { valueKind } from "../json/value.js";
import { MemberPath } from "./member-path.js";
import type { AlternateVisit, AlternativeVisit, MemberVisit, ObjectVisit } from "./type-visit.js";
import { VisitError } from "./visit-error.js";

/** An object in memory whose type is not known (yet). */
export type UnknownObject = Readonly<Record<string, unknown>>;

/** What the visitors of whole documents share: the path to the current value, and the errors. */
export abstract class DocumentVisitor {
  protected readonly path = new MemberPath();

  /** Goes into the container that `name` leads to. */
  protected enter(name: string | null): void {
    if (this.path.length === MAX_DEPTH) throw new VisitError("JSON nesting depth limit exceeded");
    this.path.enter(name);
  }

  /** The alternative that a value's JSON kind selects. */
  protected select(type: AlternateVisit<unknown>, name: string | null, value: unknown): AlternativeVisit {
    const kind = valueKind(value);
    const alternative = kind === undefined ? undefined : type.alternatives.get(kind);
    if (alternative === undefined) {
      throw new VisitError(`Invalid parameter type for '${name ?? "null"}', expected: ${type.name}`);
    }
    return alternative;
  }

  protected missing(name: string | null): never {
    throw new VisitError(`Parameter '${this.path.full(name)}' is missing`);
  }

  protected unexpected(name: string): never {
    throw new VisitError(`Parameter '${this.path.full(name)}' is unexpected`);
  }

  protected wrongKind(name: string | null, expected: string): never {
    throw new VisitError(`Invalid parameter type for '${this.path.full(name)}', expected: ${expected}`);
  }

  protected notUint64(name: string | null): never {
    throw new VisitError(`Parameter '${this.path.full(name)}' expects uint64`);
  }
}

/** Throws QEMU's error for an integer too large or small for its type (`visit_type_uintN`). */
export function wrongWidth(name: string | null, cName: string): never {
  throw new VisitError(`Parameter '${name ?? "null"}' expects ${cName}`);
}

/** Throws QEMU's error for a string that names no value of an enum (`input_type_enum`). */
export function unknownValue(name: string | null, value: string): never {
  throw new VisitError(`Parameter '${name ?? "null"}' does not accept value '${value}'`);
}

/** A member of an object; undefined where the object has none of its own. */
export function ownMember(object: UnknownObject, name: string): unknown {
  const value = object[name];
  // Only names that every object inherits need the slower question.
  return value !== undefined && name in Object.prototype && !Object.hasOwn(object, name) ? undefined : value;
}

/** Whether a value is an object with members, as opposed to a list, null or a scalar. */
export function isObject(value: unknown): value is UnknownObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The type whose members a union's tag adds, if any. */
export function selectBranch(
  type: ObjectVisit<unknown>,
  value: UnknownObject,
): ObjectVisit<unknown> | undefined {
  if (type.variants === undefined) return undefined;
  const tag = ownMember(value, type.variants.tag);
  return typeof tag === "string" ? type.variants.branches.get(tag)?.type : undefined;
}

/** The members that a type gives an object: its own, then those of the branch that the tag selects. */
export function membersOf(type: ObjectVisit<unknown>, value: UnknownObject): Iterable<MemberVisit> {
  return type.variants === undefined ? type.members.values() : membersOfUnion(type, value);
}

function* membersOfUnion(type: ObjectVisit<unknown>, value: UnknownObject): Iterable<MemberVisit> {
  yield* type.members.values();
  const branch = selectBranch(type, value);
  if (branch !== undefined) yield* membersOf(branch, value);
}
