/** How those are typed who answer commands in place of a QEMU: by the schema, so that what cannot be sent does not compile. */

/** Values of a schema that the compiler does not know: decoded as the schema says, 64-bit integers as `bigint`. */
type Decoded = Readonly<Record<string, unknown>>;

/** The commands of a schema that was read at run time. */
export type UntypedCommands = Readonly<
  Record<string, { readonly arguments: Decoded; readonly returns: unknown }>
>;

/** The events of a schema that was read at run time. */
export type UntypedEvents = Readonly<Record<string, Decoded | undefined>>;

/**
 * Answers commands in place of a QEMU. A handler takes the decoded arguments and returns what the command
 * returns, or a promise of it; one of a command that returns nothing may return nothing, or `{}`.
 *
 * @typeParam Commands a generated map, as the end has it that answers: `Commands<Exact, Sent>`
 */
export type Handlers<Commands> = {
  readonly [Name in keyof Commands & string]?:
    | ((
        args: ArgumentsOf<Commands[Name]>,
      ) => Answer<ReturnsOf<Commands[Name]>> | (Commands extends Undecided ? Literals : never))
    | undefined;
};

/**
 * Handlers whose replies have nothing in them that the schema does not know. The compiler itself lets functions
 * return more than is asked of them.
 */
export type ClosedHandlers<Commands, Given> = {
  readonly [Name in keyof Given]: Name extends keyof Commands
    ? Given[Name] extends (...args: never[]) => infer Reply
      ? (args: ArgumentsOf<Commands[Name]>) => ClosedReply<Reply, ReturnsOf<Commands[Name]>>
      : Given[Name]
    : never;
};

/** The data that goes with an event: what may be left out need not be given. */
export type EventArguments<Data> = undefined extends Data
  ? [data?: Data]
  : Partial<Data> extends Data
    ? [data?: Data]
    : [data: Data];

/**
 * The compiler looks at the functions in an object before it knows the schema beside them, and what they return
 * has its literals widened unless it seems that some literal is wanted: "running" would become any string. So
 * until it knows the commands, handlers seem to be asked for this.
 */
type Literals = "" | { readonly [name: string]: Literals } | readonly Literals[];

/** What no map of commands is. */
interface Undecided {
  readonly undecided: never;
}

type Answer<Returns> = Reply<Returns> | Promise<Reply<Returns>>;

/** Nothing travels as `{}`. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what `() => {}` returns
type Reply<Returns> = [Returns] extends [undefined] ? void | Readonly<Record<string, never>> : Returns;

type ArgumentsOf<Types> = Types extends { readonly arguments: infer Arguments } ? Arguments : Decoded;

type ReturnsOf<Types> = Types extends { readonly returns: infer Returns } ? Returns : unknown;

type ClosedReply<Given, Returns> = [Returns] extends [undefined]
  ? Given
  : Given extends Promise<infer Settled>
    ? Promise<Closed<Settled, Returns>>
    : Closed<Given, Returns>;

/** What is given, where members that no branch of what is wanted has can be nothing. */
type Closed<Given, Wanted> = unknown extends Wanted
  ? Given
  : Given extends readonly unknown[]
    ? { [Index in keyof Given]: Closed<Given[Index], ElementOf<Wanted>> }
    : Given extends object
      ? {
          [Name in keyof Given]: Name extends NamesIn<Wanted>
            ? Closed<Given[Name], MemberOf<Wanted, Name>>
            : never;
        }
      : Given;

type ElementOf<Wanted> = Wanted extends readonly (infer Element)[] ? Element : never;

type NamesIn<Wanted> = Wanted extends readonly unknown[]
  ? never
  : Wanted extends object
    ? keyof Wanted
    : never;

type MemberOf<Wanted, Name> = Wanted extends object
  ? Name extends keyof Wanted
    ? Wanted[Name]
    : never
  : never;
