import { check } from "../../../generated/documents/trace.js";
import { DocumentError } from "../../document/document-error.js";
import { readDocument } from "../../document/read-document.js";
import type { SettingValue } from "../profile/migration-settings.js";
import { defaultSettings, settingParameters } from "../profile/setting-parameters.js";
import { PAGE_SIZE } from "../simulator/guest.js";
import type { Trace, TraceChange, TraceGuest, TraceParameters, TraceSync } from "./trace.js";

/** A file that is not the recording of a migration it should be; the message has a line for each problem. */
export class TraceError extends DocumentError {
  override readonly name = "TraceError";
}

/** An integer of 64 bits: digits where a number is not exact, or where it was recorded so. */
type Wide = number | string;
type Maybe<Value> = Value | null | undefined;

/** What a recording holds, as far as it is read here. */
interface RecordedTrace {
  readonly name?: Maybe<string>;
  readonly qemu?: Maybe<string>;
  readonly ended?: Maybe<string>;
  readonly params?: RecordedParameters;
  readonly all_parameters?: Maybe<RecordedParameters>;
  readonly final?: Maybe<{ readonly "total-time"?: Maybe<number> }>;
  readonly guest?: Maybe<RecordedGuest>;
  readonly mid_changes?: Maybe<readonly RecordedChange[]>;
  readonly syncs: readonly RecordedSync[];
}

type RecordedParameters = Readonly<Record<string, Maybe<Wide | boolean>>>;

interface RecordedGuest {
  /** With it there are all that are not optional. */
  readonly spin_a?: Maybe<number>;
  readonly phase_a_pages?: Maybe<number>;
  readonly spin_b?: Maybe<number>;
  /** With `spin_b` it is there. */
  readonly phase_b_pages: number;
  readonly ram_mib: number;
  readonly region_mib: number;
  readonly nominal_dirty_over_bandwidth?: Maybe<number>;
}

/** One that QEMU refused (`ok` is false) is in the recording too, and may be anything. */
interface RecordedChange {
  readonly ok?: Maybe<boolean>;
  readonly mono_ms: Wide;
  readonly params: RecordedParameters;
}

interface RecordedSync {
  readonly sync: number;
  readonly t_ms: Wide;
  readonly time_last_ms: Wide;
  readonly end_time_ms?: Maybe<Wide>;
  readonly period: boolean;
  readonly transferred: Wide;
  readonly num_dirty_pages_period: Wide;
  readonly fired?: Maybe<boolean>;
  readonly pct_after?: Maybe<number>;
}

const form = { name: "the trace", check };

/**
 * Reads a recorded migration: a JSON object with the parameters (`params`, `all_parameters`), every
 * sync of the bitmap (`syncs`), and what else is known of the run.
 *
 * @param file its name, for messages
 * @throws {TraceError} if the text is not JSON or not such an object
 */
export function readTrace(text: string, file = "trace"): Trace {
  try {
    return traceOf(readDocument(form, file, text) as RecordedTrace);
  } catch (error) {
    throw error instanceof DocumentError ? new TraceError(file, error.problems) : error;
  }
}

function traceOf(recorded: RecordedTrace): Trace {
  const parameters = parametersOf(recorded.all_parameters ?? recorded.params ?? {});
  return {
    name: label(recorded.name),
    qemu: label(recorded.qemu),
    guest: recorded.guest ? guestOf(recorded.guest, parameters) : null,
    parameters,
    changes: changesOf(recorded.mid_changes ?? []),
    syncs: recorded.syncs.map(syncOf),
    isCompleted: recorded.ended === "completed",
    totalTimeMs: recorded.final?.["total-time"] ?? null,
  };
}

/** A text to show to people, on a terminal too. */
function label(text: Maybe<string>): string {
  return (text ?? "").replaceAll(/\p{Cc}/gu, "\uFFFD");
}

/** Turns of the guest's idle loop per second where a recording does not say how fast it dirties. */
const USUAL_SPINS_PER_SECOND = 2.69e8;

/** A recording has the guest's speed as a multiple of `max-bandwidth`. */
function spinsPerSecond(ratio: Maybe<number>, spin: number, { maxBandwidth }: TraceParameters): number {
  if (typeof ratio !== "number" || maxBandwidth === undefined || maxBandwidth === 0n)
    return USUAL_SPINS_PER_SECOND;
  return ((ratio * Number(maxBandwidth)) / PAGE_SIZE) * spin;
}

function guestOf(guest: RecordedGuest, parameters: TraceParameters): TraceGuest | null {
  const { spin_a: spin, spin_b: secondSpin, nominal_dirty_over_bandwidth: ratio } = guest;
  if (typeof spin !== "number") return null;
  const phases = [{ spin, pages: guest.phase_a_pages ?? Infinity }];
  if (typeof secondSpin === "number") phases.push({ spin: secondSpin, pages: guest.phase_b_pages });
  return {
    ramMib: guest.ram_mib,
    regionMib: guest.region_mib,
    spinsPerSecond: spinsPerSecond(ratio, spin, parameters),
    phases,
  };
}

/** The parameters that the model heeds, as far as they are there. */
function parametersOf(parameters: RecordedParameters): TraceParameters {
  const policy: Record<string, SettingValue> = {};
  const others: Record<string, SettingValue> = {};
  for (const { name, field, initial } of settingParameters) {
    const recorded = parameters[name] ?? undefined;
    if (recorded === undefined) continue;
    const value = typeof initial === "bigint" ? BigInt(recorded) : (recorded as SettingValue);
    (Object.hasOwn(defaultSettings, field) ? others : policy)[field] = value;
  }
  return { policy, ...others };
}

/** The changes that QEMU took, in the order of time. */
function changesOf(changes: readonly RecordedChange[]): TraceChange[] {
  return changes
    .filter(({ ok }) => ok !== false)
    .map(({ mono_ms: time, params }) => ({ timeMs: BigInt(time), parameters: parametersOf(params) }))
    .sort((a, b) => Number(a.timeMs - b.timeMs));
}

function syncOf(sync: RecordedSync): TraceSync {
  return {
    number: sync.sync,
    timeMs: BigInt(sync.t_ms),
    periodStartMs: BigInt(sync.time_last_ms),
    endTimeMs: sync.end_time_ms === null || sync.end_time_ms === undefined ? null : BigInt(sync.end_time_ms),
    isPeriod: sync.period,
    transferred: BigInt(sync.transferred),
    dirtyPagesInPeriod: BigInt(sync.num_dirty_pages_period),
    fired: sync.fired ?? false,
    percentage: sync.pct_after ?? 0,
  };
}
