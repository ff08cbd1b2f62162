import { invariant } from "../util/invariant.js";
import type { Condition } from "../util/condition.js";
import { isInteger } from "./builtin.js";
import type { AlternateVisit, AlternativeKind, AlternativeVisit, TypeVisit, Visitor } from "./type-visit.js";

/** A type whose values are told apart by their JSON kind. */
export function visitAlternate<Value, Received, Sent>(
  name: string,
  alternatives: () => readonly AlternativeVisit[],
): AlternateVisit<Value, Received, Sent> {
  return new AlternateType(name, alternatives);
}

/** One type that an alternate may hold. */
export function alternative(name: string, type: TypeVisit<unknown>, condition?: Condition): AlternativeVisit {
  return { name, type, condition };
}

export class AlternateType<Value, Received, Sent> implements AlternateVisit<Value, Received, Sent> {
  readonly kind = "alternate";
  private byKind: ReadonlyMap<AlternativeKind, AlternativeVisit> | undefined;

  constructor(
    readonly name: string,
    private readonly parts: () => readonly AlternativeVisit[],
  ) {}

  get alternatives(): ReadonlyMap<AlternativeKind, AlternativeVisit> {
    this.byKind ??= new Map(this.parts().map((part) => [alternativeKind(part.type), part]));
    return this.byKind;
  }

  visit(visitor: Visitor, name: string | null, value: Value | undefined): Value {
    return visitor.alternate(this, name, value) as Value;
  }
}

function alternativeKind(type: TypeVisit<unknown>): AlternativeKind {
  switch (type.kind) {
    case "enum":
      return "string";
    case "object":
    case "array":
      return type.kind;
    case "builtin":
      return isInteger(type) ? "number" : scalarKind(type.name);
    case "alternate":
      return scalarKind(type.name);
  }
}

function scalarKind(name: string): AlternativeKind {
  switch (name) {
    case "str":
      return "string";
    case "bool":
      return "boolean";
    case "number":
    case "null":
      return name;
    default:
      invariant(false, `an alternate cannot hold ${name}`);
  }
}
