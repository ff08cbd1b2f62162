import { isJsonObject, member, type JsonObject, type JsonValue } from "../../json/value.js";
import { before, pause } from "../deadline.js";
import type { QmpEvent, WaitOptions } from "../types.js";
import type { Commander } from "./commander.js";

/** A job has failed. */
export class JobError extends Error {
  override readonly name = "JobError";

  constructor(
    readonly job: string,
    message: string,
  ) {
    super(message);
  }
}

/** How often is asked even if no event says that something has changed, in ms. */
const INTERVAL = 1000;

/**
 * Waits until a job has ended: it is `concluded`, or has been dismissed.
 *
 * @returns what `query-jobs` said of it last; undefined when it was not there any more
 * @throws {JobError} when it has failed
 * @throws {QmpTimeoutError} when it has not ended in time (default: there is no limit)
 */
export async function waitForJob(
  client: Commander,
  id: string,
  { timeout, signal }: WaitOptions = {},
): Promise<JsonObject | undefined> {
  const stop = new AbortController();
  const watch = new JobWatch(client, id);
  const following = follow(client, id, watch, stop.signal);
  try {
    return await before(`job ${id}`, { timeout, signal }, following, (reason) => {
      stop.abort(reason);
    });
  } finally {
    watch.end();
  }
}

async function follow(
  client: Commander,
  id: string,
  watch: JobWatch,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  let last: JsonObject | undefined;
  for (;;) {
    const changed = watch.changed();
    const jobs = await client.executeRaw("query-jobs", {}, { signal });
    const job = Array.isArray(jobs) ? jobs.find((each) => member(each, "id") === id) : undefined;
    const error = member(job, "error") ?? watch.error;
    if (!isJsonObject(job) || member(job, "status") === "concluded") {
      if (typeof error === "string") throw new JobError(id, error);
      return isJsonObject(job) ? job : last;
    }
    last = job;
    await Promise.race([changed, pause(INTERVAL, signal)]);
  }
}

/** Listens to what events say of one job. */
class JobWatch {
  /** The error of a block job that dismissed itself. */
  error: JsonValue | undefined;
  private wake: () => void = () => undefined;
  readonly end: () => void;

  constructor(client: Commander, id: string) {
    this.end = client.onRawEvent(({ event, data }: QmpEvent) => {
      const isOurs = member(data, "id") === id || member(data, "device") === id;
      if (!isOurs || !/^(JOB_STATUS_CHANGE|BLOCK_JOB_COMPLETED|BLOCK_JOB_CANCELLED)$/.test(event)) return;
      this.error ??= member(data, "error");
      this.wake();
    });
  }

  /** Resolves with the next event. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
