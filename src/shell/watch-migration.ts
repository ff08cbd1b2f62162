import type { Commander } from "../client/helpers/commander.js";
import { readProgress, type MigrationProgress } from "../client/helpers/migration.js";
import { member } from "../client/message.js";

const barWidth = 40;
const mebibyte = 2 ** 20;
const refreshMs = 250;
const running = /^(setup|active|postcopy.*|pre-switchover|device|wait-unplug|cancelling|colo)$/;

/**
 * Shows how a migration goes until it ends, or it is enough.
 *
 * @param enough resolves when nobody wants to see more
 */
export async function watchMigration(
  client: Commander,
  write: (text: string) => void,
  enough: Promise<unknown>,
): Promise<void> {
  let drawn = 0;
  const stop = enough.then(() => false);
  for (;;) {
    const progress = readProgress(await client.executeRaw("query-migrate"));
    const lines = progressLines(progress);
    write(`${drawn === 0 ? "" : `\x1b[${drawn}A\x1b[J`}${lines.join("\n")}\n`);
    drawn = lines.length;
    if (!running.test(progress.status)) return;
    const isWanted = await Promise.race([stop, later()]);
    if (!isWanted) return;
  }
}

function later(): Promise<true> {
  return new Promise((resolve) => {
    setTimeout(resolve, refreshMs, true);
  });
}

/** The state in a few lines: progress, speed, how fast the guest dirties, how much it is throttled. */
export function progressLines(progress: MigrationProgress): string[] {
  const { status, total, remaining, totalTime = 0n, passes = 0n, throttlePercentage, error, info } = progress;
  if (error !== undefined) return [`migration   ${status}: ${error}`];
  if (total === undefined || remaining === undefined) return [`migration   ${status}`];
  const ram = member(info, "ram");
  const done = 1 - Number(remaining) / Math.max(1, Number(total));
  const filled = Math.round(done * barWidth);
  const pageSize = Number(member(ram, "page-size") ?? 4096n);
  const dirtyRate = (Number(member(ram, "dirty-pages-rate") ?? 0n) * pageSize) / mebibyte;
  const inMebibytes = (bytes: bigint): string => (Number(bytes) / mebibyte).toFixed(0);
  return [
    `migration   ${status} for ${(Number(totalTime) / 1000).toFixed(1)} s, sync ${passes}`,
    `progress    [${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${Math.floor(done * 100)} %`,
    `remaining   ${inMebibytes(remaining)} MiB of ${inMebibytes(total)} MiB`,
    `throughput  ${Number(member(ram, "mbps") ?? 0).toFixed(0)} Mbit/s`,
    `dirty rate  ${dirtyRate.toFixed(0)} MiB/s`,
    `throttle    ${throttlePercentage === undefined ? "off" : `${throttlePercentage} %`}`,
  ];
}
