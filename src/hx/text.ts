import type { SourceFile, Span } from "../diagnostic/source.js";
import type { HxString } from "./ast/syntax.js";

/** The value of a string field, which still knows where each part of it was written. */
export class Text {
  readonly value: string;

  /** @param strings the literals that make it up; at least one */
  constructor(
    private readonly source: SourceFile,
    private readonly strings: readonly [HxString, ...HxString[]],
  ) {
    this.value = strings.map(({ text }) => text).join("");
  }

  /** Where a part of the value was written: exactly, or the literal that it starts in. */
  span(from: number, to: number): Span {
    let offset = 0;
    let found = this.strings[0];
    for (const string of this.strings) {
      found = string;
      if (from < offset + string.text.length) break;
      offset += string.text.length;
    }
    const hasEscapes = found.text.length !== found.end - found.start - 2;
    const isInside = from >= offset && to <= offset + found.text.length;
    if (hasEscapes || !isInside) return { file: this.source, start: found.start, end: found.end };
    const origin = found.start + 1 - offset;
    return { file: this.source, start: origin + from, end: origin + to };
  }
}
