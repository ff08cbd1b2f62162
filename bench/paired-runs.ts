import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/** A command to time as a whole process, and what to do before each of its runs. */
export interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  readonly before?: () => void;
}

/** What the runs of one contestant took, in seconds, in order. */
export interface Timed {
  readonly name: string;
  readonly seconds: readonly number[];
}

/** Times whole processes in turns, so that a machine that slows down slows all of them. One warm-up each. */
export function pairedRuns(contestants: readonly Contestant[], rounds: number): Timed[] {
  const timed = contestants.map(({ name }) => ({ name, seconds: [] as number[] }));
  for (let round = -1; round < rounds; round++) {
    contestants.forEach((contestant, index) => {
      const seconds = once(contestant);
      if (round >= 0) timed[index]?.seconds.push(seconds);
    });
  }
  return timed;
}

function once({ command: [program = "", ...args], before }: Contestant): number {
  before?.();
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${String(status)}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** How much longer one took than another, round by round. */
export function ratios(a: Timed | undefined, b: Timed | undefined): number[] {
  return a?.seconds.map((each, round) => each / (b?.seconds[round] ?? NaN)) ?? [];
}

/** The most memory that a process had at once, in MB. */
export function peakMegabytes(command: readonly string[]): number {
  const timed = spawnSync("/usr/bin/time", ["-f", "%M", ...command], { encoding: "utf8" });
  return Number(timed.stderr.trim().split("\n").at(-1)) / 1000;
}

/** A line for each contestant: median and shortest, in seconds. */
export function printTimes(timed: readonly Timed[]): void {
  const width = Math.max(...timed.map(({ name }) => name.length));
  for (const { name, seconds } of timed) {
    console.log(`${name.padEnd(width)}  ${median(seconds).toFixed(3)} (${Math.min(...seconds).toFixed(3)})`);
  }
}
