import { isTruthy, type ObjectValue, type Value } from "../ast/expression.js";
import type {
  AlternateDefinition,
  BranchDefinition,
  Own,
  StructDefinition,
  UnionDefinition,
} from "./definition.js";
import type { Keys } from "./keys.js";
import { checkMembers, checkMembersOrTypeName, checkTyped } from "./members.js";
import { checkLowerName, checkNameIsString } from "./names.js";
import type { DefinitionScope } from "./scope.js";
import { checkTypeName, checkTypeNameOrArray, unlessEmpty } from "./types.js";

/** What a struct has of its own (QEMU's `check_struct`). */
export function checkStruct(
  scope: DefinitionScope,
  { members: keys }: ObjectValue,
  name: string,
): Own<StructDefinition> {
  const data = keys.get("data")?.value;
  const members = data ? checkMembers(scope, data, "'data'", name) : [];
  const base = keys.get("base")?.value;
  return { kind: "struct", members, base: unlessEmpty(base && checkTypeName(scope, base, "'base'")) };
}

/** What a union has of its own (QEMU's `check_union`). */
export function checkUnion(
  scope: DefinitionScope,
  expression: ObjectValue,
  name: string,
): Own<UnionDefinition> {
  const { members } = expression;
  const base = members.get("base")?.value;
  const tag = members.get("discriminator")?.value;
  return {
    kind: "union",
    base: base && checkMembersOrTypeName(scope, base, "'base'", name),
    discriminator: {
      name: (tag && checkNameIsString(scope, tag, "'discriminator'")) ?? "",
      span: tag ?? expression,
    },
    branches: checkBranches(scope, members.get("data")?.value, checkTypeName),
  };
}

/** What an alternate has of its own (QEMU's `check_alternate`). */
export function checkAlternate(scope: DefinitionScope, { members }: ObjectValue): Own<AlternateDefinition> {
  const data = members.get("data")?.value;
  if (!data || isTruthy(data)) {
    return { kind: "alternate", branches: checkBranches(scope, data, checkTypeNameOrArray, checkLowerName) };
  }
  scope.report("data-empty", data, []);
  return { kind: "alternate", branches: [] };
}

const branchKeys: Keys = { required: ["type"], optional: ["if"] };

function checkBranches(
  scope: DefinitionScope,
  data: Value | undefined,
  checkType: typeof checkTypeName,
  checkName?: typeof checkLowerName,
): readonly BranchDefinition[] {
  if (data === undefined) return [];
  if (data.kind !== "object") {
    scope.report("data-not-object", data, []);
    return [];
  }
  const branches: BranchDefinition[] = [];
  for (const [name, member] of data.members) {
    const of = `'data' member '${name}'`;
    checkName?.(scope, name, member, of);
    const { type, condition } = checkTyped(scope, member.value, of, checkType, branchKeys);
    if (type) branches.push({ name, type, condition, span: member });
  }
  return branches;
}
