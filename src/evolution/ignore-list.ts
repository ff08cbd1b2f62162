import { DocumentError } from "../document/document-error.js";

/** One line of an ignore file. */
export interface IgnoreEntry {
  readonly fingerprint: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`; for ever where there is none. */
  readonly until: string | undefined;
  /** Where it begins, counted from 1. */
  readonly at: { readonly line: number; readonly column: number };
}

/**
 * Reads an ignore file: a line each, `FINGERPRINT REASON`, at its end if wished `until YYYY-MM-DD`.
 * Blank lines and those that begin with `#` are skipped.
 *
 * @param file its name, for messages
 * @throws {DocumentError} at a line without a reason, or with a date that there is not
 */
export function readIgnoreList(file: string, text: string): IgnoreEntry[] {
  return text.split("\n").flatMap((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return [];
    const at = { line: index + 1, column: raw.indexOf(line) + 1 };
    const entry = readEntry(line);
    if (typeof entry !== "string") return [{ ...entry, at }];
    throw new DocumentError(file, [{ message: entry, at }]);
  });
}

/** The entry, or what is wrong with it. */
function readEntry(text: string): Omit<IgnoreEntry, "at"> | string {
  const [fingerprint = "", ...words] = text.split(/\s+/);
  if (!/^[0-9a-f]{16}$/.test(fingerprint)) {
    return `'${fingerprint}' is no fingerprint: 16 hexadecimal digits, as findings have`;
  }
  let until: string | undefined;
  if (words.at(-2) === "until") {
    until = words.at(-1) ?? "";
    if (!isDay(until)) return `'${until}' is no day: YYYY-MM-DD`;
    words.splice(-2);
  } else if (words.at(-1) === "until") {
    return "'until' needs a day: YYYY-MM-DD";
  }
  if (words.length === 0) return `'${fingerprint}' is ignored without a reason`;
  return { fingerprint, reason: words.join(" "), until };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether an entry holds on a day; days are compared as UTC has them. */
export function holdsOn({ until }: IgnoreEntry, today: Date): boolean {
  return until === undefined || today.toISOString().slice(0, 10) <= until;
}
