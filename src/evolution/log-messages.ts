import { JsonError, type JsonValue, parseJson } from "../json/index.js";

/** A log in which a line cannot be read. */
export class LogError extends Error {
  override readonly name = "LogError";

  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The QMP messages of a log: JSON documents one a line or over several lines, one after another, with
 * whatever stands between them (arrows, prompts, comments) left out. What `qmp proxy` records is taken
 * out of the record around it.
 * @throws {LogError} where what looks like a document is none, or when there is no document at all
 */
export function logMessages(text: string): JsonValue[] {
  const messages: JsonValue[] = [];
  let line = 1;
  let counted = 0;
  for (const { start, end } of documents(text)) {
    for (let at = text.indexOf("\n", counted); at !== -1 && at < start; at = text.indexOf("\n", at + 1)) {
      line++;
      counted = at + 1;
    }
    try {
      messages.push(messageIn(parseJson(text.slice(start, end))));
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      throw new LogError(line, `not JSON: ${error.problem}`);
    }
  }
  if (messages.length === 0) throw new LogError(1, "there is no message in it");
  return messages;
}

/** The message itself, or what a record of it has under `message`. */
function messageIn(document: JsonValue): JsonValue {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return document;
  const recorded = Object.hasOwn(document, "from") && Object.hasOwn(document, "message");
  return recorded ? (document["message"] ?? null) : document;
}

/** Where objects begin and end. A brace at the start of a line, or after an arrow, begins one. */
function* documents(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let depth = 0;
  let start = 0;
  // Outside of documents only braces count, inside of them strings too.
  const signs = /[{}\n"#]/g;
  for (let match = signs.exec(text); match !== null; match = signs.exec(text)) {
    const [sign] = match;
    if (sign === "{") {
      if (depth++ === 0) start = match.index;
    } else if (sign === "}") {
      if (depth > 0 && --depth === 0) yield { start, end: match.index + 1 };
    } else if (sign === '"' && depth > 0) {
      signs.lastIndex = stringEnd(text, match.index);
    } else if (sign === "#" && depth === 0) {
      const lineEnd = text.indexOf("\n", match.index);
      signs.lastIndex = lineEnd === -1 ? text.length : lineEnd;
    }
  }
  if (depth > 0) yield { start, end: text.length };
}

function stringEnd(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"' || text[at] === "\n") return at + 1;
  }
  return text.length;
}
