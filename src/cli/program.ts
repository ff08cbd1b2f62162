/** The command line: every command, its options, and which module carries it out. */
import { Command, CommanderError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { InternalError } from "../util/invariant.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import type { CommandEntry } from "./command-entry.js";
import { UnreadableFileError } from "./read-file.js";
import { describeSystemError } from "./system-error.js";
import { StdinTakenError } from "./take-stdin.js";
import { settleLists } from "./settle-lists.js";
import { commandGroups, commandTable } from "./command-table.js";

/**
 * Run one `qapi` command line.
 *
 * @param argv the words after the program's name
 * @returns the exit status; nothing is thrown, whatever goes wrong is told on `stderr`
 */
export async function runProgram(argv: readonly string[], context: CliContext): Promise<ExitStatus> {
  let status: ExitStatus = ExitStatus.ok;
  const entries = entriesFor(argv);
  const program = createProgram(context, entries, async (entry, words) => {
    status = await entry.run(context, words);
  });
  try {
    const [only] = entries.length === 1 ? entries : [];
    const words = only === undefined ? argv : settleLists(argv, only.options(new Command()).options);
    await program.parseAsync([...words], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitStatus.ok : ExitStatus.usage;
    return reportFailure(error, context);
  }
}

/** The last resort: a failure of the system in one line, anything else as our bug. */
function reportFailure(error: unknown, context: CliContext): ExitStatus {
  const { stderr } = context;
  if (context.signal.aborted) return ExitStatus.interrupted;
  if (error instanceof StdinTakenError) {
    stderr.write(`qapi: ${error.message}\n`);
    return ExitStatus.usage;
  }
  const told = error instanceof UnreadableFileError ? error.message : describeSystemError(error);
  if (told !== undefined) {
    stderr.write(`qapi: ${told}\n`);
    return ExitStatus.failed;
  }
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const what =
    error instanceof InternalError ? "broke one of its own rules" : "met an error it did not expect";
  stderr.write(
    `qapi ${packageJson.version} ${what}. This is a bug in qapi, not in your input.\n` +
      `Please report it with the command line, the input if you can share it, and this:\n${shown}\n`,
  );
  return ExitStatus.failed;
}

/** The one command that a plain line names; all of them for any other line, help included. */
function entriesFor(argv: readonly string[]): readonly CommandEntry[] {
  const named = commandTable.find(({ name }) => {
    const words = name.split(" ");
    return words.every((word, i) => argv[i] === word);
  });
  return named === undefined ? commandTable : [named];
}

type Finish = (entry: CommandEntry, words: readonly unknown[]) => Promise<void>;

function createProgram(context: CliContext, entries: readonly CommandEntry[], finish: Finish): Command {
  const program = new Command("qapi")
    .description("The QAPI and HMP toolchain: check QEMU schemas, generate TypeScript, run a monitor.")
    .version(packageJson.version)
    .option("--color", "use colours, whatever the output is")
    .option("--no-color", "use no colours (also: NO_COLOR in the environment)")
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, write) => {
        write(text.replace(/^error: /, "qapi: "));
      },
    })
    .showHelpAfterError("Run it with --help to see what it takes.")
    .exitOverride();
  const groups = new Map<string, Command>();
  const groupOf = (name: string | undefined): Command => {
    if (name === undefined) return program;
    const group = groups.get(name) ?? addCommand(program, name, commandGroups.get(name) ?? "");
    groups.set(name, group);
    return group;
  };
  for (const entry of entries) {
    const words = entry.name.split(" ");
    const name = `${words.pop() ?? ""} ${entry.arguments}`.trimEnd();
    entry
      .options(addCommand(groupOf(words[0]), name, entry.description))
      .addHelpText("after", examplesOf(entry))
      .action((...call: unknown[]) => finish(entry, call.slice(0, -1)));
  }
  return program;
}

/** A command below another, with the options that all have. */
function addCommand(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .addOption(new Option("--color").hideHelp())
    .addOption(new Option("--no-color").hideHelp());
}

function examplesOf({ examples }: CommandEntry): string {
  return `\nExamples:\n${examples.map((line) => `  $ qapi ${line}`).join("\n")}`;
}
