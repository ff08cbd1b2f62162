import { setMember, type JsonObject, type JsonValue } from "./value.js";

/**
 * What every number with a fraction or an exponent has in it, wherever it stands: this is found out faster than where
 * it does.
 */
const SPELLED_DIGIT = /[0-9](?:\.[0-9]|[eE][-+0-9])/;

/**
 * A number with a fraction or an exponent. It stands at the start or after what a value may follow; text in strings may
 * look so as well.
 */
const SPELLED_NUMBER = /(?:^|[:[,])[ \t\r\n]*-?[0-9]+[.eE]/;

/** The end of an object whose last member is a short integer, as that of a reply is, its id. */
const PLAIN_END = /:[ \t\r\n]*-?[0-9]{1,15}[ \t\r\n]*\}[ \t\r\n]*$/;
const END_LENGTH = 64;

/** What is looked through before reading: a document with numbers of another kind has them early, most of the time. */
const BEGINNING_LENGTH = 1024;

/**
 * Reads a JSON text with the engine's own parser, where that is exact: its numbers are integers that a double holds.
 *
 * @param maxDepth brackets that may be open at once
 * @returns undefined where a careful reader is called for: there may be numbers of another kind; or the text is no
 *   JSON, or nests too deep, which that reader has words for
 */
export function parseQuickly(text: string, maxDepth: number): JsonValue | undefined {
  if (mayHoldSpelled(text.slice(0, BEGINNING_LENGTH))) return undefined;
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
  const document = [value];
  const numbers = toExact(document, maxDepth + 1);
  // In memory, 1.0 and 1e2 are integers like others. Most replies have no number but their id, and need no search.
  const plain = PLAIN_END.test(text.slice(-END_LENGTH)) ? 1 : 0;
  if (numbers === undefined || (numbers > plain && mayHoldSpelled(text))) return undefined;
  return document[0];
}

function mayHoldSpelled(text: string): boolean {
  return SPELLED_DIGIT.test(text) && SPELLED_NUMBER.test(text);
}

/**
 * Turns the numbers in a list or an object into integers.
 *
 * @returns how many there were; undefined when one is no integer, or may have been rounded to one, and when it nests
 *   deeper than so many levels
 */
function toExact(value: JsonValue[] | JsonObject, levels: number): number | undefined {
  if (levels === 0) return undefined;
  let numbers = 0;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const item = value[at];
      if (typeof item === "number") {
        if (!Number.isSafeInteger(item)) return undefined;
        value[at] = BigInt(item);
        numbers++;
      } else if (typeof item === "object" && item !== null) {
        const within = toExact(item, levels - 1);
        if (within === undefined) return undefined;
        numbers += within;
      }
    }
    return numbers;
  }
  // Whatever a JSON text makes has no enumerable members but its own.
  for (const key in value) {
    const member = value[key];
    if (typeof member === "number") {
      if (!Number.isSafeInteger(member)) return undefined;
      setMember(value, key, BigInt(member));
      numbers++;
    } else if (typeof member === "object" && member !== null) {
      const within = toExact(member, levels - 1);
      if (within === undefined) return undefined;
      numbers += within;
    }
  }
  return numbers;
}
