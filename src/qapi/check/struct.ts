import type { ObjectValue } from "../ast/expression.js";
import type { StructDefinition } from "./definition.js";
import { checkMembers } from "./members.js";
import type { DefinitionScope } from "./scope.js";
import { checkTypeName, unlessEmpty } from "./types.js";

/** What a struct has of its own (QEMU's `check_struct`). */
export function checkStruct(
  scope: DefinitionScope,
  expression: ObjectValue,
  name: string,
): Pick<StructDefinition, "kind" | "base" | "members"> {
  const data = expression.members.get("data")?.value;
  const members = data ? checkMembers(scope, data, "'data'", name) : [];
  const base = expression.members.get("base")?.value;
  return { kind: "struct", members, base: unlessEmpty(base && checkTypeName(scope, base, "'base'")) };
}
