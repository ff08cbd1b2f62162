/*
 * Lists of any length. What `push(...items)` and `Math.max(...numbers)` do with them is here, since spread into
 * arguments each item takes a place on the stack, which ends at some 125,000 of them.
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

/** The items of each key, keys and items in the order in which they come. */
export function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
