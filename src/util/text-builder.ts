/** Code units put together before they become a string. */
const pieceLength = 4096;

function fromCodeUnits(units: Uint16Array): string {
  const text: unknown = Reflect.apply(String.fromCharCode, undefined, units);
  return String(text);
}

/**
 * Builds a long text from code points and stretches of other strings. A string that grows by one character
 * at a time costs some thirty bytes a character until it is read.
 */
export class TextBuilder {
  private text = "";
  private readonly units = new Uint16Array(pieceLength);
  private used = 0;

  addCodePoint(codePoint: number): void {
    if (this.used + 2 > pieceLength) this.flush();
    if (codePoint <= 0xffff) {
      this.units[this.used++] = codePoint;
      return;
    }
    this.units[this.used++] = 0xd800 + ((codePoint - 0x10000) >> 10);
    this.units[this.used++] = 0xdc00 + (codePoint & 0x3ff);
  }

  add(text: string): void {
    this.addSlice(text, 0, text.length);
  }

  /** Adds a part of a string: at once if it is long. */
  addSlice(from: string, start: number, end: number): void {
    if (end - start > pieceLength / 4) {
      this.flush();
      this.text += from.slice(start, end);
      return;
    }
    if (this.used + (end - start) > pieceLength) this.flush();
    for (let at = start; at < end; at++) this.units[this.used++] = from.charCodeAt(at);
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
