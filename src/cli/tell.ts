import { escapeControls } from "../util/escape-controls.js";
import type { CliContext } from "./context.js";

/** Says on stderr what is wrong, each line as the program's, without control characters. */
export function tell(message: string, { stderr }: Pick<CliContext, "stderr">): void {
  stderr.write(`${escapeControls(message).replace(/^/gm, "qapi: ")}\n`);
}
