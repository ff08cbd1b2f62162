import { GlibHashTable } from "./glib-hash-table.js";
import { visitKeyBytes } from "./key-bytes.js";

/**
 * Where QEMU lets a hash table decide what it says first, its users see the table's order. These
 * are the two tables' orders.
 */

const QDICT_BUCKETS = 512;

/** `tdb_hash`, by which a QDict files its members. */
function qdictHash(key: string): number {
  let sum = 0;
  const length = visitKeyBytes(key, (byte, index) => {
    sum = (sum + (byte << ((index * 5) % 24))) | 0;
  });
  const value = Math.imul(0x238f13af, length) + sum;
  return (Math.imul(1103515243, value) + 12345) >>> 0;
}

/**
 * Sorts an object's keys, given in the order they were added, as a QDict lists them: by bucket,
 * within a bucket the latest first.
 */
export function qdictOrder(keys: readonly string[]): string[] {
  return keys
    .map((key, index) => ({ key, index, bucket: qdictHash(key) % QDICT_BUCKETS }))
    .sort((a, b) => a.bucket - b.bucket || b.index - a.index)
    .map(({ key }) => key);
}

/**
 * Which of an object's unknown members QEMU complains about (`qobject_input_check_struct`): the
 * first in a GLib hash table that was filled in QDict order, and from which those it visited were
 * taken out again.
 *
 * @param keys all keys of the object, in the order they were added; at least one is not known
 * @param known in the order in which they are visited
 */
export function firstUnexpected(keys: readonly string[], known: ReadonlySet<string>): string {
  const table = new GlibHashTable();
  for (const key of qdictOrder(keys)) table.add(key);
  for (const key of known) table.remove(key);
  return table.first() ?? "";
}
