/** The migration parameters that decide how far a guest's CPUs are throttled. All are QEMU `uint8`s. */
export type ThrottlePolicy = {
  /** `cpu-throttle-initial`: the first percentage, taken whatever `max` says. */
  initial: number;
  /** `cpu-throttle-increment`: the largest step from there. */
  increment: number;
  /** `cpu-throttle-tailslow`: never step further than what should just bring the guest under the threshold. */
  tailslow: boolean;
  /** `max-cpu-throttle`: where a step ends at the latest. */
  max: number;
};

/** What a decision looks at. */
export type ThrottleSituation = {
  /** The percentage in force, 1..99; 0 while the guest is not throttled. */
  percentage: number;
  /** Bytes the guest dirtied in the period (uint64). */
  bytesDirtyPeriod: bigint;
  /** Bytes it might have dirtied without being called busy (uint64). */
  bytesDirtyThreshold: bigint;
};

/** The range of QEMU's `cpu_throttle_set`. */
const LOWEST = 1;
const HIGHEST = 99;

/**
 * The percentage after one decision to throttle: QEMU's `mig_throttle_guest_down` and
 * `cpu_throttle_set`, exact to the bit. Always 1..99. The policy's members (0..255) are not
 * range-checked here; a `max` below the present percentage lowers it.
 */
export function nextThrottle(now: ThrottleSituation, policy: ThrottlePolicy): number {
  if (now.percentage === 0) return clamp(policy.initial);
  const step = policy.tailslow ? Math.min(idealStep(now), policy.increment) : policy.increment;
  return clamp(Math.min(now.percentage + step, policy.max));
}

/**
 * The step after which the guest, were its dirty rate proportional to its share of CPU, would dirty
 * just the threshold. In C a uint64 computed by way of doubles:
 *
 * - the ideal share is truncated, so the step is the ideal one rounded up;
 * - an ideal share above the present one makes the subtraction wrap. The largest double below 2^64
 *   is 2^64 - 2048, so the wrapped step exceeds every increment: Infinity stands for it;
 * - an ideal share that does not fit uint64 (nothing was dirtied, or next to nothing under a huge
 *   threshold) is undefined in C. It is defined here as an endless step too, which always comes to
 *   what x86-64 makes of it.
 */
function idealStep({ percentage, bytesDirtyPeriod, bytesDirtyThreshold }: ThrottleSituation): number {
  const share = 100 - percentage;
  const ideal = Math.trunc(share * (toDouble(bytesDirtyThreshold) / toDouble(bytesDirtyPeriod)));
  return ideal <= share ? share - ideal : Infinity;
}

function toDouble(uint64: bigint): number {
  return Number(BigInt.asUintN(64, uint64));
}

function clamp(percentage: number): number {
  return Math.max(LOWEST, Math.min(percentage, HIGHEST));
}
