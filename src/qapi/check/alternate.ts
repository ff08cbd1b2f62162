import type { ObjectValue } from "../ast/expression.js";
import type { AlternateDefinition, BranchDefinition } from "./definition.js";
import { checkBranch } from "./members.js";
import { checkLowerName } from "./names.js";
import type { DefinitionScope } from "./scope.js";
import { isTruthy } from "./truth.js";
import { checkTypeNameOrArray } from "./types.js";

/** What an alternate has of its own (QEMU's `check_alternate`). */
export function checkAlternate(
  scope: DefinitionScope,
  expression: ObjectValue,
): Pick<AlternateDefinition, "kind" | "branches"> {
  const branches: BranchDefinition[] = [];
  const data = expression.members.get("data")?.value;
  if (data && !isTruthy(data)) scope.report("data-empty", data.span, []);
  else if (data && data.kind !== "object") scope.report("data-not-object", data.span, []);
  else if (data) {
    for (const [name, { keySpan, value }] of data.members) {
      const of = `'data' member '${name}'`;
      checkLowerName(scope, name, keySpan, of);
      const { type, condition } = checkBranch(scope, value, of, checkTypeNameOrArray);
      if (type) branches.push({ name, type, condition, span: keySpan });
    }
  }
  return { kind: "alternate", branches };
}
