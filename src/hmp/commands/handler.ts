import type { HmpCommandsArguments, HmpCommandsInfoArguments } from "../../../generated/hmp/index.js";
import type { CommandContext } from "../../qmp/handlers/handler.js";
import type { HmpCommand } from "../../visitor/hmp-command.js";

/** What a monitor command acts on and prints to. */
export interface MonitorContext extends CommandContext {
  /** Prints text as it is; lines end in `\n`. */
  readonly print: (text: string) => void;
  /** The monitor's commands. */
  readonly table: readonly HmpCommand[];
  /** Lines entered before, the oldest first, when there is someone to enter them. */
  readonly history: readonly string[];
  /** Whether a command may keep the next line waiting. */
  readonly canWait: boolean;
  /** Ends the emulator. */
  readonly quit: () => void;
}

/** Every command's arguments, by the names of the tables from the outermost down. */
export type HmpArguments = HmpCommandsArguments & {
  readonly [Name in keyof HmpCommandsInfoArguments as `info ${Name}`]: HmpCommandsInfoArguments[Name];
};

/** Runs a command whose arguments were read; an error it throws is printed. */
export type HmpHandler<Name extends keyof HmpArguments> = (
  context: MonitorContext,
  args: HmpArguments[Name],
) => void | Promise<void>;

/** Handlers by the commands that they run. */
export type HmpHandlers = { readonly [Name in keyof HmpArguments]?: HmpHandler<Name> };
