import { isJsonObject, writeJson, type JsonObject, type JsonValue } from "../json/index.js";
import type { ValidationProblem } from "../visitor/validation.js";
import { UnknownNameError, type DocumentKind, type SchemaChecker } from "./schema-checker.js";

/** What is wrong with a message: with its contents, or with it as a whole. */
export type MessageProblem = Omit<ValidationProblem, "kind"> & {
  readonly kind: ValidationProblem["kind"] | "unknown" | "stray";
};

/**
 * Follows the QMP messages between a client and a QEMU and holds each to a schema: commands,
 * replies by the command they answer, events. Greetings pass.
 */
export class Conversation {
  /** Commands without a reply yet, in the order in which they were sent. */
  private readonly pending: { readonly id: string | undefined; readonly command: string }[] = [];

  constructor(private readonly checker: SchemaChecker) {}

  /** Everything that is wrong with the next message, from either side. */
  next(message: JsonValue): readonly MessageProblem[] {
    if (!isJsonObject(message)) return [about("must be an object", "type")];
    const command = ownText(message, "execute") ?? ownText(message, "exec-oob");
    if (command !== undefined) {
      this.pending.push({ id: idOf(message), command });
      return this.problems("command", command, message);
    }
    const event = ownText(message, "event");
    if (event !== undefined) return this.problems("event", event, message);
    if (Object.hasOwn(message, "return") || Object.hasOwn(message, "error")) return this.reply(message);
    return Object.hasOwn(message, "QMP") ? [] : [about("is no message of QMP", "unknown")];
  }

  private reply(message: JsonObject): readonly MessageProblem[] {
    const id = idOf(message);
    const at = this.pending.findIndex((sent) => sent.id === id);
    const [answered] = at === -1 ? [] : this.pending.splice(at, 1);
    if (answered !== undefined) return this.problems("reply", answered.command, message);
    // What QEMU cannot read, it answers without an id.
    return Object.hasOwn(message, "error") ? [] : [about("answers no command", "stray")];
  }

  private problems(kind: DocumentKind, name: string, message: JsonObject): readonly MessageProblem[] {
    try {
      return this.checker.problems(kind, name, message);
    } catch (error) {
      if (error instanceof UnknownNameError) return [about(error.message, "unknown")];
      throw error;
    }
  }
}

function about(message: string, kind: MessageProblem["kind"]): MessageProblem {
  return { pointer: "", message, kind };
}

function ownText(message: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(message, key) ? message[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** An id of any JSON type, as text that two equal ids share. */
function idOf(message: JsonObject): string | undefined {
  const id = Object.hasOwn(message, "id") ? message["id"] : undefined;
  return id === undefined ? undefined : writeJson(id);
}
