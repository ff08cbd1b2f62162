import { visitKeyBytes } from "./key-bytes.js";

/** By the binary logarithm of a table's size: what a hash is reduced by. */
const modulusOfShift = [
  1, 2, 3, 7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521, 131071, 262139, 524287,
  1048573, 2097143, 4194301,
];
const MIN_SHIFT = 3;

interface Entry {
  readonly key: string;
  readonly hash: number;
}

/** A slot that never held anything, or one whose entry was removed: a search goes on past the latter. */
type Slot = Entry | "unused" | "removed";

/**
 * A set of strings that keeps them where GLib's `GHashTable` (with `g_str_hash`) does. An input visitor of
 * QEMU's notes an object's members in one and takes out those it visits; when some are left, the first in
 * the table's order is the one an error names.
 */
export class GlibHashTable {
  private shift = MIN_SHIFT;
  private readonly slots: Slot[] = new Array<Slot>(1 << MIN_SHIFT).fill("unused");
  private entries = 0;
  /** Entries and removed slots. */
  private occupied = 0;

  /** Adds a key that is not in the table. */
  add(key: string): void {
    const hash = stringHash(key);
    const index = this.probe(hash, (slot) => typeof slot === "string");
    if (this.slots[index] === "unused") this.occupied++;
    this.slots[index] = { key, hash };
    this.entries++;
    this.resizeIfNeeded();
  }

  /** Removes a key; one that is not in the table changes nothing. */
  remove(key: string): void {
    const isIt = (slot: Slot | undefined): boolean => typeof slot === "object" && slot.key === key;
    const index = this.probe(stringHash(key), (slot) => slot === "unused" || isIt(slot));
    if (!isIt(this.slots[index])) return;
    this.slots[index] = "removed";
    this.entries--;
    this.resizeIfNeeded();
  }

  /** The first key in the table's order, if there is one. */
  first(): string | undefined {
    return this.slots.find((slot) => typeof slot === "object")?.key;
  }

  /** The first slot on a hash's path that `accepts` takes: from its home on by 1, 2, 3, … */
  private probe(hash: number, accepts: (slot: Slot | undefined, index: number) => boolean): number {
    const mask = (1 << this.shift) - 1;
    let index = (Math.imul(hash, 11) >>> 0) % (modulusOfShift[this.shift] ?? 1);
    for (let step = 1; !accepts(this.slots[index], index); step++) index = (index + step) & mask;
    return index;
  }

  /** `g_hash_table_maybe_resize`: at most a quarter full, or nearly full with removed slots counted. */
  private resizeIfNeeded(): void {
    const size = this.slots.length;
    const sparse = size > this.entries * 4 && size > 1 << MIN_SHIFT;
    const crowded = size <= this.occupied + Math.floor(this.occupied / 16);
    if (sparse || crowded) this.resize();
  }

  /**
   * Puts every entry where it belongs in a table of the new size, in place as GLib does: an entry that
   * stands where another belongs is driven out and placed next.
   */
  private resize(): void {
    this.shift = Math.max(32 - Math.clz32(Math.trunc(this.entries * 1.333)), MIN_SHIFT);
    const oldSize = this.slots.length;
    while (this.slots.length < 1 << this.shift) this.slots.push("unused");

    const settled = new Set<number>();
    for (let i = 0; i < oldSize; i++) {
      if (settled.has(i)) continue;
      let moving = this.slots[i];
      this.slots[i] = "unused";
      while (typeof moving === "object") {
        const index = this.probe(moving.hash, (_slot, at) => !settled.has(at));
        settled.add(index);
        const evicted: Slot | undefined = this.slots[index];
        this.slots[index] = moving;
        moving = evicted;
      }
    }
    this.slots.length = 1 << this.shift;
    this.occupied = this.entries;
  }
}

/** GLib's `g_str_hash`, over the bytes of a key taken as signed; 0 and 1 are kept for slots without entry. */
function stringHash(key: string): number {
  let hash = 5381;
  visitKeyBytes(key, (byte) => {
    hash = (Math.imul(hash, 33) + ((byte << 24) >> 24)) | 0;
  });
  return hash >>> 0 < 2 ? 2 : hash >>> 0;
}
