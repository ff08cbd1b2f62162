import type { Position, Range } from "vscode-languageserver";
import type { SourceFile, Span } from "../diagnostic/source.js";

/** How a client counts characters in a line. */
export type Encoding = "utf-8" | "utf-16";

/** Turns offsets of a text into a client's positions, and back. */
export class Positions {
  constructor(readonly encoding: Encoding) {}

  position(file: SourceFile, offset: number): Position {
    const at = Math.max(0, Math.min(offset, file.text.length));
    const line = file.line(at);
    const start = file.lineStart(line);
    const character =
      this.encoding === "utf-16" ? at - start : Buffer.byteLength(file.text.slice(start, at), "utf8");
    return { line: line - 1, character };
  }

  range({ file, start, end }: Span): Range {
    return { start: this.position(file, start), end: this.position(file, Math.max(start, end)) };
  }

  /** The offset of a position; one past the end of its line, or of the text, is that end. */
  offset(file: SourceFile, { line, character }: Position): number {
    if (!(line >= 0)) return 0;
    const start = file.lineStart(line + 1);
    const newline = file.text.indexOf("\n", start);
    const text = file.text.slice(start, newline === -1 ? file.text.length : newline);
    if (this.encoding === "utf-16") return start + Math.max(0, Math.min(character, text.length));
    return start + unitsWithin(text, character);
  }
}

/** How many UTF-16 code units of a text the characters take that are within so many bytes of UTF-8. */
export function unitsWithin(text: string, bytes: number): number {
  let [units, left] = [0, bytes];
  for (const character of text) {
    left -= Buffer.byteLength(character, "utf8");
    if (left < 0) break;
    units += character.length;
  }
  return units;
}
