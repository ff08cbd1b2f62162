import type { LineRange } from "../format/format-schema.js";

/** Reads `A:B`, or `A` for a single line; lines are counted from 1. Undefined if it is neither. */
export function parseLineRange(text: string): LineRange | undefined {
  const [, first = "", last = first] = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return from >= 1 && to >= from ? { from, to } : undefined;
}
