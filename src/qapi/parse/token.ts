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
  /** `#`: a comment; outside doc comments only one that starts with `##` is a token. */
  comment: 0x23,
  /** `$`: the end of the file. */
  end: 0x24,
  /** `!`: text that is no token. */
  fault: 0x21,
} as const;

export type Token = (typeof Token)[keyof typeof Token];

const ascii = new TextDecoder();

/** The tokens of one expression: their kinds and where each starts. Grows as needed, is reused. */
export class TokenBuffer {
  private kinds = new Uint8Array(1024);
  private starts = new Uint32Array(1024);
  private used = 0;

  get length(): number {
    return this.used;
  }

  clear(): void {
    this.used = 0;
  }

  push(kind: Token, start: number): void {
    if (this.used === this.kinds.length) this.grow();
    this.kinds[this.used] = kind;
    this.starts[this.used] = start;
    this.used++;
  }

  kind(index: number): number | undefined {
    return index < this.used ? this.kinds[index] : undefined;
  }

  start(index: number): number {
    return this.starts[index] ?? 0;
  }

  /** The kinds as the grammar reads them: one character per token. */
  toString(): string {
    return ascii.decode(this.kinds.subarray(0, this.used));
  }

  private grow(): void {
    const { kinds, starts } = this;
    this.kinds = new Uint8Array(2 * kinds.length);
    this.kinds.set(kinds);
    this.starts = new Uint32Array(2 * starts.length);
    this.starts.set(starts);
  }
}
