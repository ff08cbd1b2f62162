import { isJsonObject, member, type JsonObject, type JsonValue } from "../../json/value.js";
import { pause } from "../deadline.js";
import { text } from "../message.js";
import type { PlainObject } from "../types.js";
import type { Commander } from "./commander.js";

/** How a migration stands. What QEMU does not tell (yet) is undefined. */
export interface MigrationProgress {
  /** `setup`, `active`, `completed`, …; the set is open. */
  readonly status: string;
  /** How much of its processor time the guest is denied, in %; undefined while it is not throttled. */
  readonly throttlePercentage: number | undefined;
  /** Bytes of guest memory in all, still to be sent, and sent so far. */
  readonly total: bigint | undefined;
  readonly remaining: bigint | undefined;
  readonly transferred: bigint | undefined;
  /** Passes over the guest's memory. */
  readonly passes: bigint | undefined;
  /** In ms: since the start, and the guest's standstill as it is expected to be or, at the end, was. */
  readonly totalTime: bigint | undefined;
  readonly downtime: bigint | undefined;
  /** What went wrong. */
  readonly error: string | undefined;
  /** All that `query-migrate` said. */
  readonly info: JsonObject;
}

/** Where a migration goes, and how it is followed. */
export interface MigrateOptions {
  /** Where to, as `migrate` takes it, or all its arguments. */
  readonly to: string | PlainObject;
  /** How often to ask, in ms; default 250. */
  readonly interval?: number;
  /** Stops following the migration, by the signal's reason; it goes on unless `migrate_cancel` ends it. */
  readonly signal?: AbortSignal;
}

/** A migration has ended without success, or waits for a command that nobody gives. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";

  constructor(
    /** How it stood last. */
    readonly progress: MigrationProgress,
    /** What it waits for; undefined where it has ended. */
    readonly waitsFor?: string,
  ) {
    const { status, error } = progress;
    const waiting = waitsFor === undefined ? [] : [`it waits for ${waitsFor}`];
    super([`migration ${status}`, ...(error === undefined ? [] : [error]), ...waiting].join(": "));
  }
}

/**
 * States that end it well: a guest under COLO is checkpointed from then on, and that migration has no other
 * end.
 */
const goodEnds: ReadonlySet<string> = new Set(["completed", "colo"]);
const badEnds: ReadonlySet<string> = new Set(["failed", "cancelled"]);

/** States that a migration leaves by a command only, and by which. */
const waitingStates: ReadonlyMap<string, string> = new Map([
  ["none", "migrate"],
  ["pre-switchover", "migrate-continue"],
  ["postcopy-paused", "migrate-recover at the destination, then migrate with resume"],
]);

/** How long such a command may take to show, in ms. */
const REACTION_TIME = 500;

/**
 * Starts a migration and follows it to its end: how it stands, again and again, at last `completed` or
 * `colo`. Where it waits for a command, as in `pre-switchover` and `postcopy-paused`, the loop that is told so
 * is the place to run it:
 *
 *     for await (const { status } of migrate(client, { to }))
 *       if (status === "pre-switchover") await client.execute("migrate-continue", { state: status });
 *
 * @throws {QmpError} when it cannot be started
 * @throws {MigrationError} after the last progress: when it fails or is cancelled, and when it goes on
 *   waiting for a command; {@link followMigration} takes up the latter again
 */
export async function* migrate(
  client: Commander,
  { to, signal, ...options }: MigrateOptions,
): AsyncGenerator<MigrationProgress, undefined> {
  await client.executeRaw("migrate", typeof to === "string" ? { uri: to } : to, { signal });
  yield* followMigration(client, { signal, ...options });
}

/**
 * Follows a migration that has been started, as {@link migrate} does.
 *
 * @throws {MigrationError} as that does
 */
export async function* followMigration(
  client: Commander,
  {
    interval = 250,
    signal,
  }: Omit<MigrateOptions, "to" | "signal"> & { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<MigrationProgress, undefined> {
  let waiting: { readonly status: string; readonly since: number } | undefined;
  for (;;) {
    const progress = readProgress(await client.executeRaw("query-migrate", {}, { signal }));
    const { status } = progress;
    yield progress;
    if (goodEnds.has(status)) return undefined;
    if (badEnds.has(status)) throw new MigrationError(progress);
    const command = waitingStates.get(status);
    if (command === undefined) waiting = undefined;
    else if (waiting?.status !== status) waiting = { status, since: performance.now() };
    else if (performance.now() - waiting.since >= REACTION_TIME) throw new MigrationError(progress, command);
    await pause(interval, signal);
  }
}

/** Reads what `query-migrate` returned. */
export function readProgress(value: JsonValue): MigrationProgress {
  const info = isJsonObject(value) ? value : {};
  const ram = member(info, "ram");
  return {
    status: text(member(info, "status")) ?? "none",
    throttlePercentage: count(member(info, "cpu-throttle-percentage")),
    total: integer(member(ram, "total")),
    remaining: integer(member(ram, "remaining")),
    transferred: integer(member(ram, "transferred")),
    passes: integer(member(ram, "dirty-sync-count")),
    totalTime: integer(member(info, "total-time")),
    downtime: integer(member(info, "downtime")) ?? integer(member(info, "expected-downtime")),
    error: text(member(info, "error-desc")),
    info,
  };
}

function integer(value: JsonValue | undefined): bigint | undefined {
  return typeof value === "bigint" ? value : undefined;
}

function count(value: JsonValue | undefined): number | undefined {
  return typeof value === "bigint" ? Number(value) : undefined;
}
