/** From when on which percentage was in force. */
export interface Stair {
  readonly timeMs: bigint;
  readonly percentage: number;
}

const ROWS = 5;
const WIDTH = 60;
/** Eighths of a character, from none to all. */
const blocks = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/**
 * The throttle over time, one column for each sixtieth of it:
 *
 *     100 % ┤                    ▆▆▆▆
 *           │         ▂▂▂▂▂▂▂▂▂▂▂████
 *       0 % ┼────────────────────────
 *           0 s                  94.5 s
 *
 * @param endMs where the axis ends; at or after the last stair
 */
export function staircaseChart(stairs: readonly Stair[], endMs: bigint): string {
  const columns = Array.from({ length: WIDTH }, (_, column) => {
    const untilMs = (endMs * BigInt(column + 1)) / BigInt(WIDTH);
    const percentage = stairs.findLast(({ timeMs }) => timeMs <= untilMs)?.percentage ?? 0;
    return Math.round((percentage / 100) * ROWS * 8);
  });
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const below = (ROWS - 1 - row) * 8;
    const bar = columns.map((eighths) => blocks[Math.min(8, Math.max(0, eighths - below))] ?? "").join("");
    return `${row === 0 ? "100 % ┤" : "      │"}${bar}`.trimEnd();
  });
  const end = `${(Number(endMs) / 1000).toFixed(1)} s`;
  return [...rows, `  0 % ┼${"─".repeat(WIDTH)}`, `      0 s${end.padStart(WIDTH - 2)}`]
    .map((line) => `${line}\n`)
    .join("");
}
