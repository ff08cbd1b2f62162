import { implicitName } from "../schema/implicit-name.js";
import { isMasked, usesIn } from "./name-types.js";
import type { SchemaInfo } from "./schema-info.js";

/**
 * The type that stands for "no arguments" and "returns nothing": of the empty objects the one used
 * most. QEMU calls it `q_empty`.
 */
export function emptyObjectOf(entries: readonly SchemaInfo[]): string | undefined {
  const uses = countUses(entries);
  const empty = entries.filter(
    (entry) => entry["meta-type"] === "object" && entry.members.length === 0 && entry.variants === undefined,
  );
  const named = empty.find((entry) => entry.name === "q_empty");
  const masked = empty.filter((entry) => isMasked(entry.name));
  return (named ?? masked.sort((a, b) => (uses.get(b.name) ?? 0) - (uses.get(a.name) ?? 0))[0])?.name;
}

/**
 * The types that QEMU made for arguments written in place, by the name they have in the data, with
 * the name that QEMU gives them: `q_obj_migrate-arg`. Where names are masked, it is every type
 * used by one command or event for its arguments, and by nothing else.
 */
export function implicitNames(entries: readonly SchemaInfo[]): ReadonlyMap<string, string> {
  const uses = countUses(entries);
  const names = new Map<string, string>();
  for (const entry of entries) {
    if (entry["meta-type"] !== "command" && entry["meta-type"] !== "event") continue;
    const type = entry["arg-type"];
    if (isMasked(type) ? uses.get(type) === 1 : type.startsWith("q_obj_"))
      names.set(type, implicitName(entry.name, "arg"));
  }
  return names;
}

function countUses(entries: readonly SchemaInfo[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { type } of entries.flatMap(usesIn)) uses.set(type, (uses.get(type) ?? 0) + 1);
  return uses;
}
