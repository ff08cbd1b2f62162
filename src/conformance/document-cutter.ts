const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const HASH = 0x23;
const DASH = 0x2d;
const LESS = 0x3c;
const GREATER = 0x3e;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** A stretch of a log that should be one JSON document, and where it begins. */
export interface CutDocument {
  readonly bytes: Uint8Array;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in code points. */
  readonly column: number;
  /** Who sent it, by the arrow before it: `->` is the client's, `<-` the server's. */
  readonly from: "client" | "server" | undefined;
}

/** A document of a log that is longer than anybody would send. */
export class DocumentTooLongError extends Error {
  override readonly name = "DocumentTooLongError";

  constructor(readonly line: number) {
    super("a message is too long");
  }
}

/** How much of a line is looked at to tell whether a message begins with it, in bytes. */
const HEAD_LENGTH = 200;

/** The members by which messages, and records of them, begin. */
const MESSAGE_START =
  /^(?:->|<-|\{\s*"(?:execute|exec-oob|QMP|return|error|event|time|timestamp|kind|from)"\s*:|\{\s*"id"\s*:\s*(?:"[^"]*"|[^"{}[\],]*),\s*"(?:execute|exec-oob|return|error)"\s*:)/;

/**
 * Cuts a log into JSON documents by their brackets, as the bytes come: one a line, laid out over several lines,
 * one after the other, with arrows before them and comments (`# …`) between them. Anything else that stands
 * between documents is handed over too, up to the end of its line.
 *
 * A document that is broken does not swallow those after it: no string of JSON holds a line end, and a message
 * that begins at the start of a line begins a document, whatever is still open.
 */
export class DocumentCutter {
  private parts: Uint8Array[] = [];
  private size = 0;
  /** Where the document's last line begins in it; 0 on its first line. */
  private lineStart = 0;
  /** The beginning of that line; undefined once it is plain that no message begins there. */
  private head: string | undefined;
  private state: "between" | "comment" | "junk" | "document" = "between";
  private depth = 0;
  private inString = false;
  private escaped = false;
  private line = 1;
  private column = 1;
  /** Bytes of an arrow that is not whole yet. */
  private arrow = 0;
  private from: CutDocument["from"];
  private start = { line: 1, column: 1 };

  /** @param maxBytes a longer document ends the reading */
  constructor(
    private readonly receive: (document: CutDocument) => void,
    private readonly maxBytes: number,
  ) {}

  /** @throws {DocumentTooLongError} */
  feed(chunk: Uint8Array): void {
    let from = this.isKeeping ? 0 : -1;
    let next = 0;
    for (const byte of chunk) {
      const at = next++;
      if (this.state === "between") this.between(byte);
      if (this.state === "between") {
        this.advance(byte);
        continue;
      }
      if (from === -1 && this.isKeeping) {
        from = at;
        // The first half of what looked like an arrow.
        if (this.arrow !== 0) this.keep(Uint8Array.of(this.arrow));
        this.arrow = 0;
      }
      if (byte === LINE_FEED && this.endsAtLineEnd()) {
        if (this.isKeeping) this.keep(chunk.subarray(from, at));
        this.finish();
        this.advance(byte);
        from = -1;
      } else if (byte === LINE_FEED && this.state === "document" && this.beginsMessage()) {
        this.keep(chunk.subarray(from, at + 1));
        this.splitAtLine();
        from = this.isKeeping ? at + 1 : -1;
      } else {
        const isWhole = this.state === "document" && this.within(byte, at - from + this.size);
        this.advance(byte);
        if (!isWhole) continue;
        this.keep(chunk.subarray(from, at + 1));
        this.finish();
        from = -1;
      }
    }
    if (this.isKeeping && from !== -1) this.keep(chunk.subarray(from));
  }

  /** The log has ended: what is open is handed over as it is. */
  end(): void {
    if (this.state === "document" && this.beginsMessage()) this.splitAtLine();
    if (this.state === "between" && this.arrow !== 0) {
      this.keep(Uint8Array.of(this.arrow));
      this.start = { line: this.line, column: this.column - 1 };
      this.state = "junk";
    }
    this.finish();
  }

  private get isKeeping(): boolean {
    return this.state === "junk" || this.state === "document";
  }

  private between(byte: number): void {
    if (this.isByteOrderMark(byte)) {
      // It takes no column.
      if (byte === 0xef) this.column = 0;
    } else if (this.arrow === DASH && byte === GREATER) {
      this.from = "client";
      this.arrow = 0;
    } else if (this.arrow === LESS && byte === DASH) {
      this.from = "server";
      this.arrow = 0;
    } else if (this.arrow !== 0) {
      this.start = { line: this.line, column: this.column - 1 };
      this.state = "junk";
    } else if (byte === DASH || byte === LESS) {
      this.arrow = byte;
    } else if (byte === HASH) {
      this.state = "comment";
    } else if (!isBlank(byte)) {
      this.state = byte === OPEN_BRACE || byte === OPEN_BRACKET ? "document" : "junk";
      this.start = { line: this.line, column: this.column };
    }
  }

  private isByteOrderMark(byte: number): boolean {
    return this.line === 1 && this.column === 1 && (byte === 0xef || byte === 0xbb || byte === 0xbf);
  }

  /** @returns whether the document is whole with this byte */
  private within(byte: number, at: number): boolean {
    if (byte === LINE_FEED) {
      this.lineStart = at + 1;
      this.head = "";
    } else if (this.head !== undefined) {
      this.lookAtHead(byte);
    }
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) this.inString = false;
    } else if (byte === QUOTE) {
      this.inString = true;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.depth++;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      return --this.depth === 0;
    }
    return false;
  }

  private lookAtHead(byte: number): void {
    const head = this.head ?? "";
    const mayBegin = head !== "" || byte === OPEN_BRACE || byte === DASH || byte === LESS;
    if (!mayBegin) this.head = undefined;
    else if (head.length < HEAD_LENGTH) this.head = head + String.fromCharCode(byte);
  }

  private endsAtLineEnd(): boolean {
    return this.state !== "document" || this.inString;
  }

  /** Whether the line that ends here is a message of its own, though a document before it is still open. */
  private beginsMessage(): boolean {
    return this.lineStart > 0 && this.head !== undefined && MESSAGE_START.test(this.head);
  }

  /** Hands over the document up to its last line, and reads that anew. */
  private splitAtLine(): void {
    const whole = Buffer.concat(this.parts);
    const rest = whole.subarray(this.lineStart);
    const { line } = this;
    this.parts = [whole.subarray(0, this.lineStart)];
    this.finish();
    this.line = line;
    this.column = 1;
    this.feed(rest);
  }

  private keep(part: Uint8Array): void {
    this.size += part.length;
    if (this.size > this.maxBytes) throw new DocumentTooLongError(this.start.line);
    // A copy: who hands over the chunk may use its memory again.
    this.parts.push(Buffer.from(part));
  }

  private finish(): void {
    if (this.isKeeping) {
      const bytes = Buffer.concat(this.parts);
      this.receive({ bytes, ...this.start, from: this.from });
    }
    if (this.state !== "comment") this.from = undefined;
    this.parts = [];
    this.size = 0;
    this.lineStart = 0;
    this.head = undefined;
    this.state = "between";
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
    this.arrow = 0;
  }

  private advance(byte: number): void {
    if (byte === LINE_FEED) {
      this.line++;
      this.column = 1;
    } else if ((byte & 0xc0) !== 0x80) {
      this.column++;
    }
  }
}

/** White space, or the byte by which a client of a guest agent clears the line. */
function isBlank(byte: number): boolean {
  return byte === 0xff || byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}
