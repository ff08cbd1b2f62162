import { isTruthy, type ObjectValue } from "../ast/expression.js";
import type { CommandDefinition, EventDefinition, Members, Own } from "./definition.js";
import { checkMembersOrTypeName, namedMembers } from "./members.js";
import type { DefinitionScope } from "./scope.js";
import { checkTypeName, checkTypeNameOrArray, unlessEmpty } from "./types.js";

/** The `data` of a command or event. */
function checkArguments(
  scope: DefinitionScope,
  expression: ObjectValue,
  boxed: boolean,
): Members | undefined {
  const data = expression.members.get("data")?.value;
  if (!boxed) return data && checkMembersOrTypeName(scope, data, "'data'");
  if (data) return namedMembers(checkTypeName(scope, data, "'data'"));
  scope.report("boxed-without-data", expression.members.get("boxed")?.value ?? expression, []);
  return undefined;
}

function isSet({ members }: ObjectValue, flag: string): boolean {
  const value = members.get(flag)?.value;
  return value !== undefined && isTruthy(value);
}

/** What an event has of its own (QEMU's `check_event`). */
export function checkEvent(scope: DefinitionScope, expression: ObjectValue): Own<EventDefinition> {
  const boxed = isSet(expression, "boxed");
  return { kind: "event", arguments: checkArguments(scope, expression, boxed), boxed };
}

/** What a command has of its own (QEMU's `check_command`). */
export function checkCommand(scope: DefinitionScope, expression: ObjectValue): Own<CommandDefinition> {
  const boxed = isSet(expression, "boxed");
  const data = checkArguments(scope, expression, boxed);
  const returns = expression.members.get("returns")?.value;
  return {
    kind: "command",
    arguments: data,
    returns: unlessEmpty(returns && checkTypeNameOrArray(scope, returns, "'returns'")),
    boxed,
    gen: !expression.members.has("gen"),
    successResponse: !expression.members.has("success-response"),
    allowOob: isSet(expression, "allow-oob"),
    allowPreconfig: isSet(expression, "allow-preconfig"),
    coroutine: isSet(expression, "coroutine"),
  };
}
