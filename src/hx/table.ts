import type { SourceFile, Span } from "../diagnostic/source.js";
import type { Condition } from "../util/condition.js";

/** A command table, read and checked. */
export interface HxTable {
  readonly source: SourceFile;
  readonly commands: readonly HxCommand[];
}

export interface HxCommand {
  /** Name and aliases: `help|?` is `["help", "?"]`. */
  readonly names: readonly [string, ...string[]];
  readonly arguments: readonly HxArgument[];
  /** How help shows the arguments. */
  readonly params: string;
  /** One line on what it does; QEMU's hold line ends and tabs. */
  readonly help: string;
  /** Letters; `p`: may run before the machine is made. */
  readonly flags: string;
  /** The C name of the table that the next word is looked up in, and where it stands. */
  readonly subTable: { readonly name: string; readonly span: Span } | undefined;
  /** When it is compiled in; `undefined` for always. */
  readonly condition: Condition | undefined;
  /** Lines of reStructuredText that describe it. */
  readonly prose: readonly string[];
  /** Its entry. */
  readonly span: Span;
  readonly nameSpan: Span;
}

/** The codes of `args_type`; `-` is a flag. */
export type HxArgumentCode = "F" | "B" | "s" | "S" | "O" | "i" | "l" | "M" | "o" | "T" | "b" | "/" | "-";

/** One argument of `args_type`: `parameter:s` has key `parameter` and code `s`. */
export interface HxArgument {
  readonly key: string;
  readonly code: HxArgumentCode;
  /** `?`: may be absent at the end of the line. */
  readonly optional: boolean;
  /** `.`: read only if a `.` stands before it. */
  readonly dotted: boolean;
  /** The letter of a flag: `d` for `-d`. */
  readonly flag: string | undefined;
  /** `-xs`: a word follows the flag. */
  readonly flagValue: boolean;
}
