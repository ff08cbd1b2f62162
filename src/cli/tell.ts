import type { CliContext } from "./context.js";

/** Says on stderr what is wrong, each line as the program's. */
export function tell(message: string, { stderr }: Pick<CliContext, "stderr">): void {
  stderr.write(`${message.replace(/^/gm, "qapi: ")}\n`);
}
