import { Conversation } from "../conformance/conversation.js";
import { type LogProblem, subjectOf } from "../conformance/check-log.js";
import type { Side } from "../conformance/read-log.js";
import type { SchemaChecker } from "../conformance/schema-checker.js";
import { writeJson, type JsonValue } from "../json/index.js";
import { MessageReader } from "../qmp/wire/message-reader.js";
import { WireError } from "../qmp/wire/parser.js";

/** Stands in no UTF-8 text; a guest agent and its clients send it to begin anew. */
const SENTINEL = 0xff;

/** Takes what an {@link Inspector} reads. */
export interface InspectionReceiver {
  /** A message is whole, which nobody has judged yet. Returns its number in the record, from 1. */
  message(from: Side, message: JsonValue): number;
  /** The number that the next message will have. */
  nextNumber(): number;
  /** Something does not conform. */
  problem(problem: LogProblem, text: string): void;
}

/** Reads along with one connection and holds what goes by to a schema. It delays and changes nothing. */
export class Inspector {
  private readonly conversation: Conversation;
  private readonly sides: Readonly<Record<Side, SideReader>>;
  /** Whether a client has told QEMU to end, or QEMU has said that it does. */
  mayHaveEnded = false;

  constructor(
    private readonly checker: SchemaChecker,
    private readonly receiver: InspectionReceiver,
  ) {
    this.conversation = new Conversation(checker);
    const reader = (from: Side) =>
      new SideReader((read, isFirstFault) => {
        if (read instanceof WireError) this.fault(from, read, isFirstFault);
        else this.judge(from, read);
      });
    this.sides = { client: reader("client"), server: reader("server") };
  }

  feed(from: Side, chunk: Uint8Array): void {
    this.sides[from].feed(chunk);
  }

  /** A side sends nothing any more. */
  end(from: Side): void {
    if (!this.sides[from].isWithinMessage) return;
    this.tell(from, "is cut off: the connection ended within it", "half a message");
  }

  private judge(from: Side, message: JsonValue): void {
    const line = this.receiver.message(from, message);
    const judged = this.conversation.judge(message, from);
    const { name, problems } = judged;
    if (name === "quit" || name === "SHUTDOWN") this.mayHaveEnded = true;
    if (problems.length === 0) return;
    const text = writeJson(message);
    for (const problem of problems) {
      const subject = subjectOf(this.checker.schema, judged, message, problem.pointer);
      this.receiver.problem({ ...problem, ...subject, line, column: 1 }, text);
    }
  }

  /** QEMU answers each fault with an error; people are told of the first in a row. */
  private fault(from: Side, error: WireError, isFirst: boolean): void {
    if (from === "client") this.conversation.unreadable("", "client");
    if (isFirst) this.tell(from, `is not JSON: ${error.message}`, "something that is no JSON");
  }

  private tell(from: Side, message: string, text: string): void {
    const line = this.receiver.nextNumber();
    this.receiver.problem({ pointer: "", message, kind: "syntax", from, line, column: 1, path: "" }, text);
  }
}

/** One direction's bytes, read as QEMU reads them. */
class SideReader {
  private reader = this.create();
  private hasFault = false;

  constructor(private readonly receive: (read: JsonValue | WireError, isFirstFault: boolean) => void) {}

  get isWithinMessage(): boolean {
    return this.reader.pendingBytes > 0;
  }

  feed(chunk: Uint8Array): void {
    let start = 0;
    for (let at = chunk.indexOf(SENTINEL); at !== -1; at = chunk.indexOf(SENTINEL, start)) {
      this.reader.feed(chunk.subarray(start, at));
      this.reader = this.create();
      start = at + 1;
    }
    if (start < chunk.length) this.reader.feed(chunk.subarray(start));
  }

  private create(): MessageReader {
    return new MessageReader((read) => {
      const isFault = read instanceof WireError;
      const isFirst = isFault && !this.hasFault;
      this.hasFault = isFault;
      this.receive(read, isFirst);
    });
  }
}
