import { jsonPlaces, type JsonPlace, type JsonValue } from "../json/index.js";
import { positionIn } from "../json/position.js";
import type { Schema } from "../qapi/schema/model.js";
import { placeOfProblem } from "./check-text.js";
import { Conversation, type JudgedMessage, type MessageProblem } from "./conversation.js";
import { placeIn, readLog, readLogText, type LogEntry, type Side } from "./read-log.js";
import { schemaPath } from "./schema-path.js";
import type { SchemaChecker } from "./schema-checker.js";

/** A problem of a recorded conversation. */
export interface LogProblem extends Omit<MessageProblem, "kind"> {
  readonly kind: MessageProblem["kind"] | "syntax";
  /** Where the value stands that it is about, or its key where it should not be there; counted from 1. */
  readonly line: number;
  /** Counted from 1, in code points. */
  readonly column: number;
  readonly from: Side;
  /** The command that was sent or answered, where it is known. */
  readonly command?: string;
  /** The event. */
  readonly event?: string;
  /** What of the schema it is about, in the grammar of `qapi history`: `migrate/arg-type/uri`; or empty. */
  readonly path: string;
}

/**
 * Holds a recorded conversation to a schema: see {@link readLog} for its forms. Replies are held to the command
 * they answer, which they find by id, and by order where there is none.
 */
export function checkLog(checker: SchemaChecker, log: string): LogProblem[] {
  const check = new LogCheck(checker);
  return [...readLogText(log)].flatMap((entry) => check.next(entry));
}

/** The same of a log that comes in pieces, of which no more is held than the message at hand. */
export async function* checkLogStream(
  checker: SchemaChecker,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<LogProblem, void, undefined> {
  const check = new LogCheck(checker);
  for await (const entry of readLog(chunks)) yield* check.next(entry);
}

/** Follows one log. */
export class LogCheck {
  private readonly conversation: Conversation;
  /** Messages of QMP so far, whatever is wrong with them: a log without any is none. */
  messages = 0;

  /** @param see is told every message and what it was taken for */
  constructor(
    private readonly checker: SchemaChecker,
    private readonly see?: (judged: JudgedMessage, entry: LogEntry) => void,
  ) {
    this.conversation = new Conversation(checker);
  }

  /** What is wrong with the next entry, in the order of its text. */
  next(entry: LogEntry): LogProblem[] {
    const { message, fault } = entry;
    const { schema } = this.checker;
    if (fault !== undefined || message === undefined) {
      const judged = this.conversation.unreadable(entry.text, entry.from);
      return [
        {
          pointer: "",
          message: fault?.message ?? "is no message",
          kind: "syntax",
          line: fault?.line ?? entry.line,
          column: fault?.column ?? entry.column,
          ...subjectOf(schema, judged, null, ""),
        },
      ];
    }
    const judged = this.conversation.judge(message, entry.from);
    if (judged.kind !== "other") this.messages++;
    this.see?.(judged, entry);
    if (judged.problems.length === 0) return [];
    const root = jsonPlaces(entry.text);
    return judged.problems
      .map((problem) => ({ problem, offset: offsetOf(root, entry, problem) }))
      .sort((a, b) => a.offset - b.offset)
      .map(({ problem, offset }) => ({
        ...problem,
        ...placeIn(entry, positionIn(entry.text, offset)),
        ...subjectOf(schema, judged, message, problem.pointer),
      }));
  }
}

/** What a problem at a place in a message is about. */
export function subjectOf(
  schema: Schema,
  { from, kind, name }: Omit<JudgedMessage, "problems">,
  message: JsonValue,
  pointer: string,
): Pick<LogProblem, "from" | "command" | "event" | "path"> {
  if (name === undefined) return { from, path: "" };
  const path = schemaPath(schema, name, message, pointer);
  return kind === "event" ? { from, event: name, path } : { from, command: name, path };
}

function offsetOf(root: JsonPlace, entry: LogEntry, { pointer, kind }: MessageProblem): number {
  const place =
    entry.isQuoted === true
      ? { pointer: entry.pointer, kind: "value" }
      : { pointer: entry.pointer + pointer, kind };
  return placeOfProblem(root, place).start;
}
