/** Code units put together before they become a string. */
const PIECE_LENGTH = 4096;

function fromCodeUnits(units: Uint16Array): string {
  const text: unknown = Reflect.apply(String.fromCharCode, undefined, units);
  return String(text);
}

/**
 * Builds a long text from code points and other strings. A string that grows by one character
 * at a time costs some thirty bytes a character until it is read.
 */
export class TextBuilder {
  private text = "";
  private readonly units = new Uint16Array(PIECE_LENGTH);
  private used = 0;

  addCodePoint(codePoint: number): void {
    if (this.used + 2 > PIECE_LENGTH) this.flush();
    if (codePoint <= 0xffff) {
      this.units[this.used++] = codePoint;
      return;
    }
    this.units[this.used++] = 0xd800 + ((codePoint - 0x10000) >> 10);
    this.units[this.used++] = 0xdc00 + (codePoint & 0x3ff);
  }

  /** Adds a string: at once if it is long. */
  add(text: string): void {
    if (text.length > PIECE_LENGTH / 4) {
      this.flush();
      this.text += text;
      return;
    }
    if (this.used + text.length > PIECE_LENGTH) this.flush();
    for (let at = 0; at < text.length; at++) this.units[this.used++] = text.charCodeAt(at);
  }

  toString(): string {
    this.flush();
    return this.text;
  }

  private flush(): void {
    // Spreading would go through an iterator, five times as slowly.
    this.text += fromCodeUnits(this.units.subarray(0, this.used));
    this.used = 0;
  }
}
