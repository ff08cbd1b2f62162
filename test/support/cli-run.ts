import { Readable, Writable } from "node:stream";
import type { CliContext } from "../../src/cli/context.js";
import { reportFailure } from "../../src/cli/report-failure.js";

/** What a command wrote and how it ended. */
export interface CliOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the command line in this process, without colours. */
export async function runCommand(
  run: (context: CliContext) => Promise<number>,
  {
    stdin = "",
    signal = new AbortController().signal,
    onStderr,
  }: {
    readonly stdin?: string | Uint8Array;
    /** Ends the command, as Ctrl-C does. */
    readonly signal?: AbortSignal;
    /** Is told what there is on stderr so far whenever there is more. */
    readonly onStderr?: (text: string) => void;
  } = {},
): Promise<CliOutcome> {
  const [stdout, stderr] = [new Collector(), new Collector(onStderr)];
  const input = Readable.from([Buffer.from(stdin)]);
  const context = { stdin: input, stdout, stderr, env: {}, color: () => false, signal };
  const status = await run(context).catch((error: unknown) => reportFailure(error, context));
  return { status, stdout: stdout.text, stderr: stderr.text };
}

class Collector extends Writable {
  text = "";

  constructor(private readonly onText: (text: string) => void = () => undefined) {
    super();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    this.onText(this.text);
    done();
  }
}
