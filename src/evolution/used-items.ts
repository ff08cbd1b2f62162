import type { JsonValue } from "../json/index.js";
import { isJsonObject } from "../json/index.js";
import { alternativeFor } from "../qapi/schema/alternative-for.js";
import type { Schema, Type } from "../qapi/schema/model.js";
import type { Change } from "./change.js";
import { rootOf } from "./path/path-query.js";
import { emptyObject } from "./compare/pair-graph.js";

/**
 * What the clients of some conversations depend on: the commands they sent with the members and
 * values they sent, all that those commands return, and the events that came.
 */
export class UsedItems {
  private readonly names = new Set<string>();
  /** Types, members, values and branches of the schema that arguments have touched, by identity. */
  private readonly sent = new Set<object>();

  constructor(private readonly schema: Schema) {}

  /** Notes a message from either side; what the schema does not know is left alone. */
  add(message: JsonValue): void {
    if (!isJsonObject(message)) return;
    const event = textOf(message, "event");
    if (event !== undefined) this.names.add(event);
    const name = textOf(message, "execute") ?? textOf(message, "exec-oob");
    if (name === undefined) return;
    this.names.add(name);
    const command = this.schema.definitions.get(name);
    if (command?.kind !== "command") return;
    this.sent.add(command);
    const given = Object.hasOwn(message, "arguments") ? message["arguments"] : undefined;
    if (command.arguments === undefined) this.sent.add(emptyObject);
    else this.touch(command.arguments, given ?? {});
  }

  /** Whether one of these clients would feel a change. */
  feels({ reachedBy, subject, within, id, usedBy }: Change): boolean {
    const receives = reachedBy.out.some((name) => this.names.has(name) && usedBy.includes(name));
    if (receives) return true;
    if (!reachedBy.in.some((name) => this.names.has(name) && usedBy.includes(name))) return false;
    // What was not there cannot have been sent; whom it concerns is who sends what it was added to.
    if (subject !== undefined && !isAboutAll(id)) return this.sent.has(subject);
    return within.length === 0 || within.some((type) => this.sent.has(type));
  }

  /** The change as these clients know it: by way of the commands and events that they use. */
  narrow(change: Change): Change {
    const usedBy = change.usedBy.filter((name) => this.names.has(name));
    const ways = [change.path, ...change.alsoAt].filter((path) => this.names.has(rootOf(path)));
    const [path = change.path, ...alsoAt] = ways;
    return { ...change, usedBy, path, alsoAt };
  }

  private touch(type: Type, value: JsonValue): void {
    switch (type.kind) {
      case "array":
        if (Array.isArray(value)) for (const item of value) this.touch(type.element, item);
        break;
      case "enum":
        for (const each of type.members) if (each.name === value) this.sent.add(each);
        break;
      case "alternate": {
        const found = alternativeFor(type, value);
        if (found === undefined) break;
        this.sent.add(found);
        this.touch(found.type, value);
        break;
      }
      case "object": {
        if (!isJsonObject(value)) break;
        this.sent.add(type);
        for (const member of type.members) {
          if (!Object.hasOwn(value, member.name)) continue;
          this.sent.add(member);
          this.touch(member.type, value[member.name] ?? null);
        }
        const tag =
          type.variants && Object.hasOwn(value, type.variants.tag.name)
            ? value[type.variants.tag.name]
            : undefined;
        const branch = type.variants?.branches.find(({ name }) => name === tag);
        if (branch === undefined) break;
        this.sent.add(branch);
        this.touch(branch.type, value);
        break;
      }
      case "builtin":
    }
  }
}

/** Changes that everyone feels who sends what they are about, whatever it holds. */
function isAboutAll(id: Change["id"]): boolean {
  return id === "member-made-mandatory" || id === "tag-changed" || id.startsWith("feature-");
}

function textOf(message: Readonly<Record<string, JsonValue>>, key: string): string | undefined {
  const value = Object.hasOwn(message, key) ? message[key] : undefined;
  return typeof value === "string" ? value : undefined;
}
