import { JsonError, parseJson, type JsonValue } from "../json/index.js";
import { isInteger } from "../visitor/builtin.js";
import type { AlternateVisit, TypeVisit } from "../visitor/type-visit.js";
import { alternativeFor } from "./argument-problems.js";
import { strictJson } from "./strict-json.js";

/**
 * The value that a word stands for. Where the type is known it decides: `5` is a string for a string,
 * `on` is true for a boolean, `5G` a size for an integer. In doubt it is JSON, or else a string. A value in
 * quotes is a string.
 */
export function readValue(text: string, type: TypeVisit<unknown> | undefined): JsonValue {
  if (/^'(?:[^'\\]|\\.)*'$/s.test(text)) return text.slice(1, -1);
  if (text.startsWith('"')) return tryJson(text) ?? text;
  switch (type?.kind) {
    case "enum":
      return text;
    case "builtin":
      return readBuiltin(text, type);
    case "alternate": {
      const alternate = type as AlternateVisit<unknown>;
      const value = readAlternate(text, alternate);
      return value !== undefined && alternativeFor(alternate, value) !== undefined ? value : text;
    }
    default:
      return readAnything(text);
  }
}

function readBuiltin(text: string, type: TypeVisit<unknown>): JsonValue {
  return type.name === "str" ? text : (readByType(text, type) ?? readAnything(text));
}

/** Forms that only the type tells: `on`, `5G`. */
function readByType(text: string, type: TypeVisit<unknown>): JsonValue | undefined {
  if (type.name === "bool") return readBoolean(text);
  return isInteger(type) ? readInteger(text) : undefined;
}

/** What the text is for one of the types that tells it by its kind alone: not a string, which takes any. */
function readAlternate(text: string, { alternatives }: AlternateVisit<unknown>): JsonValue | undefined {
  const json = tryJson(text);
  if (json !== undefined) return json;
  for (const { type } of alternatives.values()) {
    const value = readByType(text, type);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** As `qmp-shell` reads what it knows nothing about. */
function readAnything(text: string): JsonValue {
  const json = tryJson(text);
  if (json !== undefined) return json;
  return /^(true|false)$/i.test(text) ? /^t/i.test(text) : text;
}

function readBoolean(text: string): boolean | undefined {
  if (/^(on|yes|true)$/i.test(text)) return true;
  return /^(off|no|false)$/i.test(text) ? false : undefined;
}

const SUFFIXES = "BKMGTPE";

/**
 * A hexadecimal integer, or a size with one of QEMU's suffixes, powers of 1024: `5G`, `1.5M`. Undefined for any
 * other text, and where it would be no whole number.
 */
function readInteger(text: string): bigint | undefined {
  if (/^0x[0-9a-f]+$/i.test(text)) return BigInt(text);
  const [, whole, fraction = "", suffix] = /^(\d{1,20})(?:\.(\d{1,20}))?([BKMGTPE])$/i.exec(text) ?? [];
  if (whole === undefined || suffix === undefined) return undefined;
  const unit = 1024n ** BigInt(SUFFIXES.indexOf(suffix.toUpperCase()));
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * unit;
  return scaled % scale === 0n ? scaled / scale : undefined;
}

function tryJson(text: string): JsonValue | undefined {
  try {
    return parseJson(/^[[{]|^(True|False|None)$/.test(text) ? strictJson(text).text : text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
