/** The share of CPU time, 0..1, that a guest gets at a throttle percentage of 1..99. */
export type ShareCurve = (percentage: number) => number;

/** What the throttle aims at: the rest of the time. */
export const idealShare: ShareCurve = (percentage) => 1 - percentage / 100;

/** A point of a measured curve. */
export type SharePoint = readonly [percentage: number, share: number];

/** A curve through points of (percentage, share), straight in between; no throttle is a full share. */
export function shareCurve(points: readonly SharePoint[]): ShareCurve {
  const known = [[0, 1] as const, ...points].sort(([a], [b]) => a - b);
  return (percentage) => {
    const above = known.find(([at]) => at >= percentage);
    const below = known.findLast(([at]) => at <= percentage);
    if (above === undefined || below === undefined) return (above ?? below)?.[1] ?? 1;
    const [from, low] = below;
    const [to, high] = above;
    return from === to ? low : low + ((high - low) * (percentage - from)) / (to - from);
  };
}
