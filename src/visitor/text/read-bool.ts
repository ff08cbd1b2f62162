const spellings: ReadonlyMap<string, boolean> = new Map([
  ["on", true],
  ["yes", true],
  ["true", true],
  ["y", true],
  ["off", false],
  ["no", false],
  ["false", false],
  ["n", false],
]);

/** Reads a switch: `on`, `off` and their synonyms (QEMU's `qapi_bool_parse`); undefined for other words. */
export function readBool(text: string): boolean | undefined {
  return spellings.get(text);
}
