/**
 * Source text and places in it. A place is kept as a pair of offsets for as long as possible;
 * lines and columns are worked out only when something is shown to a person.
 */

/** A stretch of a source file: offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Where each file but the main one was included. */
export type Includes = ReadonlyMap<SourceFile, Span>;

/** The include directives that led to a file, the nearest first. */
export function includesOf(file: SourceFile, includes: Includes): Span[] {
  const chain: Span[] = [];
  for (let from = includes.get(file); from !== undefined; from = includes.get(from.file)) chain.push(from);
  return chain;
}

/** A place as people count it: both from 1, the column in code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * One schema file: its text, and the name messages call it by. Nothing in it belongs to one
 * compilation, so several may share it.
 */
export class SourceFile {
  private lineStarts: Uint32Array | undefined;
  private lastCounted = { at: 0, column: 1 };

  /**
   * @param path as the user or the including file spelt it; messages repeat it unchanged
   * @param text the whole file, decoded
   */
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  /** The position of an offset; an offset past the end counts as the end. */
  position(offset: number): Position {
    const at = Math.min(offset, this.text.length);
    const line = this.lineIndex(at);
    const start = this.starts()[line] ?? 0;
    // A line may be as long as the file: go on from the place asked for last, if that is nearer.
    const known = this.lastCounted.at >= start && this.lastCounted.at <= at;
    let column = known ? this.lastCounted.column : 1;
    for (let i = known ? this.lastCounted.at : start; i < at; i++) {
      // The low half of a surrogate pair belongs to the code point before it.
      if ((this.text.charCodeAt(i) & 0xfc00) !== 0xdc00) column++;
    }
    this.lastCounted = { at, column };
    return { line: line + 1, column };
  }

  /** The line number (from 1) of an offset. */
  line(offset: number): number {
    return this.lineIndex(Math.min(offset, this.text.length)) + 1;
  }

  /** The text of a line (from 1) without its line end; empty past the last line. */
  lineText(line: number): string {
    const starts = this.starts();
    const start = starts[line - 1];
    if (start === undefined) return "";
    const end = starts[line] === undefined ? this.text.length : starts[line] - 1;
    return this.text.slice(start, end).replace(/\r$/, "");
  }

  /** The offset at which a line (from 1) starts. */
  lineStart(line: number): number {
    return this.starts()[line - 1] ?? this.text.length;
  }

  private starts(): Uint32Array {
    this.lineStarts ??= findLineStarts(this.text);
    return this.lineStarts;
  }

  private lineIndex(offset: number): number {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Typed arrays, since a file may have millions of lines. */
function findLineStarts(text: string): Uint32Array {
  let starts = new Uint32Array(1024);
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    if (count === starts.length) {
      const larger = new Uint32Array(2 * count);
      larger.set(starts);
      starts = larger;
    }
    starts[count++] = at + 1;
  }
  return starts.subarray(0, count);
}
