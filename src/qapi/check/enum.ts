import type { ObjectValue, Value } from "../ast/expression.js";
import type { EnumDefinition, Own, ValueDefinition } from "./definition.js";
import { checkFeatures, checkNamed } from "./features.js";
import { isPlainLowerName, type Permitted } from "./names.js";
import type { DefinitionScope } from "./scope.js";

/** What an enum has of its own (QEMU's `check_enum`). */
export function checkEnum(
  scope: DefinitionScope,
  { members }: ObjectValue,
  name: string,
): Own<EnumDefinition> {
  const data = members.get("data")?.value;
  if (data && data.kind !== "list") scope.report("data-not-array", data, []);
  const prefix = members.get("prefix")?.value;
  if (prefix && prefix.kind !== "string") scope.report("prefix-not-string", prefix, []);
  const exempt = scope.pragma.memberNameExceptions.has(name);
  const permitted = { upper: exempt, underscore: exempt, digit: true };
  const values: ValueDefinition[] = [];
  for (const item of data?.kind === "list" ? data.items : []) {
    const value = checkValue(scope, item, permitted);
    if (value) values.push(value);
  }
  return { kind: "enum", prefix: prefix?.kind === "string" ? prefix.value : undefined, values };
}

const noFeatures: ValueDefinition["features"] = [];

function checkValue(scope: DefinitionScope, item: Value, permitted: Permitted): ValueDefinition | undefined {
  if (item.kind === "string" && isPlainLowerName(item.value)) {
    return { name: item.value, condition: undefined, features: noFeatures, span: item };
  }
  const value = checkNamed(scope, item, "'data' member", ["if", "features"], permitted);
  const features = item.kind === "object" && value ? checkFeatures(scope, item) : noFeatures;
  return value && { ...value, features };
}
