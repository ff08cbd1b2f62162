import type { Readable, Writable } from "node:stream";
import {
  createConnection,
  ErrorCodes,
  Event,
  Message,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type Connection,
  type MessageStrategy,
  type ResponseMessage,
} from "vscode-languageserver/node";

type Refusal = NonNullable<ResponseMessage["error"]>;

/** A connection to a client of a language server. */
interface LanguageConnection {
  readonly connection: Connection;
  /** Waits until all that the client has sent is answered. */
  readonly answered: () => Promise<void>;
}

/** So many turns of the event loop without a message mean that there is none left. */
const QUIET_TURNS = 20;

/**
 * Connects a language server to a client. It holds the client to the protocol's order: before `initialize`
 * and after `shutdown`, requests are refused. What is no message is answered with what is wrong.
 */
export function connectLanguage(input: Readable, output: Writable): LanguageConnection {
  const reader = new LastingReader(input);
  const writer = new AnswerWriter(output);
  let state: "new" | "ready" | "shut down" = "new";
  let handled = 0;
  reader.onError(({ message }) => {
    refuse(null, { code: ErrorCodes.ParseError, message });
  });
  const messageStrategy: MessageStrategy = {
    handleMessage: (message, next) => {
      handled++;
      // Its end would cut off what is still being written.
      if (Message.isNotification(message) && message.method === "exit")
        return writer.drained().then(() => next(message));
      if (!Message.isRequest(message)) return next(message);
      const refusal = refusalOf(message.method);
      if (refusal !== undefined) {
        refuse(message.id, refusal);
        return undefined;
      }
      writer.unanswered.add(message.id);
      return next(message);
    },
  };
  const connection = createConnection(ProposedFeatures.all, reader, writer, { messageStrategy });
  return { connection, answered };

  async function answered(): Promise<void> {
    for (let [quiet, last] = [0, handled]; quiet < QUIET_TURNS; last = handled) {
      await nextTurn();
      quiet = last === handled && writer.isIdle ? quiet + 1 : 0;
    }
  }

  function refuse(id: ResponseMessage["id"], error: Refusal): void {
    const response: ResponseMessage = { jsonrpc: "2.0", id, error };
    // Who is gone needs no answer.
    writer.write(response).catch(() => undefined);
  }

  function refusalOf(method: string): Refusal | undefined {
    if (state === "new" && method !== "initialize")
      return { code: ErrorCodes.ServerNotInitialized, message: "the first request is 'initialize'" };
    if (state === "shut down")
      return { code: ErrorCodes.InvalidRequest, message: "the server has been shut down" };
    if (state === "ready" && method === "initialize")
      return { code: ErrorCodes.InvalidRequest, message: "the server is initialized already" };
    state = method === "shutdown" ? "shut down" : "ready";
    return undefined;
  }
}

/**
 * Does not say that its input has ended: a connection that is told takes back all answers to what it was sent
 * before. Who reads the input knows.
 */
class LastingReader extends StreamMessageReader {
  override get onClose(): Event<void> {
    return Event.None;
  }
}

/** Keeps account of the requests that have no answer yet, and of what is being written. */
class AnswerWriter extends StreamMessageWriter {
  readonly unanswered = new Set<ResponseMessage["id"]>();
  private writing = 0;

  get isIdle(): boolean {
    return this.unanswered.size === 0 && this.writing === 0;
  }

  /** Waits until every request has its answer, and the client has it. */
  async drained(): Promise<void> {
    while (!this.isIdle) await nextTurn();
  }

  override async write(message: Message): Promise<void> {
    this.writing++;
    try {
      await super.write(message);
    } finally {
      this.writing--;
      if (Message.isResponse(message)) this.unanswered.delete(message.id);
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((proceed) => setImmediate(proceed));
}
