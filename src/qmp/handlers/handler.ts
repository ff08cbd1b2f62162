import type { Commands } from "../../../generated/qapi/index.js";
import type { Exact } from "../../visitor/forms.js";
import type { Machine } from "../../migration/machine.js";

/** What a command acts on, whichever monitor it came through. */
export interface CommandContext {
  readonly machine: Machine;
  /** Takes what QEMU reports beside the outcome, as it words it; where that goes is up to the monitor. */
  readonly report: (text: string) => void;
}

/** The machine behind a command and the QMP connection it came over. */
export interface QmpContext extends CommandContext {
  /** Commands this connection may use, by name. */
  readonly commandNames: readonly string[];
  /** Turns on the capabilities asked for and opens the connection for commands. */
  negotiate(enabled: readonly string[]): void;
  /** Runs a line of the human monitor and returns what it prints. */
  runMonitorLine(line: string): string;
  /** Whether the human monitor has the command that a line asks for. */
  knowsMonitorLine(line: string): boolean;
  /** Does something once this command has been answered. */
  afterAnswer(action: () => void): void;
  /** Ends the emulator once this command has been answered. */
  quit(): void;
}

/** Commands as a server has them: arguments decoded strictly, return values with nothing unknown in them. */
type ServedCommands = Commands<Exact, Exact>;

type CommandName = keyof ServedCommands;

/** Runs a command whose arguments were decoded; throws a Refusal when it is refused. */
export type Handler<Name extends CommandName, Context extends CommandContext = CommandContext> = (
  context: Context,
  args: ServedCommands[Name]["arguments"],
) => ServedCommands[Name]["returns"];

/** Handlers by the commands that they run. */
export type Handlers<Context extends CommandContext = CommandContext> = {
  readonly [Name in CommandName]?: Handler<Name, Context>;
};
