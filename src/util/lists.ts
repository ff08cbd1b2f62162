/**
 * What `push(...items)` and `Math.max(...numbers)` do, for lists of any length: spread into arguments,
 * each item takes a place on the stack, which ends at some 125,000 of them.
 */

/** Adds all items at the end of a list. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** The largest of some numbers, at least `floor`. */
export function largest(numbers: Iterable<number>, floor = -Infinity): number {
  let most = floor;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/** The smallest of some numbers, at most `ceiling`. */
export function smallest(numbers: Iterable<number>, ceiling = Infinity): number {
  let least = ceiling;
  for (const number of numbers) least = Math.min(least, number);
  return least;
}
