import { setTimeout } from "node:timers/promises";
import type { Machine } from "../../migration/machine.js";
import type { Keyboard } from "./keyboard.js";

const refreshMs = 250;
const barWidth = 40;
const mebibyte = 2 ** 20;

/** Shows how the migration goes until it ends, or a key says that it is enough. */
export async function watchMigrate(
  machine: Machine,
  output: NodeJS.WritableStream,
  keyboard: Keyboard,
): Promise<void> {
  const enough = new AbortController();
  const release = keyboard.capture(() => {
    enough.abort();
  });
  let drawn = 0;
  do {
    const lines = machine.command(() => migrationLines(machine));
    const back = drawn === 0 ? "" : `\x1b[${drawn}A\x1b[J`;
    output.write(`${back}${lines.join("\n")}\n`);
    drawn = lines.length;
  } while (machine.migration.isRunning && (await isTimeLeft(enough.signal)));
  release();
}

/** Waits until the display is to be drawn anew; false when there is enough of it before that. */
async function isTimeLeft(enough: AbortSignal): Promise<boolean> {
  await setTimeout(refreshMs, undefined, { signal: enough }).catch(() => undefined);
  return !enough.aborted;
}

/** The state in a few lines: progress, speed, how fast the guest dirties, how much it is throttled. */
export function migrationLines({ migration }: Machine): string[] {
  const stats = migration.stats();
  if (stats === undefined) return [`migration   ${migration.status}`];
  const { ram, throttlePercentage } = stats;
  const done = 1 - Number(ram.remaining) / Math.max(1, Number(ram.total));
  const filled = Math.round(done * barWidth);
  const dirtyRate = (Number(ram["dirty-pages-rate"]) * Number(ram["page-size"])) / mebibyte;
  return [
    `migration   ${migration.status} for ${(Number(stats.totalTime) / 1000).toFixed(1)} s, sync ${ram["dirty-sync-count"]}`,
    `progress    [${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${Math.floor(done * 100)} %`,
    `remaining   ${(Number(ram.remaining) / mebibyte).toFixed(0)} MiB of ${(Number(ram.total) / mebibyte).toFixed(0)} MiB`,
    `throughput  ${ram.mbps.toFixed(0)} Mbit/s`,
    `dirty rate  ${dirtyRate.toFixed(0)} MiB/s`,
    `throttle    ${throttlePercentage === 0 ? "off" : `${throttlePercentage} %`}`,
  ];
}
