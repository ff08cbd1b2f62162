import { isUtf8 } from "node:buffer";
import { isJsonObject, JsonError, parseJson, type JsonObject, type JsonValue } from "../json/index.js";
import { type CutDocument, DocumentCutter } from "./document-cutter.js";

/** Who sent a message. */
export type Side = "client" | "server";

/** What stands in a log where a message should, and where. */
export interface LogEntry {
  /** As it stands in the log, the record around the message included. */
  readonly text: string;
  /** Where the text begins, counted from 1. */
  readonly line: number;
  /** Where the text begins, counted from 1, in code points. */
  readonly column: number;
  /** Who sent it, where the log says. */
  readonly from: Side | undefined;
  /** The message; absent where the text is no JSON. */
  readonly message?: JsonValue;
  /** Where the message stands in the text, as a JSON pointer. */
  readonly pointer: string;
  /** Whether the pointer leads to a string in which the message is quoted. */
  readonly isQuoted?: boolean;
  /** Why the text is no JSON, and where: line and column are the log's. */
  readonly fault?: { readonly message: string; readonly line: number; readonly column: number };
}

/** What a terminal shows before a conversation that was pasted from it: a command line, and what telnet says. */
const TERMINAL_LINE = /^(?:\$ |Trying |Connected to |Escape character is )/;

/** Longer than any message that a QEMU takes, which ends at 64 MiB. */
const MAX_MESSAGE_BYTES = 2 ** 28;

/**
 * The messages of a recorded conversation, in the order in which they stand there: what `qapi qmp proxy` records
 * and a client's `log` is told, a record a line; messages one a line or laid out over several, as in libvirt's
 * `.replies`; a transcript with an arrow before each message (`->` sent, `<-` came). Blank lines and comments
 * (`# …`) are passed over, and so are a shell's prompt and what telnet says of itself. No more of the log is held than the message at hand and a chunk.
 *
 * @throws {DocumentTooLongError} at a message of more than 256 MiB
 */
export async function* readLog(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<LogEntry, void, undefined> {
  const { cutter, taken } = entryCutter();
  for await (const chunk of chunks) {
    cutter.feed(chunk);
    yield* taken();
  }
  cutter.end();
  yield* taken();
}

/** The same of a log that is at hand as a whole. */
export function* readLogText(log: string): Generator<LogEntry, void, undefined> {
  const { cutter, taken } = entryCutter();
  cutter.feed(Buffer.from(log));
  cutter.end();
  yield* taken();
}

function entryCutter(): { readonly cutter: DocumentCutter; readonly taken: () => Generator<LogEntry> } {
  let cut: CutDocument[] = [];
  const cutter = new DocumentCutter((document) => cut.push(document), MAX_MESSAGE_BYTES);
  function* taken(): Generator<LogEntry> {
    for (const document of cut) {
      const entry = entryOf(document);
      if (entry !== undefined) yield entry;
    }
    cut = [];
  }
  return { cutter, taken };
}

/** @returns undefined for a record that holds no message */
function entryOf({ bytes, line, column, from }: CutDocument): LogEntry | undefined {
  const text = Buffer.from(bytes).toString("utf8").trimEnd();
  const entry = { text, line, column, from, pointer: "" };
  const unreadable = (message: string, at: { readonly line: number; readonly column: number }): LogEntry => ({
    ...entry,
    fault: { message, ...placeIn(entry, at) },
  });
  if (!isUtf8(bytes)) return unreadable("is not UTF-8", { line: 1, column: 1 });
  if (TERMINAL_LINE.test(text)) return undefined;
  try {
    const document = parseJson(text, { duplicateKeys: "refuse" });
    return unwrap(entry, document);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return unreadable(`is not JSON: ${error.problem}`, error);
  }
}

/** Takes a message out of the record around it. */
function unwrap(entry: LogEntry, document: JsonValue): LogEntry | undefined {
  if (!isJsonObject(document)) return { ...entry, message: document };
  const from = own(document, "from");
  const message = own(document, "message");
  if ((from === "client" || from === "server") && message !== undefined) {
    return { ...entry, from, message, pointer: "/message" };
  }
  const [kind, text] = [own(document, "kind"), own(document, "text")];
  if (typeof text === "string" && (kind === "send" || kind === "receive" || kind === "note")) {
    if (kind === "note") return undefined;
    return quoted({ ...entry, from: kind === "send" ? "client" : "server", pointer: "/text" }, text);
  }
  return { ...entry, message: document };
}

/** A client's log has messages as text. */
function quoted(entry: LogEntry, text: string): LogEntry {
  try {
    return { ...entry, isQuoted: true, message: parseJson(text, { duplicateKeys: "refuse" }) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { line, column } = entry;
    return { ...entry, isQuoted: true, fault: { message: `is not JSON: ${error.problem}`, line, column } };
  }
}

/** A place in an entry's text as a place in the log. */
export function placeIn(
  { line, column }: Pick<LogEntry, "line" | "column">,
  at: { readonly line: number; readonly column: number },
): { readonly line: number; readonly column: number } {
  return { line: line + at.line - 1, column: at.line === 1 ? column + at.column - 1 : at.column };
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
