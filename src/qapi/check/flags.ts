import type { ObjectValue } from "../ast/expression.js";
import type { DefinitionScope } from "./scope.js";

const offByWriting = ["gen", "success-response"];
const onByWriting = ["boxed", "allow-oob", "allow-preconfig", "coroutine"];

/** Flags are written only to say what is not the default (QEMU's `check_flags`). */
export function checkFlags(scope: DefinitionScope, { members }: ObjectValue): void {
  for (const flag of offByWriting) {
    const value = members.get(flag)?.value;
    if (value && !(value.kind === "boolean" && !value.value))
      scope.report("flag-not-false", value.span, [flag]);
  }
  for (const flag of onByWriting) {
    const value = members.get(flag)?.value;
    if (value && !(value.kind === "boolean" && value.value))
      scope.report("flag-not-true", value.span, [flag]);
  }
  const coroutine = members.get("coroutine");
  if (members.has("allow-oob") && coroutine) scope.report("flags-incompatible", coroutine.keySpan, []);
}
