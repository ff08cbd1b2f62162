import type { ObjectValue, Value } from "../ast/expression.js";
import { checkIf } from "./condition.js";
import type { EnumDefinition, ValueDefinition } from "./definition.js";
import { checkFeatures } from "./features.js";
import { checkKeys } from "./keys.js";
import { checkLowerName, checkNameIsString, isPlainLowerName, type Permitted } from "./names.js";
import type { DefinitionScope } from "./scope.js";

/** What an enum has of its own (QEMU's `check_enum`). */
export function checkEnum(
  scope: DefinitionScope,
  expression: ObjectValue,
  name: string,
): Pick<EnumDefinition, "kind" | "prefix" | "values"> {
  const data = expression.members.get("data")?.value;
  if (data && data.kind !== "list") scope.report("data-not-array", data.span, []);
  const prefix = expression.members.get("prefix")?.value;
  if (prefix && prefix.kind !== "string") scope.report("prefix-not-string", prefix.span, []);
  const exempt = scope.pragma.memberNameExceptions.has(name);
  const permitted = { upper: exempt, underscore: exempt };
  return {
    kind: "enum",
    prefix: prefix?.kind === "string" ? prefix.value : undefined,
    values: data?.kind === "list" ? checkValues(scope, data.items, permitted) : [],
  };
}

function checkValues(
  scope: DefinitionScope,
  items: readonly Value[],
  permitted: Permitted,
): ValueDefinition[] {
  const values: ValueDefinition[] = [];
  for (const item of items) {
    const value = checkValue(scope, item, permitted);
    if (value) values.push(value);
  }
  return values;
}

const noFeatures: ValueDefinition["features"] = [];

function checkValue(scope: DefinitionScope, item: Value, permitted: Permitted): ValueDefinition | undefined {
  if (item.kind === "string" && isPlainLowerName(item.value)) {
    return { name: item.value, condition: undefined, features: noFeatures, span: item.span };
  }
  const long = item.kind === "object" ? item : undefined;
  if (long) checkKeys(scope, long, "'data' member", { required: ["name"], optional: ["if", "features"] });
  const nameValue = long ? long.members.get("name")?.value : item;
  const name = nameValue && checkNameIsString(scope, nameValue, "'data' member");
  if (nameValue === undefined || name === undefined) return undefined;
  const of = `'data' member '${name}'`;
  // Values may start with a digit; a letter before it satisfies the rule for names.
  checkLowerName(scope, /^[0-9]/.test(name) ? `d${name}` : name, nameValue.span, of, permitted);
  const condition = long && checkIf(scope, long, of);
  const features = long ? checkFeatures(scope, long) : noFeatures;
  return { name, condition, features, span: nameValue.span };
}
