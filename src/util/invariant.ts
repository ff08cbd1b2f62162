/**
 * A condition that only a bug of ours can break. What users get wrong is reported as a diagnostic
 * or a typed error, never through this.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}

/** A bug in qapi-ts; the command line asks for a report when one of these escapes. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}
