import { MAX_DEPTH } from "./parse.js";
import { formatDouble } from "./format-double.js";
import type { JsonObject, JsonValue } from "./value.js";

/**
 * - `compact`: no blanks. Reading it back gives an equal value: a `number` keeps a point or an
 *   exponent (`1.0`), so that it does not come back as a `bigint`.
 * - `indented`: the same over lines, two blanks a level, a newline at the end.
 * - `qmp`: what QEMU's monitor sends (`qobject_to_json`): `{"a": 1, "b": [2, 3]}`, ASCII only,
 *   numbers by C's `%.17g`, where `1.0` becomes `1`.
 */
export type JsonStyle = "compact" | "indented" | "qmp";

/**
 * Writes a value as JSON, integers exact to the last digit.
 *
 * @throws {RangeError} when a number is not finite, or lists and objects nest deeper than {@link MAX_DEPTH}
 */
export function writeJson(value: JsonValue, style: JsonStyle = "compact"): string {
  switch (style) {
    case "compact":
      return write(value, compactLayout, 0);
    case "indented":
      return `${write(value, indentedLayout, 0)}\n`;
    case "qmp":
      return write(value, qmpLayout, 0);
  }
}

interface Layout {
  readonly colon: string;
  /** What stands around items, where they are not put on lines of their own. */
  readonly inLine: Breaks;
  readonly indented: boolean;
  readonly string: (text: string) => string;
  readonly double: (value: number) => string;
}

const compactLayout: Layout = {
  colon: ":",
  inLine: { before: "", between: ",", after: "" },
  indented: false,
  string: (text) => (isPlain(text) ? `"${text}"` : JSON.stringify(text)),
  double: (value) => (Number.isInteger(value) ? wholeDouble(value) : String(value)),
};

const indentedLayout: Layout = { ...compactLayout, colon: ": ", indented: true };

const qmpLayout: Layout = {
  colon: ": ",
  inLine: { before: "", between: ", ", after: "" },
  indented: false,
  string: asciiString,
  double: formatDouble,
};

function write(value: JsonValue, layout: Layout, depth: number): string {
  if (typeof value === "string") return layout.string(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no JSON form`);
    return layout.double(value);
  }
  if (value === null) return "null";
  if (depth === MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
  return Array.isArray(value) ? writeList(value, layout, depth + 1) : writeObject(value, layout, depth + 1);
}

function writeList(list: readonly JsonValue[], layout: Layout, depth: number): string {
  if (list.length === 0) return "[]";
  const { before, between, after } = breaks(layout, depth);
  let text = "[";
  let separator = before;
  for (const item of list) {
    text += separator + write(item, layout, depth);
    separator = between;
  }
  return `${text}${after}]`;
}

function writeObject(object: JsonObject, layout: Layout, depth: number): string {
  const { before, between, after } = breaks(layout, depth);
  let text = "{";
  let separator = before;
  for (const key of Object.keys(object)) {
    const value = object[key];
    // A member that was set to nothing is none, as to JSON.stringify.
    if (value === undefined) continue;
    text += separator + layout.string(key) + layout.colon + write(value, layout, depth);
    separator = between;
  }
  return text.length === 1 ? "{}" : `${text}${after}}`;
}

interface Breaks {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** What stands around the items of a list or object at a depth. */
function breaks(layout: Layout, depth: number): Breaks {
  if (!layout.indented) return layout.inLine;
  const line = `\n${"  ".repeat(depth)}`;
  return { before: line, between: `,${line}`, after: `\n${"  ".repeat(depth - 1)}` };
}

/** A double without a fraction, marked as one: `1.0`, `-0.0`, `1e+21`. */
function wholeDouble(value: number): string {
  const digits = Object.is(value, -0) ? "-0" : String(value);
  return digits.includes("e") ? digits : `${digits}.0`;
}

/** What stands after a backslash for a code unit. */
const shortEscapes: ReadonlyMap<number, number> = new Map(
  ['""', "\\\\", "\bb", "\ff", "\nn", "\rr", "\tt"].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Whether a text is printable ASCII without anything to escape. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isPlainUnit(text.charCodeAt(at))) return false;
  return true;
}

function isPlainUnit(unit: number): boolean {
  return unit >= 0x20 && unit <= 0x7e && unit !== 0x22 && unit !== BACKSLASH;
}

function asciiString(text: string): string {
  return isPlain(text) ? `"${text}"` : `"${escapeToAscii(text)}"`;
}

/** Code units that are escaped at once. */
const PIECE_LENGTH = 4096;
/** The bytes of the longest escape, `\\uXXXX`. */
const ESCAPE_LENGTH = 6;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const hexDigits = Uint8Array.from("0123456789ABCDEF", (digit) => digit.charCodeAt(0));

/** Printable ASCII that stands for a text within quotes; half of a surrogate pair becomes U+FFFD. */
export function escapeToAscii(text: string): string {
  const wellFormed = text.replace(LONE_SURROGATE, "\ufffd");
  const bytes = new Uint8Array(ESCAPE_LENGTH * Math.min(wellFormed.length, PIECE_LENGTH));
  const ascii = new TextDecoder();
  let escaped = "";
  for (let at = 0; at < wellFormed.length;) {
    const end = Math.min(at + PIECE_LENGTH, wellFormed.length);
    let used = 0;
    for (; at < end; at++) used = escapeUnit(wellFormed.charCodeAt(at), bytes, used);
    escaped += ascii.decode(bytes.subarray(0, used));
  }
  return escaped;
}

/** @returns how many bytes are used after that */
function escapeUnit(unit: number, bytes: Uint8Array, used: number): number {
  if (isPlainUnit(unit)) {
    bytes[used++] = unit;
    return used;
  }
  bytes[used++] = BACKSLASH;
  const letter = shortEscapes.get(unit);
  if (letter !== undefined) {
    bytes[used++] = letter;
    return used;
  }
  bytes[used++] = LETTER_U;
  for (let shift = 12; shift >= 0; shift -= 4) bytes[used++] = hexDigits[(unit >> shift) & 0xf] ?? 0;
  return used;
}
