import type { Member, ObjectValue, Value } from "../ast/expression.js";
import type { Condition } from "../../util/condition.js";
import { checkKeys } from "./keys.js";
import type { DefinitionScope } from "./scope.js";

const combination = { required: [], optional: ["all", "any", "not"] };

/** The condition of an object's `if`, if it has one that is well shaped (QEMU's `check_if`). */
export function checkIf(scope: DefinitionScope, object: ObjectValue, of: string): Condition | undefined {
  const value = object.members.get("if")?.value;
  return value && checkCondition(scope, value, of);
}

function checkCondition(scope: DefinitionScope, value: Value, of: string): Condition | undefined {
  if (value.kind === "string") {
    if (/^[A-Z][A-Z0-9_]*$/.test(value.value)) return value.value;
    scope.report("if-not-identifier", value, [value.value, of]);
    return undefined;
  }
  if (value.kind !== "object") {
    scope.report("if-not-condition", value, [of]);
    return undefined;
  }
  if (!checkKeys(scope, value, `'if' condition of ${of}`, combination)) return undefined;
  const [member, other] = value.members.values();
  if (member === undefined || other !== undefined) {
    scope.report("if-not-one-key", value, [of]);
    return undefined;
  }
  if (member.key === "not") {
    const operand = checkCondition(scope, member.value, of);
    return operand && { not: operand };
  }
  const operands = checkOperands(scope, member, of);
  return operands && (member.key === "all" ? { all: operands } : { any: operands });
}

function checkOperands(scope: DefinitionScope, { key, value }: Member, of: string): Condition[] | undefined {
  if (value.kind !== "list") {
    scope.report("if-operands-not-array", value, [key, of]);
    return undefined;
  }
  if (value.items.length === 0) {
    scope.report("if-empty", value, [of]);
    return undefined;
  }
  return value.items.flatMap((item) => checkCondition(scope, item, of) ?? []);
}
