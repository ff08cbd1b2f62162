import type { Command } from "commander";
import type { CliContext } from "./context.js";
import type { ExitStatus } from "./exit-status.js";

/** A command of the program: how it is called, what it says of itself, and what carries it out. */
export interface CommandEntry {
  /** The words that call it: `throttle simulate`. */
  readonly name: string;
  /** Its arguments as commander has them: `<schema> [file...]`; empty for none. */
  readonly arguments: string;
  readonly description: string;
  /** Adds its options. */
  readonly options: (command: Command) => Command;
  /** Command lines that `--help` shows, without the program's name. */
  readonly examples: readonly string[];
  /** Loads the command's module, which nothing else does, and runs it. */
  readonly run: (context: CliContext, words: readonly unknown[]) => Promise<ExitStatus>;
}

interface Definition<Words extends readonly unknown[]> extends Omit<CommandEntry, "options" | "run"> {
  readonly options?: CommandEntry["options"];
  /** The command itself, loaded when it is called for: it is given the arguments and then the options. */
  readonly load: () => Promise<(...call: [...Words, CliContext]) => Promise<ExitStatus>>;
}

/** An entry of the table; what commander hands over is what its usage and options say, which is not checked again. */
export function commandEntry<Words extends readonly unknown[]>({
  load,
  options = (command) => command,
  ...rest
}: Definition<Words>): CommandEntry {
  return {
    ...rest,
    options,
    run: async (context, words) => {
      const command = await load();
      // eslint-disable-next-line no-restricted-syntax -- as many as its usage has
      return command(...(words as Words), context);
    },
  };
}
