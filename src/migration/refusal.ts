/**
 * A command that was understood and is refused. The message is what QEMU says, or ours where QEMU has
 * nothing to say.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  /** @param hint what a person is shown on the following lines, each ended by a newline */
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
