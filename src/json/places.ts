import { fromPointer } from "./pointer.js";

/** Where a value stands in its text: offsets in UTF-16 code units, `end` exclusive. */
export interface JsonPlace {
  readonly start: number;
  readonly end: number;
  /** What an object or list holds: places by key, or by index as text. */
  readonly children?: ReadonlyMap<string, JsonPlace>;
  /** Where the key stands, quotes included; only for a member of an object. */
  readonly key?: { readonly start: number; readonly end: number };
}

/**
 * The places of all values of a JSON text. A text is usually read for its value alone; only when
 * there is something to point at are its places worked out.
 *
 * @param text a text that `parseJson` has accepted; of a key that occurs twice the last counts, as there
 */
export function jsonPlaces(text: string): JsonPlace {
  return new Walk(text).value();
}

/** The place of the value that a JSON pointer names, if the text holds it. */
export function placeOf(root: JsonPlace, pointer: string): JsonPlace | undefined {
  let place: JsonPlace | undefined = root;
  for (const step of fromPointer(pointer)) place = place?.children?.get(step);
  return place;
}

const BLANKS_AND_MARKS = /[\s,:]*/y;
const WORD = /[^\s,:[\]{}"]+/y;

class Walk {
  private at = 0;

  constructor(private readonly text: string) {}

  value(key?: JsonPlace["key"]): JsonPlace {
    this.skip(BLANKS_AND_MARKS);
    const start = this.at;
    const children = this.children();
    return { start, end: this.at, ...(children && { children }), ...(key && { key }) };
  }

  /** Walks over one value; the places in it where it is an object or a list. */
  private children(): Map<string, JsonPlace> | undefined {
    switch (this.text.charAt(this.at)) {
      case "{":
        return this.items("}", () => {
          const start = this.at;
          this.skipString();
          const key = { start, end: this.at };
          return [String(JSON.parse(this.text.slice(start, this.at))), this.value(key)];
        });
      case "[": {
        let index = 0;
        return this.items("]", () => [String(index++), this.value()]);
      }
      case '"':
        this.skipString();
        return undefined;
      default:
        this.skip(WORD);
        return undefined;
    }
  }

  private items(close: string, item: () => [string, JsonPlace]): Map<string, JsonPlace> {
    const children = new Map<string, JsonPlace>();
    this.at++;
    for (;;) {
      this.skip(BLANKS_AND_MARKS);
      if (this.text.charAt(this.at) === close) break;
      const [key, child] = item();
      children.set(key, child);
    }
    this.at++;
    return children;
  }

  private skipString(): void {
    do {
      this.at += this.text.charAt(this.at) === "\\" ? 2 : 1;
    } while (this.text.charAt(this.at) !== '"');
    this.at++;
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
  }
}
