/** An error that QEMU replied with. The message is QEMU's own description. */
export class QmpError extends Error {
  override readonly name = "QmpError";
  /** QEMU's error class: mostly `GenericError`; the set is open. */
  readonly class: string;

  constructor(
    message: string,
    errorClass: string,
    readonly command: string,
    /** The id that the command was sent with; undefined to a guest agent, which gets none. */
    readonly id: number | undefined,
  ) {
    super(message);
    this.class = errorClass;
  }
}

/** What may be guessed where somebody listens but does not greet. */
export const LIKELY_TAKEN =
  "the socket is likely taken: QEMU serves one client at a time (a guest agent does not greet at all)";

/** Something did not happen in the time it was given. */
export class QmpTimeoutError extends Error {
  override readonly name = "QmpTimeoutError";

  constructor(
    /** What was waited for: `query-status`, `the greeting`. */
    readonly what: string,
    /** The time given, in ms. */
    readonly timeout: number,
    /** Why that may be, where it can be guessed. */
    readonly hint?: string,
  ) {
    super([`no answer within ${timeout} ms: ${what}`, ...(hint === undefined ? [] : [hint])].join("; "));
  }
}

/**
 * There is no connection (any more). A command that was under way has this error too; nothing is sent
 * again by itself, since it may have run.
 */
export class QmpConnectionError extends Error {
  override readonly name = "QmpConnectionError";

  /**
   * @param command the command that it ended, if it did
   * @param wasSent whether that command had been sent, so that it may have run
   */
  constructor(
    message: string,
    readonly command?: string,
    readonly wasSent = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What came from the peer is no QMP. It ends the connection. */
export class QmpProtocolError extends Error {
  override readonly name = "QmpProtocolError";
}

/** The end of a connection, by this error unless on purpose, as it is told of a command that it ended. */
export function lostConnection(
  cause: Error | undefined,
  command?: string,
  wasSent?: boolean,
): QmpConnectionError {
  const why = cause?.message ?? "the connection was closed";
  const message = command === undefined ? why : `${command}: ${why}`;
  return new QmpConnectionError(message, command, wasSent, { cause });
}

/** The same as it is told of the connection itself; a fault of the protocol is told as such. */
export function endError(error: Error | undefined): Error {
  const isOurs = error instanceof QmpConnectionError || error instanceof QmpProtocolError;
  return isOurs ? error : lostConnection(error);
}

/** A value does not fit the schema: arguments before they were sent, or what came back. */
export class QmpSchemaError extends Error {
  override readonly name = "QmpSchemaError";

  constructor(
    readonly kind: "arguments" | "return" | "event",
    /** The command or event. */
    readonly subject: string,
    message: string,
    /** What came, as it was read; undefined for arguments. */
    readonly value?: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An iterator of events fell so far behind that it had to be let go; the connection goes on. */
export class QmpOverflowError extends Error {
  override readonly name = "QmpOverflowError";
}
