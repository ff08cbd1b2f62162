import { Readable, Writable } from "node:stream";
import type { CliContext } from "../../src/cli/context.js";

/** What a command wrote and how it ended. */
export interface CliOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the command line in this process, without colours. */
export async function runCommand(
  run: (context: CliContext) => Promise<number>,
  { stdin = "" }: { readonly stdin?: string | Uint8Array } = {},
): Promise<CliOutcome> {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const status = await run({
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    env: {},
    color: () => false,
    signal: new AbortController().signal,
  });
  return { status, stdout: stdout.text, stderr: stderr.text };
}

class Collector extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}
