import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";
import { writeJson } from "../json/write.js";
import { asAdded } from "./as-added.js";

/** What a QEMU answered, and the events that it sent after it and before its next answer. */
export interface RecordedReply {
  readonly reply:
    { readonly return: JsonValue } | { readonly error: { readonly class: string; readonly desc: string } };
  readonly events: readonly JsonObject[];
}

/** The replies to the same, and which is next. */
interface Recorded {
  readonly replies: RecordedReply[];
  next: number;
}

/**
 * The replies of recorded conversations: those to the same command with the same arguments, else those to
 * the same command; in recorded order, and the last one again and again.
 */
export class RecordedReplies {
  private readonly exact = new Map<string, Recorded>();
  private readonly byCommand = new Map<string, Recorded>();
  private greeted: JsonObject | undefined;

  /**
   * @param messages of one conversation, or several, in their order. A record that holds replies alone, as
   *   libvirt's do, has a request before each.
   */
  constructor(messages: Iterable<JsonValue>) {
    const open: { readonly id: string | undefined; readonly command: string; readonly args: JsonValue }[] =
      [];
    let last: { events: JsonObject[] } | undefined;
    for (const message of messages) {
      if (!isJsonObject(message)) continue;
      if (isJsonObject(message["QMP"])) this.greeted ??= message["QMP"];
      const command = message["execute"] ?? message["exec-oob"];
      if (typeof command === "string") {
        open.push({ id: idOf(message), command, args: argumentsOf(message) });
      } else if (typeof message["event"] === "string") {
        last?.events.push(asAdded(message));
      } else if ("return" in message || "error" in message) {
        const id = idOf(message);
        const at = open.findIndex((each) => each.id === id);
        const [request] = open.splice(at === -1 ? 0 : at, 1);
        if (request === undefined) continue;
        const reply = { reply: replyOf(message), events: [] as JsonObject[] };
        last = reply;
        add(this.exact, keyOf(request.command, request.args), reply);
        add(this.byCommand, request.command, reply);
      }
    }
  }

  /** The next reply to a command; undefined where none was recorded. */
  next(command: string, args: JsonObject): RecordedReply | undefined {
    return this.nextExact(command, args) ?? take(this.byCommand.get(command));
  }

  /** The next reply to a command with these arguments; undefined where none was recorded. */
  nextExact(command: string, args: JsonObject): RecordedReply | undefined {
    return take(this.exact.get(keyOf(command, args)));
  }

  /** Which QEMU it was, as it greeted or as `query-version` returned it first; undefined where neither tells. */
  get version(): JsonObject | undefined {
    const greeted = this.greeted?.["version"];
    if (isJsonObject(greeted)) return asAdded(greeted);
    const [first] = this.byCommand.get("query-version")?.replies ?? [];
    const told = first !== undefined && "return" in first.reply ? first.reply.return : undefined;
    return isJsonObject(told) ? told : undefined;
  }
}

function take(from: Recorded | undefined): RecordedReply | undefined {
  if (from === undefined) return undefined;
  const reply = from.replies[Math.min(from.next, from.replies.length - 1)];
  from.next++;
  return reply;
}

function replyOf(message: JsonObject): RecordedReply["reply"] {
  const error = message["error"];
  if (!isJsonObject(error)) return { return: asAdded(message["return"] ?? {}) };
  const { class: kind, desc } = error;
  return {
    error: {
      class: typeof kind === "string" ? kind : "GenericError",
      desc: typeof desc === "string" ? desc : "",
    },
  };
}

function argumentsOf(message: JsonObject): JsonValue {
  return message["arguments"] ?? {};
}

/** Arguments in any order of members are the same. */
function keyOf(command: string, args: JsonValue): string {
  return writeJson([command, sorted(args)]);
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}

function idOf(message: JsonObject): string | undefined {
  return Object.hasOwn(message, "id") ? writeJson(message["id"] ?? null) : undefined;
}

function add(map: Map<string, Recorded>, key: string, reply: RecordedReply): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, { replies: [reply], next: 0 });
  else known.replies.push(reply);
}
