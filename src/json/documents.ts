/** One JSON document of several in a text, by its offsets; `end` is exclusive. */
interface DocumentExtent {
  readonly start: number;
  readonly end: number;
}

const BETWEEN = /(?:\s+|#[^\n]*|->|<-)*/y;
const NEXT_MARK = /["[\]{}]/g;
const STRING = /"(?:[^"\\]|\\[^])*"/y;

/**
 * Objects and lists that stand one after the other in a text: JSON Lines, documents laid out over several
 * lines, or a transcript with an arrow before each message. Only brackets are looked at; whether what is
 * between them is JSON is for a reader to say. Ends where anything else stands, or a bracket stays open.
 */
export function* documentExtents(text: string): Generator<DocumentExtent> {
  for (let at = skipBetween(text, 0); at < text.length; at = skipBetween(text, at)) {
    const end = endOfValue(text, at);
    if (end === undefined) return;
    yield { start: at, end };
    at = end;
  }
}

function skipBetween(text: string, from: number): number {
  BETWEEN.lastIndex = from;
  BETWEEN.test(text);
  return BETWEEN.lastIndex;
}

function endOfValue(text: string, start: number): number | undefined {
  if (text[start] !== "{" && text[start] !== "[") return undefined;
  let depth = 0;
  let at = start;
  for (;;) {
    NEXT_MARK.lastIndex = at;
    const mark = NEXT_MARK.exec(text);
    if (mark === null) return undefined;
    at = mark.index + 1;
    if (mark[0] === '"') {
      STRING.lastIndex = mark.index;
      if (!STRING.test(text)) return undefined;
      at = STRING.lastIndex;
    } else if (mark[0] === "{" || mark[0] === "[") {
      depth++;
    } else if (--depth === 0) {
      return at;
    }
  }
}
