/** What an implicit object holds: arguments, or an event's data, written in place; or a union's base. */
export type ImplicitRole = "arg" | "base";

/** QEMU's name for an implicit object: `q_obj_migrate-arg` (its `_make_implicit_object_type`). */
export function implicitName(owner: string, role: ImplicitRole): string {
  return `q_obj_${owner}-${role}`;
}

/** Whose implicit object has this name, and which of the two; undefined for any other name. */
export function implicitOwner(
  name: string,
): { readonly owner: string; readonly role: ImplicitRole } | undefined {
  const [, owner, role] = /^q_obj_(.+)-(arg|base)$/.exec(name) ?? [];
  return owner === undefined ? undefined : { owner, role: role === "arg" ? "arg" : "base" };
}
