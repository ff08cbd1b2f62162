import { isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { escapeToAscii, writeJson } from "../../json/write.js";
import { charactersOnly } from "./modified-utf8.js";
import { qdictOrder } from "../../visitor/hash-order.js";

/**
 * Writes a value as QEMU's monitor does (`qobject_to_json`): members in the order of its dictionaries,
 * ASCII only, integers exact, other numbers by C's `%.17g`. No line end.
 */
export function writeQmp(value: JsonValue): string {
  const pieces: string[] = [];
  writeQmpPieces(value, (piece) => {
    pieces.push(piece);
  });
  return pieces.length === 1 ? (pieces[0] ?? "") : pieces.join("");
}

/**
 * The same with something at its end, told in pieces: one, unless there is a long string in it, whose escapes may
 * be several times as long as what they stand for.
 */
export function writeQmpPieces(value: JsonValue, take: (piece: string) => void, end = ""): void {
  const writer = new QmpWriter(take);
  writer.value(value);
  take(writer.text + end);
}

/** About how long a piece is. */
const PIECE_LENGTH = 65_536;

class QmpWriter {
  /** What has not been taken yet. */
  text = "";

  constructor(private readonly take: (piece: string) => void) {}

  value(value: JsonValue): void {
    if (typeof value === "bigint") this.text += value.toString();
    else if (typeof value === "string") this.string(value);
    else if (Array.isArray(value)) this.list(value);
    else if (isJsonObject(value)) this.object(value);
    // A literal beyond a double's range is read as infinity, which C prints as a word.
    else if (typeof value === "number" && !Number.isFinite(value)) this.text += value < 0 ? "-inf" : "inf";
    else this.text += writeJson(value, "qmp");
  }

  private string(value: string): void {
    const text = charactersOnly(value);
    if (text.length <= PIECE_LENGTH) {
      this.text += writeJson(text, "qmp");
    } else {
      this.text += '"';
      for (let at = 0; at < text.length;) {
        const end = endOfPiece(text, at);
        this.text += escapeToAscii(text.slice(at, end));
        this.flush();
        at = end;
      }
      this.text += '"';
    }
  }

  private list(items: readonly JsonValue[]): void {
    let separator = "[";
    for (const item of items) {
      this.text += separator;
      this.value(item);
      separator = ", ";
    }
    this.text += items.length === 0 ? "[]" : "]";
  }

  private object(object: JsonObject): void {
    this.text += "{";
    for (const { key, prefix } of orderedMembers(Object.keys(object))) {
      this.text += prefix;
      this.value(object[key] ?? null);
    }
    this.text += "}";
  }

  private flush(): void {
    this.take(this.text);
    this.text = "";
  }
}

/** Where a piece ends that begins at `at`: not within a surrogate pair. */
function endOfPiece(text: string, at: number): number {
  const end = Math.min(at + PIECE_LENGTH, text.length);
  const isWithinPair =
    (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(end) & 0xfc00) === 0xdc00;
  return isWithinPair ? end - 1 : end;
}

/** A member's key, and the text before its value, the separator included. */
interface WrittenMember {
  readonly key: string;
  readonly prefix: string;
}

/** Replies come in few shapes, and hashing their keys afresh would cost more than all the rest. */
const knownShapes = new Map<string, readonly WrittenMember[]>();
const MAX_SHAPES = 256;
const MAX_SHAPE_LENGTH = 2048;

function orderedMembers(keys: readonly string[]): readonly WrittenMember[] {
  const shape = JSON.stringify(keys);
  let members = knownShapes.get(shape);
  if (members === undefined) {
    members = qdictOrder(keys).map((key, index) => ({
      key,
      prefix: `${index === 0 ? "" : ", "}${writeJson(key, "qmp")}: `,
    }));
    if (knownShapes.size < MAX_SHAPES && shape.length <= MAX_SHAPE_LENGTH) knownShapes.set(shape, members);
  }
  return members;
}
