import { escapeControls } from "../util/escape-controls.js";

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** Stands in no UTF-8 text; a guest agent sends it before the reply to `guest-sync-delimited`. */
const SENTINEL = 0xff;

/** Takes what a {@link MessageFramer} cuts out. */
interface FrameReceiver {
  /** The bytes of one JSON object. */
  frame(bytes: Uint8Array): void;
  /**
   * Bytes that end with a line, and are one JSON object and no more most of the time.
   *
   * @returns false, having done nothing, when they are not
   */
  line(bytes: Uint8Array): boolean;
  /** The byte 0xFF, wherever it came; what was begun before it is forgotten. */
  sentinel(): void;
  /** Something that is no message. Nothing more is cut until a sentinel comes, or a line end where that does. */
  fault(problem: string): void;
}

/**
 * Cuts a stream of bytes into JSON objects by their brackets, so that it does not matter how a message is
 * cut into chunks or laid out over lines. Whether they are JSON is for the reader of the frames to say.
 */
export class MessageFramer {
  /** Earlier chunks' part of the message at hand. */
  private parts: Uint8Array[] = [];
  private size = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private isLost = false;
  /** Parts of a line, no more than looked for its end. */
  private line: Uint8Array[] = [];
  private lineSize = 0;
  /**
   * Set while what comes may be the rest of something that was begun earlier: a line end then ends it, as a
   * sentinel does. Messages must stand on one line each for that.
   */
  isFindingPlace = false;

  /** @param maxBytes a message longer than this is a fault */
  constructor(
    private readonly receiver: FrameReceiver,
    private readonly maxBytes: number,
  ) {}

  feed(chunk: Uint8Array): void {
    const at = this.isPlain(chunk) ? this.feedLines(chunk) : 0;
    if (at < chunk.length) this.scan(chunk, at);
  }

  /** Whether whole lines may be looked for: nothing is under way, or only a line, and no sentinel comes. */
  private isPlain(chunk: Uint8Array): boolean {
    const isBetween = this.depth === 0 && !this.isLost && !this.isFindingPlace;
    if (isBetween && !chunk.includes(SENTINEL)) return true;
    this.giveUpLine();
    return false;
  }

  /**
   * Messages usually stand on one line each. Finding its end and letting the reader see whether it is a message
   * is much faster than counting brackets.
   *
   * @returns how many bytes are done with; the others are to be scanned
   */
  private feedLines(chunk: Uint8Array): number {
    for (let start = 0; ;) {
      const end = chunk.indexOf(LINE_FEED, start) + 1;
      if (end === 0) {
        if (!mayGoOn(chunk, start) || this.lineSize + chunk.length > this.maxBytes) {
          this.giveUpLine();
          return start;
        }
        this.line.push(Buffer.from(chunk.subarray(start)));
        this.lineSize += chunk.length - start;
        return chunk.length;
      }
      const rest = chunk.subarray(start, end);
      const line = this.line.length === 0 ? rest : Buffer.concat([...this.line, rest]);
      if (line.length > this.maxBytes || !this.receiver.line(line)) {
        this.giveUpLine();
        return start;
      }
      this.line = [];
      this.lineSize = 0;
      start = end;
      // The receiver may have asked for another way in the meantime.
      if (start === chunk.length || this.isFindingPlace) return start;
    }
  }

  /** What was taken for a part of a line is scanned after all. */
  private giveUpLine(): void {
    const parts = this.line;
    this.line = [];
    this.lineSize = 0;
    for (const part of parts) this.scan(part, 0);
  }

  private scan(chunk: Uint8Array, from: number): void {
    let start = from;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === SENTINEL) {
        this.reset();
        this.receiver.sentinel();
      } else if (byte === LINE_FEED && this.isFindingPlace) {
        this.reset();
      } else if (this.isLost) {
        continue;
      } else if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inString = false;
        else at = lastOfRun(chunk, at);
      } else if (byte === OPEN_BRACE) {
        if (this.depth++ === 0) start = at;
      } else if (this.depth === 0) {
        if (!isBlank(byte)) this.lose(`unexpected ${preview(chunk.subarray(at))}`);
      } else if (byte === QUOTE) {
        this.inString = true;
      } else if (byte === OPEN_BRACKET) {
        this.depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (--this.depth === 0) this.complete(chunk.subarray(start, at + 1));
      }
    }
    if (this.depth > 0) this.keep(chunk.subarray(start));
  }

  private keep(part: Uint8Array): void {
    // A copy: who sends the chunk may use its memory again.
    this.parts.push(Buffer.from(part));
    this.size += part.length;
    if (this.size > this.maxBytes) this.lose(`a message of more than ${this.maxBytes} bytes`);
  }

  private complete(last: Uint8Array): void {
    const bytes = this.parts.length === 0 ? last : Buffer.concat([...this.parts, last]);
    this.reset();
    this.receiver.frame(bytes);
  }

  private lose(problem: string): void {
    this.reset();
    this.isLost = true;
    this.receiver.fault(problem);
  }

  private reset(): void {
    this.parts = [];
    this.size = 0;
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
    this.isLost = false;
  }
}

/** The least that is worth waiting with for the end of its line. */
const LONG = 1024;

/**
 * What a message's last brace and the beginning of another may stand together as, but for line ends. A single byte is
 * looked for faster, and is often not there.
 */
const boundaries = ["{", " ", "\t", "\r"].map((next) => [next.charCodeAt(0), `}${next}`] as const);

/**
 * Whether the bytes from `start` on are the beginning of a long line in which no message ends, so that none is kept
 * waiting while the line's end is.
 */
function mayGoOn(chunk: Uint8Array, start: number): boolean {
  if (chunk.length - start < LONG || chunk.at(-1) === CLOSE_BRACE) return false;
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset + start, chunk.length - start);
  return boundaries.every(([next, boundary]) => !bytes.includes(next) || !bytes.includes(boundary));
}

/** The last of the bytes from `at` on that mean nothing to a framer within a string. */
function lastOfRun(chunk: Uint8Array, at: number): number {
  for (let next = at + 1; next < chunk.length; next++) {
    const byte = chunk[next];
    if (byte === QUOTE || byte === BACKSLASH || byte === SENTINEL || byte === LINE_FEED) return next - 1;
  }
  return chunk.length - 1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const PREVIEW_LENGTH = 60;

/** The first bytes of what was found, fit to be shown. */
export function preview(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, PREVIEW_LENGTH));
  return escapeControls(JSON.stringify(bytes.length > PREVIEW_LENGTH ? `${text}…` : text));
}
