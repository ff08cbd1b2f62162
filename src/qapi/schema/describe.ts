import type { Within } from "../../diagnostic/diagnostic.js";
import { implicitOwner } from "./implicit-name.js";
import type { Definition } from "./model.js";

/** A definition as messages speak of it: `struct type 'Foo'`, `array type ['int']` (QEMU's `describe`). */
export function describeDefinition(definition: Definition): string {
  const { kind, name } = definition;
  switch (kind) {
    case "builtin":
      return `built-in type '${name}'`;
    case "array":
      return `array type ['${name.slice(0, -"List".length)}']`;
    case "object":
      return `${definition.form === "union" ? "union" : "struct"} type '${name}'`;
    case "enum":
    case "alternate":
      return `${kind} type '${name}'`;
    case "command":
    case "event":
      return `${kind} '${name}'`;
  }
}

/** What may have a name within a definition. */
export type Role = "member" | "value" | "branch" | "feature";

/**
 * A member, value, branch or feature as messages speak of it: `member 'x'`, with its owner when that
 * is not the definition that the message is about (QEMU's `QAPISchemaMember.describe`).
 * @param owner the type that has it; for a feature of a member, that member
 */
export function describeMember(role: Role, name: string, owner: string, within: Within): string {
  const implicit = implicitOwner(owner);
  const shown = implicit?.owner ?? owner;
  const described = implicit === undefined ? role : implicit.role === "arg" ? "parameter" : `base ${role}`;
  if (shown === within.name) return `${described} '${name}'`;
  // QEMU calls every owner of parameters a command, events included.
  return `${described} '${name}' of ${described === "parameter" ? "command" : "type"} '${shown}'`;
}
