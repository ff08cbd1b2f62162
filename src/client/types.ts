/** How a client is typed: by the maps of a generated library, or, without one, by JSON alone. */
import type { JsonObject, JsonValue } from "../json/value.js";

/** When an event happened, by the host's clock; both are -1 where that failed. */
export interface Timestamp {
  /** Seconds since 1970. */
  readonly seconds: bigint;
  readonly microseconds: bigint;
}

/** An event as it came, with the time at which QEMU sent it. */
export interface QmpEvent<Name extends string = string, Data = JsonObject | undefined> {
  readonly event: Name;
  readonly data: Data;
  readonly timestamp: Timestamp;
}

/** Arguments given without a schema: JSON in memory, where whole numbers do for integers. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** The commands of a client without a schema. */
export type UntypedCommands = Readonly<
  Record<string, { readonly arguments: PlainObject | undefined; readonly returns: JsonValue }>
>;

/** The events of a client without a schema. */
export type UntypedEvents = Readonly<Record<string, JsonObject | undefined>>;

/** The names of a generated map. */
export type NameOf<Map> = keyof Map & string;

/** What goes with a command of a generated map. */
export type ArgumentsOf<Commands, Name extends NameOf<Commands>> = Commands[Name] extends {
  readonly arguments: infer Arguments;
}
  ? Arguments
  : never;

/** What a command of a generated map returns. */
export type ReturnsOf<Commands, Name extends NameOf<Commands>> = Commands[Name] extends {
  readonly returns: infer Returns;
}
  ? Returns
  : never;

/** The event of a name; of several names, one of theirs. */
export type EventOf<Events, Name extends NameOf<Events>> =
  Name extends NameOf<Events> ? QmpEvent<Name, Events[Name]> : never;

/** What limits a wait. */
export interface WaitOptions {
  /** In ms; `Infinity` waits for ever. Default: the client's own. */
  readonly timeout?: number | undefined;
  /** Gives up with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Arguments and options as `execute` takes them: arguments may be left out where all are optional. */
export type ExecuteRest<Arguments> = undefined extends Arguments
  ? [arguments?: Arguments, options?: WaitOptions]
  : Partial<Arguments> extends Arguments
    ? [arguments?: Arguments, options?: WaitOptions]
    : [arguments: Arguments, options?: WaitOptions];
