import type { Span } from "../../diagnostic/source.js";
import type { Value } from "../ast/expression.js";
import type { DefinitionKind } from "./definition.js";
import type { DefinitionScope } from "./scope.js";

/** A name: vendor prefix, `x-`, and the stem that the rules of case look at. */
const SHAPE = /^(?:__[a-z0-9.-]+_)?(?:x-)?([a-z][a-z0-9_-]*)$/i;

/** What most names are: no prefix, nothing that a rule could mind. */
const PLAIN_LOWER = /^(?!q-)[a-z][a-z0-9-]*$/;

/** Which departures from the rules are permitted: of case by an exception pragma, a digit first to values. */
export interface Permitted {
  readonly upper: boolean;
  readonly underscore: boolean;
  readonly digit?: boolean;
}

const nothing: Permitted = { upper: false, underscore: false };

/** A string that is to be a name (QEMU's `check_name_is_str`). */
export function checkNameIsString(scope: DefinitionScope, value: Value, of: string): string | undefined {
  if (value.kind === "string") return value.value;
  scope.report("name-not-string", value, [of]);
  return undefined;
}

/** A name's stem, or undefined after the report that it is no name (QEMU's `check_name_str`). */
function checkShape(scope: DefinitionScope, name: string, span: Span, of: string): string | undefined {
  const stem = SHAPE.exec(name)?.[1];
  if (stem !== undefined && !(name.startsWith("q") && cName(name).startsWith("q_"))) return stem;
  scope.report("name-invalid", span, [of]);
  return undefined;
}

/** Whether a name is one that no rule for names in lower case could mind: most are. */
export function isPlainLowerName(name: string): boolean {
  return PLAIN_LOWER.test(name);
}

/** Names of commands, members, values and features (QEMU's `check_name_lower`); whether it is fine. */
export function checkLowerName(
  scope: DefinitionScope,
  name: string,
  span: Span,
  of: string,
  permitted: Permitted = nothing,
): boolean {
  if (isPlainLowerName(name)) return true;
  // A letter before a digit satisfies the rule for names.
  const tried = permitted.digit === true && /^[0-9]/.test(name) ? `d${name}` : name;
  const stem = checkShape(scope, tried, span, of);
  if (stem === undefined) return false;
  if ((permitted.upper || !/[A-Z]/.test(stem)) && (permitted.underscore || !stem.includes("_"))) return true;
  scope.report("name-not-lower", span, [of]);
  return false;
}

function checkUpperName(scope: DefinitionScope, name: string, span: Span, of: string): void {
  const stem = checkShape(scope, name, span, of);
  if (stem !== undefined && /[a-z-]/.test(stem)) scope.report("name-not-upper", span, [of]);
}

function checkCamelName(scope: DefinitionScope, name: string, span: Span, of: string): boolean {
  const stem = checkShape(scope, name, span, of);
  if (stem === undefined) return false;
  if (/^[A-Z][A-Za-z0-9]*$/.test(stem) && /[a-z]/.test(stem)) return true;
  scope.report("name-not-camel", span, [of]);
  return false;
}

/** The name of a definition (QEMU's `check_defn_name_str`). */
export function checkDefinitionName(
  scope: DefinitionScope,
  name: string,
  span: Span,
  kind: DefinitionKind,
): void {
  switch (kind) {
    case "event":
      checkUpperName(scope, name, span, kind);
      break;
    case "command":
      checkLowerName(scope, name, span, kind, {
        upper: false,
        underscore: scope.pragma.commandNameExceptions.has(name),
      });
      break;
    default:
      if (checkCamelName(scope, name, span, kind) && name.endsWith("List")) {
        scope.report("name-ends-in-list", span, [kind]);
      }
  }
}

/** A QAPI name as a C identifier, where `-`, `.` and `_` are the same (QEMU's `c_name` without protection). */
export function cName(name: string): string {
  const plain = name.includes("-") ? name.replaceAll("-", "_") : name;
  return plain.includes(".") ? plain.replaceAll(".", "_") : plain;
}
