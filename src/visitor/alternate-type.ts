import { invariant } from "../util/invariant.js";
import type { Condition } from "../util/condition.js";
import type { ValueKind } from "../json/value.js";
import { isInteger } from "./builtin.js";
import type { AlternateVisit, AlternativeVisit, TypeVisit, Visitor } from "./type-visit.js";

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
  private byKind: ReadonlyMap<ValueKind, AlternativeVisit> | undefined;

  constructor(
    readonly name: string,
    private readonly parts: () => readonly AlternativeVisit[],
  ) {}

  get alternatives(): ReadonlyMap<ValueKind, AlternativeVisit> {
    this.byKind ??= new Map(this.parts().map((part) => [alternativeKind(part.type), part]));
    return this.byKind;
  }

  visit(visitor: Visitor, name: string | null, value: Value | undefined): Value {
    return visitor.alternate(this, name, value) as Value;
  }
}

function alternativeKind(type: TypeVisit<unknown>): ValueKind {
  if (type.kind === "object" || type.kind === "array") return type.kind;
  const kind = type.kind === "enum" ? "string" : isInteger(type) ? "number" : scalarKinds[type.name];
  invariant(kind !== undefined, `an alternate cannot hold ${type.name}`);
  return kind;
}

const scalarKinds: Readonly<Record<string, ValueKind>> = {
  str: "string",
  bool: "boolean",
  number: "number",
  null: "null",
};
