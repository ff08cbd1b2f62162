import type { Value } from "../ast/expression.js";

/** Whether a value counts as true in Python, by which QEMU decides on `boxed` and on emptiness. */
export function isTruthy(value: Value): boolean {
  switch (value.kind) {
    case "boolean":
      return value.value;
    case "string":
      return value.value !== "";
    case "list":
      return value.items.length > 0;
    case "object":
      return value.members.size > 0;
  }
}
