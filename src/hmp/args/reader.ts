import type { Registers } from "../expression/evaluate.js";
import type { SizeGrammar } from "../../visitor/text/read-size.js";
import type { Cursor } from "../line/cursor.js";
import type { ArgumentSpec, PrintFormat } from "../../visitor/hmp-command.js";

/** What an argument can be, once read: the type follows from its code. */
export type ArgumentValue = string | bigint | number | boolean | PrintFormat | ReadonlyMap<string, string>;

/** A list of options that an `O` argument names by its key. */
interface OptionList {
  /** The option that a first item without `=` gives a value to: `user` in `netdev_add user,id=n`. */
  readonly impliedName?: string;
}

/** What the last format said, taken where the next one is silent. */
export interface RememberedFormat {
  format: string;
  size: number;
}

/** What reading arguments depends on beside the line and the command. */
export interface ArgumentEnvironment {
  readonly registers: Registers;
  /** Option lists that an `O` argument may name by its key. */
  readonly optionLists: ReadonlyMap<string, OptionList>;
  /** What the last `/` argument left behind, for the next one. */
  readonly remembered: RememberedFormat;
  readonly sizeGrammar: SizeGrammar;
}

/** What a reader may need beside its own entry. */
interface ReadContext extends ArgumentEnvironment {
  /** The command as its table names it: `help|?`. Messages begin with it. */
  readonly command: string;
  /** The entries of `args_type` that follow. */
  readonly following: readonly ArgumentSpec[];
}

/**
 * Reads one argument at the cursor and leaves the cursor behind it. Space before it has been skipped.
 * Returns undefined when the argument is not there and need not be.
 *
 * @throws {ArgumentError} with the monitor's words
 */
export type ArgumentReader = (
  cursor: Cursor,
  spec: ArgumentSpec,
  context: ReadContext,
) => ArgumentValue | undefined;
