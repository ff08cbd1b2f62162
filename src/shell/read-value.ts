import { JsonError, parseJson, type JsonValue } from "../json/index.js";
import { hasKind } from "./check.js";
import type { ShellType } from "./schema-index.js";

/**
 * The value that a word stands for. Where the type is known it decides: `5` is a string for a string,
 * `on` is true for a boolean. In doubt it is JSON, or else a string. A value in quotes is a string.
 */
export function readValue(text: string, type: ShellType | undefined): JsonValue {
  if (/^'.*'$/s.test(text)) return text.slice(1, -1);
  if (text.startsWith('"')) return tryJson(text) ?? text;
  switch (type?.kind) {
    case "enum":
      return text;
    case "builtin":
      return readBuiltin(text, type.json);
    case "alternate": {
      const json = tryJson(text);
      return json !== undefined && hasKind(json, type) ? json : text;
    }
    default:
      return tryJson(text) ?? text;
  }
}

function readBuiltin(text: string, json: string): JsonValue {
  switch (json) {
    case "string":
      return text;
    case "boolean":
      if (text === "on") return true;
      if (text === "off") return false;
      return tryJson(text) ?? text;
    case "int":
      return /^0x[0-9a-f]+$/i.test(text) ? BigInt(text) : (tryJson(text) ?? text);
    default:
      return tryJson(text) ?? text;
  }
}

function tryJson(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
