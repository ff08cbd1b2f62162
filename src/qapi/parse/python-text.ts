/**
 * Text as Python sees it: what counts as white space differs from JavaScript, where U+FEFF is white
 * space and U+001C to U+001F and U+0085 are not.
 */

/** Python's `str.isspace()` for one character, given by its code. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** A stretch of text after Python's `str.rstrip()`. */
export function trimEnd(text: string, start: number, end: number): string {
  let last = end;
  while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
  return text.slice(start, last);
}

/** How many characters of white space a line starts with. */
export function indentation(line: string): number {
  let indent = 0;
  while (isSpace(line.charCodeAt(indent))) indent++;
  return indent;
}

/** Python's `len()`: counts code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) count++;
  }
  return count;
}

/** The offset `count` code points after `start`. */
export function offsetAfter(text: string, start: number, count: number): number {
  let at = start;
  for (let left = count; left > 0 && at < text.length; left--) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}
