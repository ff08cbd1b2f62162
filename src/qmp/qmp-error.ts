import { Refusal } from "../migration/refusal.js";
import { VisitError } from "../visitor/visit-error.js";

/** An error of a class other than the general one, which a client may tell apart by it. */
export class ClassifiedError extends Error {
  override readonly name = "ClassifiedError";

  constructor(
    readonly errorClass: string,
    message: string,
  ) {
    super(message);
  }
}

/** What an error looks like in a reply; undefined for one that is a bug of ours. */
export function describeError(error: unknown): { class: string; desc: string } | undefined {
  if (error instanceof ClassifiedError) return { class: error.errorClass, desc: error.message };
  if (error instanceof Refusal || error instanceof VisitError)
    return { class: "GenericError", desc: error.message };
  return undefined;
}
