/** The command line: every command, its options, and which module carries it out. */
import { Command, CommanderError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import type { CommandEntry } from "./command-entry.js";
import { findEntry, type PlainUsage } from "./plain-line.js";
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
  const named = findEntry(argv);
  // All of them for any other line, help included.
  const entries = named === undefined ? commandTable : [named];
  const program = createProgram(context, entries, async (entry, words) => {
    status = await entry.run(context, words);
  });
  try {
    const words = named === undefined ? argv : settleLists(argv, named.options(new Command()).options);
    await program.parseAsync([...words], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitStatus.ok : ExitStatus.usage;
    return (await import("./report-failure.js")).reportFailure(error, context);
  }
}

/** What commander makes of each command's line without options, by the command's name: for `readPlainLine`. */
export function plainUsages(): Readonly<Record<string, PlainUsage>> {
  const usages = commandTable.map((entry) => {
    const command = entry.options(new Command().command(usageOf(entry)));
    const { registeredArguments: takes } = command;
    const usage: PlainUsage = {
      least: takes.filter(({ required }) => required).length,
      most: takes.length,
      isList: takes.at(-1)?.variadic ?? false,
      options: command.opts(),
    };
    return [entry.name, usage] as const;
  });
  return Object.fromEntries(usages);
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
    const group = words.length > 1 ? words[0] : undefined;
    entry
      .options(addCommand(groupOf(group), usageOf(entry), entry.description))
      .addHelpText("after", examplesOf(entry))
      .action((...call: unknown[]) => finish(entry, call.slice(0, -1)));
  }
  return program;
}

/** The last word that calls a command, and its arguments, as commander takes them. */
function usageOf({ name, arguments: words }: CommandEntry): string {
  return `${name.split(" ").at(-1) ?? ""} ${words}`.trimEnd();
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
