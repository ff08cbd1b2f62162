import { isJsonObject, setMember, writeJson, type JsonObject, type JsonValue } from "../json/index.js";
import type { ValidationProblem } from "../visitor/validation.js";
import { PendingRequests } from "./pending-requests.js";
import type { Side } from "./read-log.js";
import { UnknownNameError, type DocumentKind, type SchemaChecker } from "./schema-checker.js";

/** What is wrong with a message: with its contents, or with it as a whole. */
export type MessageProblem = Omit<ValidationProblem, "kind"> & {
  readonly kind: ValidationProblem["kind"] | "unknown" | "stray";
};

/** A message, what it was taken for and what is wrong with it. */
export interface JudgedMessage {
  readonly from: Side;
  readonly kind: "command" | "reply" | "event" | "greeting" | "other";
  /** The command that was sent or answered, or the event; undefined where that is not known. */
  readonly name: string | undefined;
  readonly problems: readonly MessageProblem[];
}

/**
 * Follows the QMP messages between a client and a QEMU and holds each to a schema: commands,
 * replies by the command they answer, events. Greetings pass.
 */
export class Conversation {
  private readonly pending = new PendingRequests();

  constructor(private readonly checker: SchemaChecker) {}

  /** Everything that is wrong with the next message, from either side. */
  next(message: JsonValue, from?: Side): readonly MessageProblem[] {
    return this.judge(message, from).problems;
  }

  /** @param from who sent it, where that is known; else its members say */
  judge(message: JsonValue, from?: Side): JudgedMessage {
    if (!isJsonObject(message)) return this.nothing(from, undefined, about("must be an object", "type"));
    const isCommand = Object.hasOwn(message, "execute") || Object.hasOwn(message, "exec-oob");
    if (from === "client" || (from === undefined && isCommand)) return this.request(message);
    if (isCommand) {
      return { ...other("server"), problems: [about("is a command, which no server sends", "stray")] };
    }
    const event = ownText(message, "event");
    if (event !== undefined) {
      return { from: "server", kind: "event", name: event, problems: this.hold("event", event, message) };
    }
    if (Object.hasOwn(message, "return") || Object.hasOwn(message, "error")) return this.reply(message);
    if (!Object.hasOwn(message, "QMP")) {
      return this.nothing(from, idOf(message), about("is no message of QMP", "unknown"));
    }
    this.pending.beginConnection();
    return { from: "server", kind: "greeting", name: undefined, problems: [] };
  }

  /**
   * Something that cannot be read stands where a message should. What can be told of it from its text keeps
   * requests and replies together: its fault is not told again at its reply.
   */
  unreadable(text: string, from?: Side): Omit<JudgedMessage, "problems"> {
    const [, key] = /"(execute|exec-oob|return|error|event|QMP)"/.exec(text) ?? [];
    const [, id] = /"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*[,}]/.exec(text) ?? [];
    const isSent = key === "execute" || key === "exec-oob";
    if (from === "client" || (from === undefined && isSent)) {
      const [, command] = /"(?:execute|exec-oob)"\s*:\s*"([^"\\]*)"/.exec(text) ?? [];
      const isTold = this.checker.has("command", command);
      const request = { id, command, isOutOfBand: key === "exec-oob", isJudged: isTold };
      // It may have had an id, in the part that is lost.
      this.pending.add(request, { isUncertain: id === undefined });
      return { from: "client", kind: "command", name: command };
    }
    if (key === "return" || key === "error") {
      const answered = this.pending.take(id);
      return { from: "server", kind: "reply", name: answered?.command };
    }
    // A part of a message that has an id: whichever it is, its other half is not at fault.
    if (key === undefined && id !== undefined && this.pending.take(id) === undefined) {
      this.pending.add({ id, command: undefined, isOutOfBand: false, isJudged: false });
    }
    return other(from ?? "server");
  }

  private request(message: JsonObject): JudgedMessage {
    const isOutOfBand = Object.hasOwn(message, "exec-oob");
    const command = ownText(message, "execute") ?? ownText(message, "exec-oob");
    const id = idOf(message);
    if (command === undefined) {
      const isCommand = isOutOfBand || Object.hasOwn(message, "execute");
      const problem: MessageProblem = isCommand
        ? { pointer: isOutOfBand ? "/exec-oob" : "/execute", message: "must be a string", kind: "type" }
        : about("is no command: it has neither 'execute' nor 'exec-oob'", "unknown");
      return this.nothing("client", id, problem);
    }
    const problems = this.hold("command", command, message);
    const isJudged = this.checker.has("command", command);
    this.pending.add({ id, command, isOutOfBand, isJudged, isSilent: this.checker.isSilent(command) });
    return { from: "client", kind: "command", name: command, problems };
  }

  private reply(message: JsonObject): JudgedMessage {
    const id = idOf(message);
    // Not an answer to what was sent, but to what could not be read between.
    if (id === undefined && isParseError(message)) {
      this.pending.takeUnreadable();
      return { from: "server", kind: "reply", name: undefined, problems: [] };
    }
    if (id === undefined && Object.hasOwn(message, "return")) this.pending.skipSilent();
    const answered = this.pending.take(id, ({ command, isJudged }) => {
      return command === undefined || !isJudged || this.hold("reply", command, message).length === 0;
    });
    const said = { from: "server", kind: "reply", name: answered?.command } as const;
    if (answered === undefined) {
      if (this.pending.isForgiven()) return { ...said, problems: [] };
      return { ...said, problems: [about("answers no command", "stray")] };
    }
    const { command, isJudged } = answered;
    // What is wrong with a command that nobody knows was told when it was sent.
    if (command === undefined || !isJudged) return { ...said, problems: [] };
    return { ...said, problems: this.hold("reply", command, message) };
  }

  /** A message that is none. From a client, it is answered with an error. */
  private nothing(from: Side | undefined, id: string | undefined, problem: MessageProblem): JudgedMessage {
    if (from === "client") {
      this.pending.add({ id, command: undefined, isOutOfBand: false, isJudged: false });
    }
    return { ...other(from ?? "server"), problems: [problem] };
  }

  private hold(kind: DocumentKind, name: string, message: JsonObject): readonly MessageProblem[] {
    try {
      return this.checker.problems(kind, name, message, "message");
    } catch (error) {
      if (error instanceof UnknownNameError) return [about(error.message, "unknown")];
      throw error;
    }
  }
}

function other(from: Side): Omit<JudgedMessage, "problems"> {
  return { from, kind: "other", name: undefined };
}

function about(message: string, kind: MessageProblem["kind"]): MessageProblem {
  return { pointer: "", message, kind };
}

/** Whether QEMU says that it could not read what came. */
function isParseError({ error }: JsonObject): boolean {
  const desc = isJsonObject(error) ? ownText(error, "desc") : undefined;
  return desc !== undefined && /^JSON (?:parse error|token|nesting)/.test(desc);
}

function ownText(message: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(message, key) ? message[key] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** An id of any JSON type, as text that two equal ids share: QEMU gives it back in its own spelling. */
function idOf(message: JsonObject): string | undefined {
  const id = Object.hasOwn(message, "id") ? message["id"] : undefined;
  return id === undefined ? undefined : writeJson(inOneSpelling(id));
}

/** Members in order of their names, and numbers that are whole as integers. */
function inOneSpelling(value: JsonValue): JsonValue {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(inOneSpelling);
  if (!isJsonObject(value)) return value;
  const sorted: JsonObject = {};
  for (const key of Object.keys(value).sort()) setMember(sorted, key, inOneSpelling(value[key] ?? null));
  return sorted;
}
