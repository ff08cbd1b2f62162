import type { Span } from "../../diagnostic/source.js";
import type { Value } from "../ast/expression.js";
import { cName } from "./c-name.js";
import { checkIf } from "./condition.js";
import type { Condition } from "../../util/condition.js";
import type { Feature, MemberDefinition, Members, TypeReference } from "./definition.js";
import { checkFeatures } from "./features.js";
import { checkKeys } from "./keys.js";
import { checkLowerName, isPlainLowerName, type Permitted } from "./names.js";
import type { DefinitionScope } from "./scope.js";
import { checkTypeName, checkTypeNameOrArray, unlessEmpty } from "./types.js";

const memberKeys = { required: ["type"], optional: ["if", "features"] };
const branchKeys = { required: ["type"], optional: ["if"] };

const noFeatures: readonly Feature[] = [];

/** What a member or branch has beside its name. */
interface Typed {
  readonly type: TypeReference | undefined;
  readonly condition: Condition | undefined;
  readonly features: readonly Feature[];
}

/** A member's value: a type, or an object with the key `type` that may say more. */
function checkTyped(
  scope: DefinitionScope,
  value: Value,
  of: string,
  checkType: typeof checkTypeName,
): Typed {
  if (value.kind !== "object") {
    return { type: checkType(scope, value, of), condition: undefined, features: noFeatures };
  }
  checkKeys(scope, value, of, memberKeys);
  const condition = checkIf(scope, value, of);
  const features = checkFeatures(scope, value);
  const type = value.members.get("type")?.value;
  return { type: type && checkType(scope, type, of), condition, features };
}

/** The value of a branch: as a member's, without features. */
export function checkBranch(
  scope: DefinitionScope,
  value: Value,
  of: string,
  checkType: typeof checkTypeName,
): Omit<Typed, "features"> {
  if (value.kind !== "object") return { type: checkType(scope, value, of), condition: undefined };
  checkKeys(scope, value, of, branchKeys);
  const condition = checkIf(scope, value, of);
  const type = value.members.get("type")?.value;
  return { type: type && checkType(scope, type, of), condition };
}

/**
 * Members given in place (QEMU's `check_type_implicit`).
 * @param of how messages call the object that has them
 * @param owner the type whose members they are, for the pragma that exempts types from rules of case
 */
export function checkMembers(
  scope: DefinitionScope,
  value: Value,
  of: string,
  owner?: string,
): readonly MemberDefinition[] {
  if (value.kind !== "object") {
    scope.report("members-not-object", value.span, [of]);
    return [];
  }
  const exempt = owner !== undefined && scope.pragma.memberNameExceptions.has(owner);
  const permitted: Permitted = { upper: exempt, underscore: exempt };
  const members: MemberDefinition[] = [];
  for (const member of value.members.values()) {
    const { key, keySpan, value: typed } = member;
    const optional = key.startsWith("*");
    const name = optional ? key.slice(1) : key;
    if (typed.kind === "string" && isPlainLowerName(name) && !isReserved(name)) {
      // Nothing to be said of it: what it would be called in messages need not be put together.
      const type = { name: typed.value, array: false, span: typed.span };
      members.push({ name, optional, type, condition: undefined, features: noFeatures, span: keySpan });
      continue;
    }
    const ofMember = `${of} member '${key}'`;
    checkMemberName(scope, name, keySpan, ofMember, permitted);
    const { type, condition, features } = checkTyped(scope, typed, ofMember, checkTypeNameOrArray);
    if (type) members.push({ name, optional, type, condition, features, span: keySpan });
  }
  return members;
}

function checkMemberName(
  scope: DefinitionScope,
  name: string,
  span: Span,
  of: string,
  permitted: Permitted,
): void {
  if (!checkLowerName(scope, name, span, of, permitted)) return;
  if (isReserved(name)) scope.report("name-reserved", span, [of]);
}

function isReserved(name: string): boolean {
  return name === "u" || (name.startsWith("has") && cName(name).startsWith("has_"));
}

/** Members given in place or by the name of a type (QEMU's `check_type_name_or_implicit`). */
export function checkMembersOrTypeName(
  scope: DefinitionScope,
  value: Value,
  of: string,
  owner?: string,
): Members | undefined {
  if (value.kind === "string") return namedMembers(checkTypeName(scope, value, of));
  return { kind: "inline", members: checkMembers(scope, value, of, owner) };
}

/** Members by the name of a type; none where the name is empty. */
export function namedMembers(type: TypeReference | undefined): Members | undefined {
  const named = unlessEmpty(type);
  return named && { kind: "named", type: named };
}
