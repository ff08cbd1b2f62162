import type { ObjectValue, Value } from "../ast/expression.js";
import { checkIf } from "./condition.js";
import type { Feature } from "./definition.js";
import { checkKeys } from "./keys.js";
import { checkLowerName, checkNameIsString } from "./names.js";
import type { DefinitionScope } from "./scope.js";

const none: readonly Feature[] = [];

/** The features of a definition, member or value: names, or objects that have one (QEMU's `check_features`). */
export function checkFeatures(scope: DefinitionScope, object: ObjectValue): readonly Feature[] {
  const list = object.members.get("features")?.value;
  if (list === undefined) return none;
  if (list.kind !== "list") {
    scope.report("features-not-array", list.span, []);
    return [];
  }
  return list.items.flatMap((item) => checkFeature(scope, item) ?? []);
}

function checkFeature(scope: DefinitionScope, item: Value): Feature | undefined {
  let nameValue: Value | undefined = item;
  if (item.kind === "object") {
    checkKeys(scope, item, "'features' member", { required: ["name"], optional: ["if"] });
    nameValue = item.members.get("name")?.value;
  }
  const name = nameValue && checkNameIsString(scope, nameValue, "'features' member");
  if (nameValue === undefined || name === undefined) return undefined;
  const of = `'features' member '${name}'`;
  checkLowerName(scope, name, nameValue.span, of);
  const condition = item.kind === "object" ? checkIf(scope, item, of) : undefined;
  return { name, condition, span: item.span };
}
