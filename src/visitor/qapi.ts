/** What a generated library says of its commands and events at run time. */
import type { Condition } from "../util/condition.js";
import type { Marked, ObjectVisit, TypeVisit } from "./type-visit.js";

/** What a generated map of commands gives for each name. */
export interface CommandTypes {
  /** What goes with the command; `undefined` when it takes nothing. */
  readonly arguments: unknown;
  /** What comes back; `undefined` when it returns nothing, which travels as `{}`. */
  readonly returns: unknown;
}

/** A command: how its arguments and its return value travel, and QEMU's flags. */
export interface CommandVisit<Returns = unknown> extends Partial<Marked> {
  readonly arguments?: ObjectVisit<unknown>;
  readonly returns?: TypeVisit<unknown, Returns>;
  /** May be run out of band. */
  readonly allowOob?: true;
  /** May be run before the machine is built. */
  readonly allowPreconfig?: true;
  /** QEMU runs its handler in a coroutine. */
  readonly coroutine?: true;
  /** Set when a successful run sends no reply. */
  readonly successResponse?: false;
  /** Set when QEMU handles its arguments without the schema's types; any member is let through. */
  readonly gen?: false;
  readonly condition?: Condition | undefined;
}

/** A command as a generated library exports it: its name, how it travels, and the types of both ways. */
export interface NamedCommand<
  Name extends string = string,
  Arguments = unknown,
  Returns = unknown,
> extends CommandVisit<Returns> {
  readonly name: Name;
  /** Never set: it carries the types. */
  readonly types?: { readonly arguments: Arguments; readonly returns: Returns };
}

/** The command of a name in a generated map. */
export type CommandOf<Commands, Name extends keyof Commands & string> = NamedCommand<
  Name,
  ArgumentsOf<Commands[Name]>,
  ReturnsOf<Commands[Name]>
>;

/** An event: how its data travels. */
export interface EventVisit<Data = unknown> extends Partial<Marked> {
  readonly data?: ObjectVisit<unknown, Data>;
  readonly condition?: Condition | undefined;
}

/** A descriptor for each command of a generated map. */
export type CommandVisits<Commands> = {
  readonly [Name in keyof Commands]: CommandVisit<ReturnsOf<Commands[Name]>>;
};

type ArgumentsOf<Types> = Types extends { readonly arguments: infer Arguments } ? Arguments : unknown;

type ReturnsOf<Types> = Types extends { readonly returns: infer Returns } ? Returns : unknown;

/** A descriptor for each event of a generated map. */
export type EventVisits<Events> = { readonly [Name in keyof Events]: EventVisit<Events[Name]> };

/**
 * A whole schema: everything a client or server needs to be typed and exact.
 *
 * @typeParam Commands the generated map from command names to what goes and what comes back
 * @typeParam Events the generated map from event names to their data
 * @typeParam ServedCommands the commands as the end has them that answers: arguments `Exact`, replies `Sent`
 * @typeParam ServedEvents the events as that end sends them
 */
export interface Qapi<Commands, Events, ServedCommands = unknown, ServedEvents = unknown> {
  readonly commands: CommandVisits<Commands>;
  readonly events: EventVisits<Events>;
  /** Never set: it carries the types of the end that answers. */
  readonly served?: { readonly commands: ServedCommands; readonly events: ServedEvents };
}
