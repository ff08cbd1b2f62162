import type { Member, ObjectValue } from "../ast/expression.js";
import { didYouMean } from "../../util/did-you-mean.js";
import type { DefinitionScope } from "./scope.js";

/** The keys that an object must have and those it may have. */
export interface Keys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Whether an object has all the keys it must have and none that is unknown (QEMU's `check_keys`). */
export function checkKeys(scope: DefinitionScope, object: ObjectValue, of: string, keys: Keys): boolean {
  const { members } = object;
  let missing: string[] | undefined;
  for (const key of keys.required) {
    if (!members.has(key)) (missing ??= []).push(key);
  }
  if (missing) scope.report("key-missing", object, [of, missing]);
  let unknown: Member[] | undefined;
  for (const member of members.values()) {
    const { key } = member;
    if (!keys.required.includes(key) && !keys.optional.includes(key)) (unknown ??= []).push(member);
  }
  if (unknown) reportUnknown(scope, of, keys, object, unknown);
  return !missing && !unknown;
}

function reportUnknown(
  scope: DefinitionScope,
  of: string,
  { required, optional }: Keys,
  object: ObjectValue,
  unknown: readonly Member[],
): void {
  const valid = [...required, ...optional];
  const free = valid.filter((key) => !object.members.has(key));
  const names = unknown.map(({ key }) => key);
  const help = names.flatMap((name) => didYouMean(name, free));
  scope.report("key-unknown", unknown[0] ?? object, [of, names, valid], help);
}
