import { documentExtents } from "../../json/documents.js";

/** Introspection data in a text, and where it stands there. */
interface FoundIntrospection {
  readonly data: unknown;
  /** Of the document that it is in, in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** What may stand before a document. With nothing after it, there is nothing to go back for. */
const BEFORE = /(?:\s+|#[^\n]*|->|<-)*/y;
/** The strings of a QAPI schema have single quotes. */
const OPENING = /\[\s*(?:\{\s*"|\])|\{\s*(?:"|\})/y;

function beginsAsJson(text: string): boolean {
  BEFORE.lastIndex = 0;
  BEFORE.exec(text);
  OPENING.lastIndex = BEFORE.lastIndex;
  return OPENING.test(text);
}

/**
 * What `query-qmp-schema` returned, in a text that may be the list of entries, the reply around it, or a
 * transcript of a conversation in which the reply stands: JSON Lines, a record a line, or documents one after
 * the other.
 *
 * @returns undefined for a text that is no JSON, such as a QAPI schema; where it is JSON that holds no such
 *   reply, the first document of it
 */
export function findIntrospection(text: string): FoundIntrospection | undefined {
  if (!beginsAsJson(text)) return undefined;
  let first: FoundIntrospection | undefined;
  for (const { start, end } of documentExtents(text)) {
    const data = parsed(text.slice(start, end));
    if (data === undefined) break;
    const found = { data, start, end };
    if (holdsEntries(data)) return found;
    first ??= found;
  }
  return first;
}

/** The entries, out of the reply and the record that may stand around them, and the names that lead there. */
export function entriesIn(data: unknown): { readonly entries: unknown; readonly path: readonly string[] } {
  const path: string[] = [];
  let entries = data;
  for (const around of ["message", "return"]) {
    if (!isObject(entries) || !Object.hasOwn(entries, around)) continue;
    entries = entries[around];
    path.push(around);
  }
  return { entries, path };
}

function holdsEntries(data: unknown): boolean {
  const { entries } = entriesIn(data);
  const first: unknown = Array.isArray(entries) ? entries[0] : undefined;
  return isObject(first) && "meta-type" in first;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
