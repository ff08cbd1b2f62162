/** A value that does not fit its type. The message is what QEMU says in that case. */
export class VisitError extends Error {
  override readonly name = "VisitError";

  /**
   * @param message QEMU's words, without a full stop
   * @param hint what QEMU's monitor prints on the following lines, each ended by a newline
   */
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
