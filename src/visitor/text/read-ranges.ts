import { readInt64, readUint64 } from "./read-integer.js";

/** Values that one range may stand for, as in QEMU (`RANGE_MAX_ELEMENTS`). */
const MAX_RANGE = 65536n;

/**
 * Reads a list of integers and ranges, `1,3-5`, value by value. The last one is undefined when the
 * text is no such list from there on, or the next range is too long.
 */
export function* readRanges(text: string, signed: boolean): Generator<bigint | undefined, void> {
  const read = signed ? readInt64 : readUint64;
  // A comma at the very end is let through, as QEMU does.
  for (let at = 0; at < text.length; at++) {
    const first = read(text, 0, at);
    const isRange = typeof first !== "string" && text[first.end] === "-";
    const last = isRange ? read(text, 0, first.end + 1) : first;
    if (typeof first === "string" || typeof last === "string") {
      yield undefined;
      return;
    }
    at = last.end;
    const isEnded = at === text.length || text[at] === ",";
    if (!isEnded || first.value > last.value || last.value - first.value >= MAX_RANGE) {
      yield undefined;
      return;
    }
    for (let value = first.value; value <= last.value; value++) yield value;
  }
}
