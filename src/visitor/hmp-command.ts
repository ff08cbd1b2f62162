/** The monitor's command tables as data: what `schema/*.hx` says, and what is generated from such a file holds. */
import type { Condition } from "../util/condition.js";

/** The argument codes of an `args_type` string; `-` is a flag. */
export type ArgumentCode = "F" | "B" | "s" | "S" | "O" | "i" | "l" | "M" | "o" | "T" | "b" | "/" | "-";

/** One entry of `args_type`: `parameter:s` is `{ key: "parameter", code: "s" }`. */
export interface ArgumentSpec {
  readonly key: string;
  readonly code: ArgumentCode;
  /** `?`: absent when the line ends before it. */
  readonly optional?: boolean;
  /** `.`: present only when a literal `.` comes first. */
  readonly dotted?: boolean;
  /** The letter of a flag: `-d` has `d`. */
  readonly flag?: string;
  /** `-xs`: the flag carries a word. */
  readonly flagValue?: boolean;
}

/** A command of the monitor, or a sub-command such as those of `info`. */
export interface HmpCommand {
  /** The name and its aliases: `help|?` is `["help", "?"]`. */
  readonly names: readonly string[];
  readonly arguments: readonly ArgumentSpec[];
  /** How help shows the arguments. */
  readonly params: string;
  /** One line on what it does. */
  readonly help: string;
  /** Letters; `p`: may run before the machine is made. */
  readonly flags: string;
  readonly subTable?: readonly HmpCommand[];
  /** An `#if` around the entry, in terms of preprocessor symbols. */
  readonly condition?: Condition;
}

/** The value of an argument with the code `/`: `/4xb` is four bytes in hexadecimal. */
export interface PrintFormat {
  /** How many items. */
  readonly count: number;
  /** `o d u x c` for the radix or a character, `i` for instructions. */
  readonly format: string;
  /** Bytes per item: 1, 2, 4, 8, or -1 for instructions whose size was not given. */
  readonly size: number;
}
