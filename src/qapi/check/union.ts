import type { ObjectValue } from "../ast/expression.js";
import type { BranchDefinition, UnionDefinition } from "./definition.js";
import { checkBranch, checkMembersOrTypeName } from "./members.js";
import { checkNameIsString } from "./names.js";
import type { DefinitionScope } from "./scope.js";
import { checkTypeName } from "./types.js";

/** What a union has of its own (QEMU's `check_union`). */
export function checkUnion(
  scope: DefinitionScope,
  expression: ObjectValue,
  name: string,
): Pick<UnionDefinition, "kind" | "base" | "discriminator" | "branches"> {
  const { members } = expression;
  const base = members.get("base")?.value;
  const tag = members.get("discriminator")?.value;
  return {
    kind: "union",
    base: base && checkMembersOrTypeName(scope, base, "'base'", name),
    discriminator: {
      name: (tag && checkNameIsString(scope, tag, "'discriminator'")) ?? "",
      span: (tag ?? expression).span,
    },
    branches: checkBranches(scope, expression),
  };
}

function checkBranches(scope: DefinitionScope, expression: ObjectValue): readonly BranchDefinition[] {
  const data = expression.members.get("data")?.value;
  if (data === undefined) return [];
  if (data.kind !== "object") {
    scope.report("data-not-object", data.span, []);
    return [];
  }
  const branches: BranchDefinition[] = [];
  for (const [name, { keySpan, value }] of data.members) {
    const { type, condition } = checkBranch(scope, value, `'data' member '${name}'`, checkTypeName);
    if (type) branches.push({ name, type, condition, span: keySpan });
  }
  return branches;
}
