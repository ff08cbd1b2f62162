/** The command line: every command, its options, and which module carries it out. */
import { Command, CommanderError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { InternalError } from "../util/invariant.js";
import type { HmpOptions } from "./commands/hmp.js";
import type { IntrospectOptions } from "./commands/introspect.js";
import type { QmpServeOptions } from "./commands/qmp-serve.js";
import type { QmpShellOptions } from "./commands/qmp-shell.js";
import type { AdviseOptions } from "./commands/throttle-advise.js";
import type { ReplayOptions } from "./commands/throttle-replay.js";
import type { ServeOptions } from "./commands/throttle-serve.js";
import type { SimulateCommandOptions } from "./commands/throttle-simulate.js";
import type { ValidateOptions } from "./commands/validate.js";
import type { CliContext } from "./context.js";
import type { GenerateCommandOptions } from "./generate/find-jobs.js";
import { ExitStatus } from "./exit-status.js";
import type { SchemaOptions } from "./report-diagnostics.js";
import {
  append,
  appendList,
  withDefineOptions,
  withMachineOptions,
  withPlanOptions,
  withSchemaOptions,
} from "./options.js";

/**
 * Run one `qapi` command line.
 *
 * @param argv the words after the program's name
 * @returns the exit status; nothing is thrown, whatever goes wrong is told on `stderr`
 */
export async function runProgram(argv: readonly string[], context: CliContext): Promise<ExitStatus> {
  let status: ExitStatus = ExitStatus.ok;
  const program = createProgram(context, async (outcome) => {
    status = await outcome;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitStatus.ok : ExitStatus.usage;
    return reportFailure(error, context);
  }
}

/** The last resort: a failure of the system in one line, anything else as our bug. */
function reportFailure(error: unknown, { stderr, signal }: CliContext): ExitStatus {
  if (signal.aborted) return ExitStatus.interrupted;
  if (error instanceof Error && "syscall" in error) {
    stderr.write(`qapi: ${error.message}\n`);
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

/** Each command's module is loaded only when the command runs: the monitor need not read the compiler. */
function createProgram(
  context: CliContext,
  finish: (outcome: Promise<ExitStatus>) => Promise<void>,
): Command {
  const program = new Command("qapi")
    .description("The QAPI and HMP toolchain: check QEMU schemas, generate TypeScript, run a monitor.")
    .version(packageJson.version)
    .option("--color", "use colours, whatever the output is")
    .option("--no-color", "use no colours (also: NO_COLOR in the environment)")
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .showHelpAfterError("Run it with --help to see what it takes.")
    .exitOverride();

  const command = (parent: Command, usage: string, description: string): Command =>
    parent
      .command(usage)
      .description(description)
      .addOption(new Option("--color").hideHelp())
      .addOption(new Option("--no-color").hideHelp());

  withSchemaOptions(command(program, "check <schema...>", "check QAPI schemas"), "strict").action(
    (schemas: string[], options: SchemaOptions) =>
      finish(import("./commands/check.js").then(({ check }) => check(schemas, options, context))),
  );

  withSchemaOptions(
    command(program, "dump <schema>", "print the checked schema in the format of QEMU's front-end tests"),
    "lenient",
  ).action((schema: string, options: SchemaOptions) =>
    finish(import("./commands/dump.js").then(({ dump }) => dump(schema, options, context))),
  );

  withDefineOptions(
    withSchemaOptions(
      command(
        program,
        "generate [schema]",
        "emit TypeScript for a QAPI schema, or a command table for an .hx file",
      ),
      "lenient",
    ),
  )
    .option("-o, --output <dir>", "folder to write to")
    .option(
      "--emit <products>",
      "types,visitors,validators,commands,events,json-schema,introspect (default: all)",
      appendList,
    )
    .option("--check", "write nothing; list what is missing, differs or is extra, and exit with 100")
    .option("--watch", "generate again whenever the schema or the configuration changes")
    .option("--config <file>", "configuration (default: qapi.config.* here, when no schema is given)")
    .option("--command <name...>", "only these commands, and what they reach", append)
    .option("--event <name...>", "only these events, and what they reach", append)
    .option("--exclude-deprecated", "leave out what is marked deprecated")
    .option("--exclude-unstable", "leave out what is marked unstable")
    .option("--runtime <specifier>", "module that generated code imports", "qapi-ts/visitor")
    .action((schema: string | undefined, options: GenerateCommandOptions) =>
      finish(import("./commands/generate.js").then(({ generate }) => generate(schema, options, context))),
    );

  withDefineOptions(
    withSchemaOptions(
      command(program, "introspect <schema>", "print what query-qmp-schema would return for a schema"),
      "lenient",
    ),
  )
    .option("--unmask", "keep type names instead of numbers")
    .action((schema: string, options: IntrospectOptions) =>
      finish(
        import("./commands/introspect.js").then(({ introspect }) => introspect(schema, options, context)),
      ),
    );

  withSchemaOptions(
    command(
      program,
      "validate <schema> <file...>",
      "hold JSON documents to a type of a schema (- reads stdin)",
    ),
    "lenient",
  )
    .addOption(
      new Option("--type <name>", "the documents are values of this type").conflicts([
        "command",
        "reply",
        "event",
      ]),
    )
    .addOption(
      new Option("--command <name>", "the documents are this command, as sent").conflicts(["reply", "event"]),
    )
    .addOption(new Option("--reply <name>", "the documents are this command's replies").conflicts(["event"]))
    .option("--event <name>", "the documents are this event")
    .option("--tolerant", "let pass what a client of an older schema must: unknown members and values")
    .action((schema: string, files: string[], options: ValidateOptions) =>
      finish(
        import("./commands/validate.js").then(({ validate }) => validate(schema, files, options, context)),
      ),
    );

  withMachineOptions(command(program, "hmp", "sit at a monitor"))
    .option("-c, --command <line>", "run this line and leave (repeatable)", append)
    .option("--connect <address>", "the monitor of a live QEMU, through its QMP socket")
    .option("--schema <file>", "a QEMU's own schema to take parameters and capabilities from")
    .action((options: HmpOptions) =>
      finish(import("./commands/hmp.js").then(({ hmp }) => hmp(options, context))),
    );

  const qmp = command(program, "qmp", "speak QEMU's JSON protocol");

  withMachineOptions(command(qmp, "serve", "stand in for a QEMU: the modelled machine behind a QMP server"))
    .option("--stdio", "one client, on stdin and stdout")
    .option("--socket <path>", "listen on a Unix socket")
    .option("--tcp <host:port>", "listen on TCP")
    .action((options: QmpServeOptions) =>
      finish(import("./commands/qmp-serve.js").then(({ qmpServe }) => qmpServe(options, context))),
    );

  withSchemaOptions(
    command(qmp, "shell <address>", "talk to a live QEMU: unix:PATH, tcp:HOST:PORT or a path"),
    "lenient",
  )
    .option("--schema <file>", "check and complete by this schema, not by what the QEMU says of itself")
    .option("--hmp", "lines are the human monitor's")
    .option("--json", "print one message of JSON a line")
    .action((address: string, options: QmpShellOptions) =>
      finish(import("./commands/qmp-shell.js").then(({ qmpShell }) => qmpShell(address, options, context))),
    );

  const throttle = command(program, "throttle", "see how auto-converge throttles a guest");

  command(throttle, "replay <trace>", "feed a recorded migration's bitmap syncs through the throttle")
    .option("--json", "print JSON")
    .option("--set <name=value>", "a parameter to use instead of the recorded one (repeatable)", append)
    .option("--trace <point>", "print every decision on stderr: migration_throttle")
    .action((trace: string, options: ReplayOptions) =>
      finish(
        import("./commands/throttle-replay.js").then(({ throttleReplay }) =>
          throttleReplay(trace, options, context),
        ),
      ),
    );

  withPlanOptions(command(throttle, "simulate", "run a modelled guest's migration"))
    .option("--compare <name[=value,...]>", "run once for each value (repeatable)", append)
    .option("--sweep <name=value,...>", "run a grid: values, or FROM..TO/STEP (repeatable)", append)
    .option("--trace <point>", "print every decision on stderr: migration_throttle")
    .option("--json", "print JSON")
    .option("--csv", "print the syncs, or a sweep's runs, as CSV")
    .option("--html <file>", "write a page with charts as well")
    .action((options: SimulateCommandOptions) =>
      finish(
        import("./commands/throttle-simulate.js").then(({ throttleSimulate }) =>
          throttleSimulate(options, context),
        ),
      ),
    );

  withPlanOptions(command(throttle, "advise", "say which settings let a migration converge, and why"))
    .option("--downtime-limit <time>", "how long the guest may stand still: 300ms")
    .option("--json", "print JSON")
    .action((options: AdviseOptions) =>
      finish(
        import("./commands/throttle-advise.js").then(({ throttleAdvise }) =>
          throttleAdvise(options, context),
        ),
      ),
    );

  command(throttle, "serve", "open the interactive page on this machine")
    .option("--port <number>", "port to listen on; 0 takes a free one", "8877")
    .action((options: ServeOptions) =>
      finish(
        import("./commands/throttle-serve.js").then(({ throttleServe }) => throttleServe(options, context)),
      ),
    );

  return program;
}
