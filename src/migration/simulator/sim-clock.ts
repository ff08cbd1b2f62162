/** How a model's clock goes. Times are in ms. */
export interface SimClock {
  /** The model's time. */
  readonly nowMs: number;
  /** A monitor line or QMP command is about to run. */
  command(): void;
  /** How long to wait for so much model time to pass; null if waiting does not help. */
  realDelayMs(modelMs: number): number | null;
}

/** What `--sim-clock` says. */
export type SimClockSetting =
  { readonly kind: "wall"; readonly factor: number } | { readonly kind: "step"; readonly ms: number };

/** A model clock that cannot be. */
export class SimClockError extends Error {
  override readonly name = "SimClockError";
}

/** Model time runs ten times as fast as the clock. */
export const defaultSimClock: SimClockSetting = { kind: "wall", factor: 10 };

/**
 * Reads `wall`, `wall:FACTOR` or `step:MS`.
 *
 * @throws SimClockError for anything else
 */
export function parseSimClock(text: string): SimClockSetting {
  if (text === "wall") return defaultSimClock;
  const match = /^(wall|step):(\d+(?:\.\d+)?)$/.exec(text);
  const value = Number(match?.[2]);
  if (match?.[1] === "step" && Number.isSafeInteger(value)) return { kind: "step", ms: value };
  if (match?.[1] === "wall" && value > 0 && value <= 1e6) return { kind: "wall", factor: value };
  throw new SimClockError(
    `'${text}' is not a simulator clock: wall, wall:FACTOR (up to 1000000) or step:MS (whole milliseconds)`,
  );
}

/** The clock of a setting, at 0 now. `realNowMs` is read by `wall` only; it must not go back. */
export function createSimClock(setting: SimClockSetting, realNowMs: () => number): SimClock {
  return setting.kind === "wall" ? new WallClock(setting.factor, realNowMs) : new StepClock(setting.ms);
}

class WallClock implements SimClock {
  private readonly startMs: number;

  constructor(
    private readonly factor: number,
    private readonly realNowMs: () => number,
  ) {
    this.startMs = realNowMs();
  }

  get nowMs(): number {
    return (this.realNowMs() - this.startMs) * this.factor;
  }

  command(): void {
    // The clock goes by itself.
  }

  realDelayMs(modelMs: number): number {
    return Math.max(0, modelMs / this.factor);
  }
}

/** Stands still between commands. */
class StepClock implements SimClock {
  nowMs = 0;

  constructor(private readonly stepMs: number) {}

  command(): void {
    this.nowMs += this.stepMs;
  }

  realDelayMs(): null {
    return null;
  }
}
