/*
 * What a number in memory does not tell: `1.0` and `1e2` are no integers in JSON, as QEMU reads it, and a
 * program's own 1 is one. Readers note where a whole number was not written as an integer, for whoever
 * judges the document afterwards. Hardly any document has such a number.
 */

const noted = new WeakMap<object, Map<string | number, number>>();

/** `noted` is set with the first note: until then nothing needs to be looked up, nor asked for by a call. */
export const fractions = { noted: false };

/** Notes that a whole number in an object or a list was written with a fraction or an exponent. */
export function noteFraction(container: object, key: string | number, value: number): void {
  fractions.noted = true;
  const notes = noted.get(container);
  if (notes === undefined) noted.set(container, new Map([[key, value]]));
  else notes.set(key, value);
}

/**
 * Whether a whole number in an object or a list was read from a text that did not write it as an integer.
 * A copy of the container is a program's own, and tells nothing.
 */
export function wasFraction(container: unknown, key: string | number, value: number): boolean {
  if (typeof container !== "object" || container === null) return false;
  return noted.get(container)?.get(key) === value;
}
