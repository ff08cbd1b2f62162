import { isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { writeJson } from "../../json/write.js";
import { charactersOnly } from "./modified-utf8.js";
import { qdictOrder } from "../../visitor/hash-order.js";

/**
 * Writes a value as QEMU's monitor does (`qobject_to_json`): members in the order of its dictionaries,
 * ASCII only, integers exact, other numbers by C's `%.17g`. No line end.
 */
export function writeQmp(value: JsonValue): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return writeJson(charactersOnly(value), "qmp");
  if (Array.isArray(value)) return `[${value.map(writeQmp).join(", ")}]`;
  if (isJsonObject(value)) return writeObject(value);
  // A literal beyond a double's range is read as infinity, which C prints as a word.
  if (typeof value === "number" && !Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  return writeJson(value, "qmp");
}

function writeObject(object: JsonObject): string {
  let text = "{";
  for (const { key, prefix } of orderedMembers(Object.keys(object)))
    text += prefix + writeQmp(object[key] ?? null);
  return `${text}}`;
}

/** A member's key, and the text before its value, the separator included. */
interface WrittenMember {
  readonly key: string;
  readonly prefix: string;
}

/** Replies come in few shapes, and hashing their keys afresh would cost more than all the rest. */
const knownShapes = new Map<string, readonly WrittenMember[]>();
const maxShapes = 256;
const maxShapeLength = 2048;

function orderedMembers(keys: readonly string[]): readonly WrittenMember[] {
  const shape = JSON.stringify(keys);
  let members = knownShapes.get(shape);
  if (members === undefined) {
    members = qdictOrder(keys).map((key, index) => ({
      key,
      prefix: `${index === 0 ? "" : ", "}${writeJson(key, "qmp")}: `,
    }));
    if (knownShapes.size < maxShapes && shape.length <= maxShapeLength) knownShapes.set(shape, members);
  }
  return members;
}
