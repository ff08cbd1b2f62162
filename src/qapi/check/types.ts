import type { Value } from "../ast/expression.js";
import type { TypeReference } from "./definition.js";
import type { DefinitionScope } from "./scope.js";

/** The name of a type (QEMU's `check_type_name`). */
export function checkTypeName(scope: DefinitionScope, value: Value, of: string): TypeReference | undefined {
  if (value.kind === "string") return { name: value.value, array: false, span: value };
  scope.report("type-not-name", value, [of]);
  return undefined;
}

/** The name of a type, or that name alone in an array (QEMU's `check_type_name_or_array`). */
export function checkTypeNameOrArray(
  scope: DefinitionScope,
  value: Value,
  of: string,
): TypeReference | undefined {
  if (value.kind === "string") return { name: value.value, array: false, span: value };
  if (value.kind !== "list") {
    scope.report("type-not-name-or-array", value, [of]);
    return undefined;
  }
  const [element] = value.items;
  if (value.items.length !== 1 || element?.kind !== "string") {
    scope.report("array-not-one-name", value, [of]);
    return undefined;
  }
  return { name: element.value, array: true, span: element };
}

/** A reference, unless it is the empty name, which QEMU takes for none where a type is optional. */
export function unlessEmpty(type: TypeReference | undefined): TypeReference | undefined {
  return type?.name === "" && !type.array ? undefined : type;
}
