/** An integer as it is written in full, with at most the digits of a 64-bit one: `0`, `17`, `-1`. */
export function readIntegerText(text: string): bigint | undefined {
  return /^(?:0|-?[1-9]\d{0,19})$/.test(text) ? BigInt(text) : undefined;
}

/** Whether a text is such an integer within a range. */
export function isIntegerText(text: string, minimum: bigint, maximum: bigint): boolean {
  const integer = readIntegerText(text);
  return integer !== undefined && integer >= minimum && integer <= maximum;
}
