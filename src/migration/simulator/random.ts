/** A stream of numbers in [0, 1) that depends on nothing but its seed (Marsaglia's xorshift, 32 bits). */
export function seededRandom(seed: number): () => number {
  // The multiplication spreads neighbouring seeds; xorshift must not start at 0.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** About normally distributed, mean 0, variance 1, within ±6: the sum of twelve draws. */
export function roughlyNormal(random: () => number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}
