/** Kinds of tokens, by the character that stands for each in the grammar's input. */
export const Token = {
  openObject: 0x7b,
  closeObject: 0x7d,
  openList: 0x5b,
  closeList: 0x5d,
  colon: 0x3a,
  comma: 0x2c,
  /** `'` */
  string: 0x27,
  /** `b`: true or false. */
  boolean: 0x62,
  /**
   * `#`: a comment; outside doc comments only one that starts with `##` is a token. Among the tokens
   * of a whole file it stands for a whole doc comment.
   */
  comment: 0x23,
  /** `$`: the end of the file. */
  end: 0x24,
  /** `!`: text that is no token. */
  fault: 0x21,
} as const;

export type Token = (typeof Token)[keyof typeof Token];

/** How deep lists and objects may be nested. QEMU runs out of stack a little below. */
export const NESTING_LIMIT = 500;

const ascii = new TextDecoder();

/** Tokens in order: their kinds and places. Grows as needed, is reused. */
export class TokenBuffer {
  private kinds = new Uint8Array(4096);
  /** Offsets by twos: where a token starts, where it ends. */
  private places = new Uint32Array(8192);
  private used = 0;

  get length(): number {
    return this.used;
  }

  clear(): void {
    this.used = 0;
  }

  push(kind: number, start: number, end: number): void {
    const { used } = this;
    if (used === this.kinds.length) this.grow();
    this.kinds[used] = kind;
    this.places[2 * used] = start;
    this.places[2 * used + 1] = end;
    this.used = used + 1;
  }

  kind(index: number): number | undefined {
    return index < this.used ? this.kinds[index] : undefined;
  }

  start(index: number): number {
    return this.places[2 * index] ?? 0;
  }

  end(index: number): number {
    return this.places[2 * index + 1] ?? 0;
  }

  /** The kinds as the grammar reads them: one character per token. */
  toString(): string {
    return ascii.decode(this.kinds.subarray(0, this.used));
  }

  private grow(): void {
    const { kinds, places } = this;
    this.kinds = new Uint8Array(2 * kinds.length);
    this.kinds.set(kinds);
    this.places = new Uint32Array(2 * places.length);
    this.places.set(places);
  }
}
