/** What a throttled CPU is left to run between two sleeps, in nanoseconds (`CPU_THROTTLE_TIMESLICE_NS`). */
const TIME_SLICE_NS = 10_000_000;

/**
 * How long a CPU throttled to `percentage` sleeps at each tick, in nanoseconds
 * (QEMU's `cpu_throttle_thread`: the sleep that leaves one time slice out of every period, and 1 ns
 * against rounding).
 *
 * @throws RangeError unless `percentage` is a whole number in 1..99
 */
export function throttleSleepNs(percentage: number): bigint {
  const share = throttledShare(percentage);
  return truncate((share / (1 - share)) * TIME_SLICE_NS + 1);
}

/**
 * The absolute time of the tick after the one at `nowNs`, in nanoseconds (QEMU's
 * `cpu_throttle_timer_tick`). The sum is a double, so above 2^53 ns it is as coarse as a double is.
 *
 * @throws RangeError unless `percentage` is a whole number in 1..99
 */
export function throttleTick(percentage: number, nowNs: bigint): bigint {
  return truncate(Number(nowNs) + TIME_SLICE_NS / (1 - throttledShare(percentage)));
}

function throttledShare(percentage: number): number {
  if (!Number.isInteger(percentage) || percentage < 1 || percentage > 99) {
    throw new RangeError(`throttle percentage ${percentage} is not a whole number in 1..99`);
  }
  return percentage / 100;
}

function truncate(ns: number): bigint {
  return BigInt(Math.trunc(ns));
}
