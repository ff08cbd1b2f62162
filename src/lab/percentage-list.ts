/** So many entries are shown, before and after those that are left out. */
const HEAD = 10;
const TAIL = 4;

/**
 * The percentages of a throttle's decisions in a line: `20 30 40 ×3`. What comes again at once is told
 * once; of a long climb the middle is left out.
 */
export function percentageList(percentages: readonly number[]): string {
  const runs: { percentage: number; times: number }[] = [];
  for (const percentage of percentages) {
    const last = runs.at(-1);
    if (last?.percentage === percentage) last.times++;
    else runs.push({ percentage, times: 1 });
  }
  const told = runs.map(({ percentage, times }) =>
    times === 1 ? `${percentage}` : `${percentage} ×${times}`,
  );
  if (told.length <= HEAD + TAIL) return told.join(" ");
  return [...told.slice(0, HEAD), "…", ...told.slice(-TAIL)].join(" ");
}
