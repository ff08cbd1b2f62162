/** Text that is not the JSON it should be, and where. */
export class JsonError extends Error {
  override readonly name = "JsonError";

  /**
   * @param problem what is wrong, without the place
   * @param offset where, in UTF-16 code units
   * @param line counted from 1
   * @param column counted from 1, in code points
   */
  constructor(
    readonly problem: string,
    readonly offset: number,
    readonly line: number,
    readonly column: number,
  ) {
    super(`${problem} at line ${line}, column ${column}`);
  }
}
