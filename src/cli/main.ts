/** The `qapi` executable: hands the process to the program and turns its outcome into an exit status. */
import type { CliContext, OutputStream } from "./context.js";
import { ExitStatus } from "./exit-status.js";
import { readPlainLine } from "./plain-line.js";

/** How long a command has to end by itself once it was asked to. */
const GRACE_MS = 500;

/** How shells count a process that a signal ended. */
const statuses = {
  SIGINT: ExitStatus.interrupted,
  SIGTERM: ExitStatus.terminated,
  SIGHUP: ExitStatus.terminated,
} as const;

let interrupt: AbortController | undefined;
let interruptedBy: keyof typeof statuses | undefined;

/**
 * Aborted by Ctrl-C, SIGTERM and SIGHUP. Only a command that asks for it takes signals over: one that has nothing
 * to clean up, and computes for seconds, is ended by the system.
 */
function interruptSignal(): AbortSignal {
  if (interrupt !== undefined) return interrupt.signal;
  const controller = (interrupt = new AbortController());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      const status = statuses[signal];
      // A second signal means it.
      if (controller.signal.aborted) process.exit(status);
      interruptedBy = signal;
      controller.abort();
      setTimeout(() => process.exit(status), GRACE_MS).unref();
    });
  }
  return controller.signal;
}

const guarded = new Set<NodeJS.WriteStream>();

/** A stream of the process, which is opened when it is asked for: a reader that leaves early (`qapi … | head`) ends the run quietly. */
function guard(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (guarded.has(stream)) return stream;
  guarded.add(stream);
  return stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(ExitStatus.ok);
    if (stream !== process.stderr) process.stderr.write(`qapi: cannot write to stdout: ${error.message}\n`);
    process.exit(ExitStatus.failed);
  });
}

const argv = process.argv.slice(2);

const context: CliContext = {
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return guard(process.stdout);
  },
  get stderr() {
    return guard(process.stderr);
  },
  env: process.env,
  color: (stream: OutputStream) => {
    if (argv.includes("--no-color")) return false;
    if (argv.includes("--color")) return true;
    return stream.isTTY === true && (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb";
  },
  get signal() {
    return interruptSignal();
  },
};

async function run(): Promise<ExitStatus> {
  const plain = readPlainLine(argv);
  if (plain === undefined) return (await import("./program.js")).runProgram(argv, context);
  try {
    return await plain.entry.run(context, plain.words);
  } catch (error) {
    return (await import("./report-failure.js")).reportFailure(error, context);
  }
}

// The status is set, not exited with: what is still on its way to a pipe is written first.
void run().then((status) => {
  process.exitCode =
    status === ExitStatus.interrupted && interruptedBy !== undefined ? statuses[interruptedBy] : status;
});
