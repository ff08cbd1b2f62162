import type { ObjectValue, Value } from "../ast/expression.js";
import { checkIf } from "./condition.js";
import type { Feature } from "./definition.js";
import { checkKeys } from "./keys.js";
import { checkLowerName, checkNameIsString, type Permitted } from "./names.js";
import type { DefinitionScope } from "./scope.js";

const none: readonly Feature[] = [];

/** The features of a definition, member or value (QEMU's `check_features`). */
export function checkFeatures(scope: DefinitionScope, object: ObjectValue): readonly Feature[] {
  const list = object.members.get("features")?.value;
  if (list === undefined) return none;
  if (list.kind !== "list") {
    scope.report("features-not-array", list, []);
    return [];
  }
  return list.items.flatMap((item) => {
    const feature = checkNamed(scope, item, "'features' member", ["if"]);
    return feature ? { ...feature, span: item } : [];
  });
}

/**
 * An item of a list of values or features: a name, or an object that has one and may have some other keys.
 * Its place is that of the name.
 */
export function checkNamed(
  scope: DefinitionScope,
  item: Value,
  of: string,
  optional: readonly string[],
  permitted?: Permitted,
): Feature | undefined {
  const long = item.kind === "object" ? item : undefined;
  if (long) checkKeys(scope, long, of, { required: ["name"], optional });
  const nameValue = long ? long.members.get("name")?.value : item;
  const name = nameValue && checkNameIsString(scope, nameValue, of);
  if (nameValue === undefined || name === undefined) return undefined;
  const ofItem = `${of} '${name}'`;
  checkLowerName(scope, name, nameValue, ofItem, permitted);
  return { name, condition: long && checkIf(scope, long, ofItem), span: nameValue };
}
