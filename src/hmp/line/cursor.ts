/**
 * A reading position in a monitor line. The line is a byte string, as in QEMU's C code: limits count
 * bytes, and a token may end inside a UTF-8 sequence.
 */
export class Cursor {
  constructor(
    readonly bytes: string,
    public at = 0,
  ) {}

  /** The byte here, or "" at the end (where C sees the terminating NUL). */
  peek(): string {
    return this.bytes.charAt(this.at);
  }

  /** Whether nothing is left. */
  isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  skipSpace(): void {
    while (isSpace(this.peek())) this.at++;
  }

  /** Reads on while `accepts` holds and returns what was read, possibly "". */
  takeWhile(accepts: (byte: string) => boolean): string {
    const start = this.at;
    while (!this.isAtEnd() && accepts(this.peek())) this.at++;
    return this.bytes.slice(start, this.at);
  }

  /** Everything up to the end of the line. */
  takeRest(): string {
    const rest = this.bytes.slice(this.at);
    this.at = this.bytes.length;
    return rest;
  }
}

/** ASCII space, `\t \n \v \f \r`: what the monitor calls space; U+00A0 is not. */
export function isSpace(byte: string): boolean {
  return byte === " " || (byte >= "\t" && byte <= "\r");
}

export function isDigit(byte: string): boolean {
  return byte >= "0" && byte <= "9";
}

/** Printable ASCII other than space. */
export function isGraph(byte: string): boolean {
  return byte >= "!" && byte <= "~";
}
