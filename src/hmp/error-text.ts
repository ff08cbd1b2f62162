import { Refusal } from "../migration/refusal.js";
import { VisitError } from "../visitor/visit-error.js";

/**
 * What the monitor prints of a command's error: `Error: ` and the message, then a hint's lines (QEMU
 * `hmp_handle_error`). Undefined for an error that is a bug of ours.
 */
export function errorText(error: unknown): string | undefined {
  if (!(error instanceof Refusal || error instanceof VisitError)) return undefined;
  return `Error: ${error.message}\n${error.hint ?? ""}`;
}
