import { QmpTimeoutError } from "./errors.js";
import type { WaitOptions } from "./types.js";
import { LONGEST_TIMER_MS } from "../util/longest-timer.js";

/** Ends a wait when its time is up or its signal says so, whichever comes first, at most once. */
export class Deadline {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly signal: AbortSignal | undefined;

  /**
   * @param what what is waited for, as an error shall say it
   * @param expire takes a {@link QmpTimeoutError}, or the signal's reason: mostly an error
   * @throws the signal's reason when it has been given already
   * @throws {RangeError} when the time is negative or not a number
   */
  constructor(
    what: string,
    { timeout = Infinity, signal }: WaitOptions,
    private readonly expire: (reason: Error) => void,
  ) {
    signal?.throwIfAborted();
    if (!(timeout >= 0)) throw new RangeError(`a timeout cannot be ${timeout} ms`);
    this.signal = signal;
    signal?.addEventListener("abort", this.abort, { once: true });
    if (timeout <= LONGEST_TIMER_MS) {
      this.timer = setTimeout(() => {
        this.clear();
        expire(new QmpTimeoutError(what, timeout));
      }, timeout);
    }
  }

  /** The wait is over for another reason. */
  clear(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener("abort", this.abort);
  }

  private readonly abort = (): void => {
    this.clear();
    this.expire(this.signal?.reason as Error);
  };
}

/**
 * What `promise` settles with, unless the deadline comes first, or is none that can be kept.
 *
 * @param onExpire ends what the promise stands for
 */
export function before<T>(
  what: string,
  options: WaitOptions,
  promise: Promise<T>,
  onExpire: (reason: Error) => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    promise.then(resolve, reject);
    const expire = (reason: Error): void => {
      onExpire(reason);
      reject(reason);
    };
    try {
      const deadline = new Deadline(what, options, expire);
      const clear = (): void => {
        deadline.clear();
      };
      promise.then(clear, clear);
    } catch (error) {
      expire(error as Error);
    }
  });
}

/** A pause that a signal cuts short by its reason. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    new Deadline("a pause", { timeout: ms, signal }, (reason) => {
      if (reason instanceof QmpTimeoutError) resolve();
      else reject(reason);
    });
  });
}
