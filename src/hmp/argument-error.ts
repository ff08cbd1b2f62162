/**
 * A line that cannot be read as its command wants it. The message is what the monitor prints; the
 * `Try "help …"` line follows it.
 */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";

  /** What ends the message. */
  readonly lineEnd: string;

  constructor(message: string, options: { readonly lineEnd?: string } = {}) {
    super(message);
    this.lineEnd = options.lineEnd ?? "\n";
  }
}
