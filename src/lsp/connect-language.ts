import type { Readable, Writable } from "node:stream";
import {
  createConnection,
  ErrorCodes,
  Message,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type Connection,
  type MessageStrategy,
  type ResponseMessage,
} from "vscode-languageserver/node";

type Refusal = NonNullable<ResponseMessage["error"]>;

/**
 * A connection to a client of a language server. It holds the client to the protocol's order: before
 * `initialize` and after `shutdown`, requests are refused. What is no message is answered with what is wrong.
 */
export function connectLanguage(input: Readable, output: Writable): Connection {
  const reader = new StreamMessageReader(input);
  const writer = new StreamMessageWriter(output);
  reader.onError(({ message }) => {
    refuse(null, { code: ErrorCodes.ParseError, message });
  });
  const messageStrategy: MessageStrategy = {
    handleMessage: (message, next) => {
      const refusal = Message.isRequest(message) ? refusalOf(message.method) : undefined;
      if (refusal === undefined || !Message.isRequest(message)) return next(message);
      refuse(message.id, refusal);
      return undefined;
    },
  };
  let state: "new" | "ready" | "shut down" = "new";
  return createConnection(ProposedFeatures.all, reader, writer, { messageStrategy });

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
