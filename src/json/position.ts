/** The line and column of an offset, both from 1, the column in code points. */
export function positionIn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  let column = 1;
  for (let i = start; i < offset; i++) {
    // The low half of a surrogate pair belongs to the code point before it.
    if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) column++;
  }
  return { line, column };
}
