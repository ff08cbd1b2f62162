import { TextBuilder } from "../util/text-builder.js";
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
      return write(value, COMPACT, 0);
    case "indented":
      return `${write(value, INDENTED, 0)}\n`;
    case "qmp":
      return write(value, QMP, 0);
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

const COMPACT: Layout = {
  colon: ":",
  inLine: { before: "", between: ",", after: "" },
  indented: false,
  string: (text) => (isPlain(text) ? `"${text}"` : JSON.stringify(text)),
  double: (value) => (Number.isInteger(value) ? wholeDouble(value) : String(value)),
};

const INDENTED: Layout = { ...COMPACT, colon: ": ", indented: true };

const QMP: Layout = {
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

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Whether a text is printable ASCII without anything to escape. */
function isPlain(text: string): boolean {
  return endOfPlainRun(text, 0) === text.length;
}

/** Where the first character at or after `at` stands that has to be escaped. */
function endOfPlainRun(text: string, at: number): number {
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) break;
    at++;
  }
  return at;
}

function asciiString(text: string): string {
  if (isPlain(text)) return `"${text}"`;
  const wellFormed = text.replace(LONE_SURROGATE, "\ufffd");
  const escaped = new TextBuilder();
  for (let at = 0; at < wellFormed.length; at++) {
    const end = endOfPlainRun(wellFormed, at);
    escaped.addSlice(wellFormed, at, end);
    if (end < wellFormed.length) escaped.add(escapeUnit(wellFormed.charAt(end)));
    at = end;
  }
  return `"${escaped.toString()}"`;
}

function escapeUnit(unit: string): string {
  return SHORT_ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
