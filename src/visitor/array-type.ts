import type { ArrayVisit, TypeVisit, Visitor } from "./type-visit.js";

/** A list of one type. */
export function visitArray<Value, Received, Sent>(
  element: TypeVisit<Value, Received, Sent>,
): ArrayVisit<Value[], Received[], Sent[]> {
  return new ArrayType(element);
}

class ArrayType<Value, Received, Sent> implements ArrayVisit<Value[], Received[], Sent[]> {
  readonly kind = "array";

  constructor(readonly element: TypeVisit<Value, Received, Sent>) {}

  get name(): string {
    return `${this.element.name}List`;
  }

  visit(visitor: Visitor, name: string | null, value: Value[] | undefined): Value[] {
    return visitor.array(this, name, value) as Value[];
  }
}
