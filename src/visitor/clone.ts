import { BuildingVisitor, type IntegerValue } from "./building-visitor.js";
import type { IntegerVisit, TypeVisit } from "./type-visit.js";

/**
 * A deep copy of a decoded value, with whatever the schema does not know (QEMU's
 * `qapi_clone_visitor_new`). Members come out in the schema's order, unknown ones last.
 *
 * @throws {VisitError} when the value does not fit the type
 */
export function clone<Received>(type: TypeVisit<unknown, Received, unknown>, value: Received): Received {
  return type.visit(new Clone(false), null, value) as Received;
}

class Clone extends BuildingVisitor {
  integer({ range }: IntegerVisit<unknown, unknown>, name: string | null, value: unknown): IntegerValue {
    if (typeof value === "bigint") return value;
    if ((typeof value === "number" || typeof value === "string") && typeof value === range.memory)
      return value;
    return this.wrongKind(name, "integer");
  }
}
