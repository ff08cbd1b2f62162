import { ExitStatus } from "./exit-status.js";

/** What ends a command: a sentence to tell, which is empty where all has been told, and the status to end with. */
export class CommandFailure extends Error {
  override readonly name: string = "CommandFailure";

  constructor(
    message = "",
    readonly status: ExitStatus = ExitStatus.failed,
  ) {
    super(message);
  }
}

/** A command line that does not say what to do, or asks for what cannot be. */
export class UsageError extends CommandFailure {
  override readonly name = "UsageError";

  constructor(message: string) {
    super(message, ExitStatus.usage);
  }
}
