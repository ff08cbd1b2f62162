import type { JsonObject, JsonValue } from "../json/value.js";
import { writeJson } from "../json/write.js";
import type { QmpEvent, WaitOptions } from "./types.js";

/** A command ready to be sent. */
export interface Request {
  readonly command: string;
  readonly arguments: JsonObject;
  /** Sent past the queue, to be run out of band. */
  readonly isOob?: boolean;
  /** Set for a command that answers only when it fails. */
  readonly hasNoReply?: boolean;
}

/**
 * A command as it goes over the wire.
 *
 * @throws {RangeError} when it nests deeper than QEMU reads
 */
export function writeRequest(request: Request, id?: number): string {
  const message: JsonObject = { [request.isOob === true ? "exec-oob" : "execute"]: request.command };
  if (Object.keys(request.arguments).length > 0) message["arguments"] = request.arguments;
  if (id !== undefined) message["id"] = BigInt(id);
  return writeJson(message, "qmp");
}

/** Who hears of a session. */
export interface SessionReceiver {
  event(event: QmpEvent): void;
  /** It has ended; called once, with what ended it unless it was closed on purpose. */
  closed(error: Error | undefined): void;
}

/** One connection, ready for commands. */
export interface Session {
  /** What QEMU said of itself; a guest agent says nothing. */
  readonly greeting: JsonObject | undefined;
  /** Whether commands may be run out of band. */
  readonly hasOob: boolean;
  /** Whether replies are awaited. */
  readonly isBusy: boolean;
  /**
   * Sends a command when its turn comes.
   *
   * @returns what it returned
   * @throws {QmpError} when it was refused
   * @throws {QmpTimeoutError} when its time was up; it may have run all the same
   * @throws {QmpConnectionError} when the connection ended first
   */
  execute(request: Request, options: WaitOptions): Promise<JsonValue>;
  /** Stops or goes on reading; see the events' backpressure. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}
