import {
  isJsonObject,
  JsonError,
  jsonPlaces,
  parseJson,
  placeOf,
  toPointer,
  type JsonValue,
} from "../../json/index.js";
import { positionIn } from "../../json/position.js";
import type { SettingValue } from "../profile/migration-settings.js";
import { defaultSettings, settingParameters } from "../profile/setting-parameters.js";
import { PAGE_SIZE } from "../simulator/guest.js";
import type { Trace, TraceChange, TraceGuest, TraceParameters, TraceSync } from "./trace.js";

/** A file that is not the recording of a migration it should be; the message ends with the place. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/**
 * Reads a recorded migration: a JSON object with the parameters (`params`, `all_parameters`), every
 * sync of the bitmap (`syncs`), and what else is known of the run.
 *
 * @throws TraceError if the text is not JSON or not such an object
 */
export function readTrace(text: string): Trace {
  try {
    return traceOf(new Node(parseJson(text), []));
  } catch (error) {
    if (error instanceof JsonError) throw new TraceError(error.message);
    if (!(error instanceof Misfit)) throw error;
    const pointer = toPointer(error.path);
    const { line, column } = positionIn(text, placeOf(jsonPlaces(text), pointer)?.start ?? 0);
    throw new TraceError(
      `${pointer === "" ? "the trace" : pointer} ${error.message} at line ${line}, column ${column}`,
    );
  }
}

function traceOf(root: Node): Trace {
  const final = root.optional("final");
  const parameters = parametersOf(root.optional("all_parameters") ?? root.member("params"));
  return {
    name: root.optional("name")?.label() ?? "",
    qemu: root.optional("qemu")?.label() ?? "",
    guest: guestOf(root.optional("guest"), parameters),
    parameters,
    changes: changesOf(root.optional("mid_changes")?.items() ?? []),
    syncs: root.member("syncs").items().map(syncOf),
    isCompleted: root.optional("ended")?.string() === "completed",
    totalTimeMs: final?.optional("total-time")?.count() ?? null,
  };
}

/** Turns of the guest's idle loop per second where a recording does not say how fast it dirties. */
const USUAL_SPINS_PER_SECOND = 2.69e8;

/** A recording has the guest's speed as a multiple of `max-bandwidth`. */
function spinsPerSecond(guest: Node, spin: number, { maxBandwidth }: TraceParameters): number {
  const ratio = guest.optional("nominal_dirty_over_bandwidth")?.real();
  if (ratio === undefined || maxBandwidth === undefined || maxBandwidth === 0n) return USUAL_SPINS_PER_SECOND;
  return ((ratio * Number(maxBandwidth)) / PAGE_SIZE) * spin;
}

function guestOf(guest: Node | undefined, parameters: TraceParameters): TraceGuest | null {
  const spin = guest?.optional("spin_a");
  if (guest === undefined || spin === undefined) return null;
  const phases = [{ spin: spin.positive(), pages: guest.optional("phase_a_pages")?.positive() ?? Infinity }];
  const secondSpin = guest.optional("spin_b");
  if (secondSpin !== undefined) {
    phases.push({ spin: secondSpin.positive(), pages: guest.member("phase_b_pages").positive() });
  }
  return {
    ramMib: guest.member("ram_mib").count(),
    regionMib: guest.member("region_mib").count(),
    spinsPerSecond: spinsPerSecond(guest, spin.positive(), parameters),
    phases,
  };
}

/** The parameters that the model heeds, as far as they are there. */
function parametersOf(parameters: Node): TraceParameters {
  const policy: Record<string, SettingValue> = {};
  const others: Record<string, SettingValue> = {};
  for (const { name, field, initial } of settingParameters) {
    const value = parameters.optional(name)?.alike(initial);
    if (value !== undefined) (Object.hasOwn(defaultSettings, field) ? others : policy)[field] = value;
  }
  return { policy, ...others };
}

/** The changes in the order of time. */
function changesOf(changes: readonly Node[]): TraceChange[] {
  return changes
    .filter(isMade)
    .map(changeOf)
    .sort((a, b) => Number(a.timeMs - b.timeMs));
}

/** Whether QEMU took the change; one it refused is in the recording too. */
function isMade(change: Node): boolean {
  return change.optional("ok")?.boolean() ?? true;
}

function changeOf(change: Node): TraceChange {
  return { timeMs: change.member("mono_ms").integer(), parameters: parametersOf(change.member("params")) };
}

function syncOf(sync: Node): TraceSync {
  return {
    number: sync.member("sync").count(),
    timeMs: sync.member("t_ms").integer(),
    periodStartMs: sync.member("time_last_ms").integer(),
    endTimeMs: sync.optional("end_time_ms")?.integer() ?? null,
    isPeriod: sync.member("period").boolean(),
    transferred: sync.member("transferred").integer(),
    dirtyPagesInPeriod: sync.member("num_dirty_pages_period").integer(),
    fired: sync.optional("fired")?.boolean() ?? false,
    percentage: sync.optional("pct_after")?.count() ?? 0,
  };
}

/** A value that is not what a trace has at its place. */
class Misfit extends Error {
  constructor(
    readonly path: readonly (string | number)[],
    message: string,
  ) {
    super(message);
  }
}

/** A value of the trace and where it stands. */
class Node {
  constructor(
    private readonly value: JsonValue,
    private readonly path: readonly (string | number)[],
  ) {}

  /** A member that there must be. */
  member(name: string): Node {
    return this.optional(name) ?? this.misfit(`lacks '${name}'`);
  }

  /** A member; undefined if it is missing or null. */
  optional(name: string): Node | undefined {
    if (!isJsonObject(this.value)) return this.misfit("is not an object");
    const value = Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return value === undefined || value === null ? undefined : new Node(value, [...this.path, name]);
  }

  items(): Node[] {
    if (!Array.isArray(this.value)) return this.misfit("is not a list");
    return this.value.map((item, index) => new Node(item, [...this.path, index]));
  }

  string(): string {
    return typeof this.value === "string" ? this.value : this.misfit("is not a string");
  }

  /** A string to show to people, on a terminal too. */
  label(): string {
    return this.string().replaceAll(/\p{Cc}/gu, "\uFFFD");
  }

  boolean(): boolean {
    return typeof this.value === "boolean" ? this.value : this.misfit("is not true or false");
  }

  /** A uint64, as a number or, as byte counts are recorded, as a string. */
  integer(): bigint {
    const { value } = this;
    const integer = typeof value === "string" && /^\d{1,20}$/.test(value) ? BigInt(value) : value;
    if (typeof integer === "bigint" && integer >= 0n && integer < 2n ** 64n) return integer;
    return this.misfit("is not an integer of 64 bits");
  }

  /** An integer small enough for a `number`. */
  count(): number {
    const count = Number(this.integer());
    return Number.isSafeInteger(count) ? count : this.misfit("is too large");
  }

  /** A value of the same type as another. */
  alike(other: SettingValue): SettingValue {
    if (typeof other === "boolean") return this.boolean();
    return typeof other === "bigint" ? this.integer() : this.count();
  }

  /** A number above 0. */
  real(): number {
    const number = typeof this.value === "bigint" ? Number(this.value) : this.value;
    return typeof number === "number" && number > 0 ? number : this.misfit("is not a number above 0");
  }

  positive(): number {
    const count = this.count();
    return count > 0 ? count : this.misfit("is 0");
  }

  private misfit(message: string): never {
    throw new Misfit(this.path, message);
  }
}
