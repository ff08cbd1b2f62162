import { cutToColumns } from "../util/columns.js";

/** How a migration stands. What is not known (yet) is undefined. */
export interface MigrationFigures {
  /** In QEMU's words: `active`, `completed`. */
  readonly status: string;
  /** Whether it may still change by itself. */
  readonly isRunning: boolean;
  readonly error: string | undefined;
  /** Since its start, in ms. */
  readonly totalTimeMs: bigint;
  /** Bitmap syncs so far. */
  readonly syncs: bigint;
  /** Guest memory in bytes, and how much of it is still to be sent. */
  readonly total: bigint | undefined;
  readonly remaining: bigint | undefined;
  /** In Mbit/s. */
  readonly throughput: number;
  /** How fast the guest dirties its memory, in bytes per second. */
  readonly dirtyRate: number;
  /** In %; undefined while the guest is not throttled. */
  readonly throttlePercentage: number | undefined;
}

const WIDEST_BAR = 40;
const MEBIBYTE = 2 ** 20;

/**
 * The state in a few lines: progress, speed, how fast the guest dirties, how much it is throttled.
 *
 * @param columns no line is wider; a narrow picture has a shorter bar
 */
export function migrationLines(figures: MigrationFigures, columns: number): string[] {
  return linesOf(figures, columns).map((line) => cutToColumns(line, columns));
}

function linesOf(figures: MigrationFigures, columns: number): string[] {
  const { status, error, total, remaining, totalTimeMs, syncs, throttlePercentage } = figures;
  if (error !== undefined) return [`migration   ${status}: ${error}`];
  if (total === undefined || remaining === undefined) return [`migration   ${status}`];
  const done = Math.min(1, Math.max(0, 1 - Number(remaining) / Math.max(1, Number(total))));
  const inMebibytes = (bytes: bigint): string => (Number(bytes) / MEBIBYTE).toFixed(0);
  return [
    `migration   ${status} for ${(Number(totalTimeMs) / 1000).toFixed(1)} s, sync ${syncs}`,
    `progress    ${bar(done, columns - "progress    [] 100 %".length)}${Math.floor(done * 100)} %`,
    `remaining   ${inMebibytes(remaining)} MiB of ${inMebibytes(total)} MiB`,
    `throughput  ${figures.throughput.toFixed(0)} Mbit/s`,
    `dirty rate  ${(figures.dirtyRate / MEBIBYTE).toFixed(0)} MiB/s`,
    `throttle    ${throttlePercentage === undefined ? "off" : `${throttlePercentage} %`}`,
  ];
}

/** A bar that is filled so far, if there is room for one. */
function bar(done: number, room: number): string {
  const width = Math.min(WIDEST_BAR, room);
  if (width < 1) return "";
  const filled = Math.round(done * width);
  return `[${"#".repeat(filled)}${"-".repeat(width - filled)}] `;
}
