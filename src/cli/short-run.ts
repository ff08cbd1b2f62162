import { setFlagsFromString } from "node:v8";

/**
 * Tells the engine that this process will not live long: functions run eight times as long as usual
 * before they are optimised. Most of a short run is over before optimising pays, and what the
 * optimiser does meanwhile costs as much again as the run itself where cores are few.
 */
export function expectShortRun(): void {
  setFlagsFromString("--interrupt-budget=1000000");
}
