import type { Value } from "../ast/expression.js";
import { checkIf } from "./condition.js";
import type { Condition } from "../../util/condition.js";
import type { Feature, MemberDefinition, Members, TypeReference } from "./definition.js";
import { checkFeatures } from "./features.js";
import { checkKeys, type Keys } from "./keys.js";
import { checkLowerName, cName, isPlainLowerName, type Permitted } from "./names.js";
import type { DefinitionScope } from "./scope.js";
import { checkTypeName, checkTypeNameOrArray, unlessEmpty } from "./types.js";

const memberKeys: Keys = { required: ["type"], optional: ["if", "features"] };

const noFeatures: readonly Feature[] = [];

/** What a member or branch has beside its name. */
interface Typed {
  readonly type: TypeReference | undefined;
  readonly condition: Condition | undefined;
  readonly features: readonly Feature[];
}

/** The value of a member or branch: a type, or an object with the key `type` that may say more. */
export function checkTyped(
  scope: DefinitionScope,
  value: Value,
  of: string,
  checkType: typeof checkTypeName,
  keys: Keys,
): Typed {
  if (value.kind !== "object") {
    return { type: checkType(scope, value, of), condition: undefined, features: noFeatures };
  }
  checkKeys(scope, value, of, keys);
  const condition = checkIf(scope, value, of);
  const features = keys.optional.includes("features") ? checkFeatures(scope, value) : noFeatures;
  const type = value.members.get("type")?.value;
  return { type: type && checkType(scope, type, of), condition, features };
}

/**
 * Members given in place (QEMU's `check_type_implicit`).
 * @param of how messages call the object that has them
 * @param owner the type whose members they are, for the pragma that exempts types from rules of case
 */
export function checkMembers(
  scope: DefinitionScope,
  object: Value,
  of: string,
  owner?: string,
): readonly MemberDefinition[] {
  if (object.kind !== "object") {
    scope.report("members-not-object", object, [of]);
    return [];
  }
  const exempt = owner !== undefined && scope.pragma.memberNameExceptions.has(owner);
  const permitted: Permitted = { upper: exempt, underscore: exempt };
  const members: MemberDefinition[] = [];
  for (const member of object.members.values()) {
    const { key, value } = member;
    const optional = key.startsWith("*");
    const name = optional ? key.slice(1) : key;
    if (value.kind === "string" && isPlainLowerName(name) && !isReserved(name)) {
      // Nothing to be said of it: what it would be called in messages need not be put together.
      const type = { name: value.value, array: false, span: value };
      members.push({ name, optional, type, condition: undefined, features: noFeatures, span: member });
      continue;
    }
    const ofMember = `${of} member '${key}'`;
    if (checkLowerName(scope, name, member, ofMember, permitted) && isReserved(name)) {
      scope.report("name-reserved", member, [ofMember]);
    }
    const { type, condition, features } = checkTyped(
      scope,
      value,
      ofMember,
      checkTypeNameOrArray,
      memberKeys,
    );
    if (type) members.push({ name, optional, type, condition, features, span: member });
  }
  return members;
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
