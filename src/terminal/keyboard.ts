import { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** A terminal's input, as far as it can be switched to raw mode. */
export type TerminalInput = Readable & { readonly isTTY?: boolean; setRawMode?: (mode: boolean) => unknown };

/** Takes one key, in place of the line editor. */
type KeyTaker = (key: string) => void;

export const Key = {
  interrupt: "\x03",
  bell: "\x07",
  backspace: "\b",
  lineFeed: "\n",
  enter: "\r",
  search: "\x12",
  delete: "\x7f",
} as const;

/** A control sequence, a key with Alt, two characters that are one line end, or a single character. */
// eslint-disable-next-line no-control-regex -- keys send control characters
const KEYS = /\x1b(?:\[[0-9;?]*[@-~]|O[@-~]|\[?[^\x1b])?|\r\n|[^]/gu;

/**
 * Stands between the terminal and the line editor. Keys are handed on one at a time, however they come: a
 * pasted text is many keys, a line typed ahead of the prompt may have tabs in it. While a line is being
 * answered the keys wait, so that what comes of each line stands below it; only Ctrl-C does not. For a while
 * keys can go elsewhere: to a pager, to a search through the history, to a display that waits for its end.
 */
export class Keyboard extends Readable {
  readonly isTTY = true;
  private readonly decoder = new StringDecoder("utf8");
  private waiting: string[] = [];
  private taker: KeyTaker | undefined;
  private isPausedByEditor = true;
  private isHeld = false;
  private readonly end = new AbortController();
  /** Aborted when the terminal is gone. */
  readonly gone: AbortSignal = this.end.signal;
  /** Called when Ctrl-R is typed to the line editor. */
  onSearch: () => void = () => undefined;
  /** Called when Ctrl-C is typed while a line is being answered; what was typed ahead is forgotten. */
  onInterrupt: () => void = () => undefined;

  constructor(private readonly input: TerminalInput) {
    super();
    input.on("data", this.receive).on("end", this.finish).on("close", this.finish);
    input.on("error", this.finish);
  }

  /** Whether more has been typed than was asked for. */
  get isTypedAhead(): boolean {
    return this.waiting.length > 0;
  }

  /** Asked for by the line editor. */
  setRawMode(mode: boolean): void {
    this.input.setRawMode?.(mode);
  }

  override pause(): this {
    this.isPausedByEditor = true;
    return this;
  }

  override resume(): this {
    this.isPausedByEditor = false;
    // The line editor goes on with what it paused for after it has resumed.
    setImmediate(this.handOn);
    return this;
  }

  /** Keeps keys from the line editor until {@link release}. */
  hold(): void {
    this.isHeld = true;
  }

  release(): void {
    this.isHeld = false;
    setImmediate(this.handOn);
  }

  /** Sends keys to `taker` until the function that this returns is called. */
  capture(taker: KeyTaker): () => void {
    const outer = this.taker;
    this.taker = taker;
    return () => {
      this.taker = outer;
      setImmediate(this.handOn);
    };
  }

  /** Resolves with the next key, or with none when there will be no more. */
  next(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const end = (key?: string): void => {
        release();
        this.gone.removeEventListener("abort", none);
        resolve(key);
      };
      const none = (): void => {
        end();
      };
      const release = this.capture(end);
      this.gone.addEventListener("abort", none);
      if (this.gone.aborted && !this.isTypedAhead) end();
      else this.handOn();
    });
  }

  /** Puts a key back, to be the next. */
  unread(key: string): void {
    this.waiting.unshift(key);
  }

  /** Leaves the terminal's input alone. */
  detach(): void {
    this.input.off("data", this.receive).off("end", this.finish).off("close", this.finish);
    this.input.pause();
  }

  override _read(): void {
    // Keys are handed on as they come.
  }

  private readonly receive = (chunk: string | Buffer): void => {
    const text = typeof chunk === "string" ? chunk : this.decoder.write(chunk);
    for (const [key] of text.matchAll(KEYS)) {
      if (key === Key.interrupt && this.isHeld && this.taker === undefined) {
        this.waiting = [];
        this.onInterrupt();
      } else {
        this.waiting.push(key === "\r\n" ? Key.enter : key);
      }
    }
    this.handOn();
  };

  private readonly finish = (): void => {
    this.end.abort();
    this.handOn();
  };

  private readonly handOn = (): void => {
    let at = 0;
    for (;;) {
      const key = this.waiting[at];
      if (key === undefined) break;
      if (this.taker !== undefined) {
        at++;
        this.taker(key);
      } else if (this.isHeld || this.isPausedByEditor) {
        break;
      } else {
        at++;
        if (key === Key.search) this.onSearch();
        // At once and not by way of the stream's buffer: whether it ends a line must be known before the next.
        else this.emit("data", key);
      }
    }
    if (at > 0) this.waiting = this.waiting.slice(at);
    if (this.gone.aborted && !this.isTypedAhead && !this.isHeld) this.emit("end");
  };
}
