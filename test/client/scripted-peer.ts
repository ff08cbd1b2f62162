import { PassThrough } from "node:stream";
import { parseJson, writeJson, type JsonObject } from "../../src/json/index.js";
import { connect, type ConnectOptions, type QmpClient, type Stream } from "../../src/client/index.js";

export const greeting =
  '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 7}, "package": ""}, "capabilities": ["oob"]}}\r\n';

/** The other end of a client's streams: it says what a test has it say. */
export class ScriptedPeer {
  private readonly toClient = new PassThrough();
  private readonly fromClient = new PassThrough();
  private readonly requests: AsyncIterator<JsonObject>;
  readonly stream: Stream = { input: this.toClient, output: this.fromClient };

  constructor() {
    this.requests = this.read();
  }

  /** A peer and a client that have negotiated. */
  static async connected(options: ConnectOptions = {}): Promise<{ peer: ScriptedPeer; client: QmpClient }> {
    const peer = new ScriptedPeer();
    const connecting = connect(peer.stream, options);
    peer.say(greeting);
    peer.reply(await peer.next(), {});
    return { peer, client: await connecting };
  }

  /** Sends text or bytes as they are. */
  say(text: string | Uint8Array): void {
    this.toClient.write(text);
  }

  /** Sends a value returned. */
  reply(request: JsonObject, value: unknown): void {
    this.say(`{"return": ${JSON.stringify(value)}, "id": ${idOf(request)}}\r\n`);
  }

  event(name: string, data?: unknown): void {
    const timestamp = { seconds: 1, microseconds: 2 };
    this.say(`${JSON.stringify({ timestamp, event: name, ...(data !== undefined && { data }) })}\r\n`);
  }

  /** The client's next request. */
  async next(): Promise<JsonObject> {
    const { value } = (await this.requests.next()) as { value: JsonObject };
    return value;
  }

  /** Whether the client's stream has ended, after all it has sent was read. */
  async ended(): Promise<boolean> {
    return (await this.requests.next()).done === true;
  }

  /** What the client has sent that nobody has read yet, as text. */
  unread(): string {
    return (this.fromClient.read() as Buffer | null)?.toString() ?? "";
  }

  hangUp(): void {
    this.toClient.end();
  }

  private async *read(): AsyncGenerator<JsonObject, undefined> {
    let text = "";
    for await (const chunk of this.fromClient as AsyncIterable<Buffer>) {
      text += chunk.toString("latin1").replaceAll("\xff", "");
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) yield parseJson(line) as JsonObject;
    }
    return undefined;
  }
}

/** The id that a request is to be answered with, as text. */
export function idOf(request: JsonObject): string {
  return writeJson(request["id"] ?? null);
}
