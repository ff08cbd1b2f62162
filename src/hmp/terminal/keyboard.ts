import type { Readable } from "node:stream";
import { Transform, type TransformCallback } from "node:stream";

/** A terminal's input, as far as it can be switched to raw mode. */
export type TerminalInput = Readable & { readonly isTTY?: boolean; setRawMode?: (mode: boolean) => unknown };

/** Takes what is typed, in place of the line editor. */
export type KeyTaker = (keys: string) => void;

const searchKey = "\x12";

/**
 * Stands between the terminal and the line editor, so that for a while keys can go elsewhere: to a pager,
 * to a search through the history, to a display that waits for its end.
 */
export class Keyboard extends Transform {
  readonly isTTY = true;
  private taker: KeyTaker | undefined;
  /** Called when Ctrl-R is typed to the line editor. */
  onSearch: () => void = () => undefined;

  constructor(private readonly input: TerminalInput) {
    super({ decodeStrings: false, encoding: "utf8" });
    input.setEncoding("utf8");
    input.pipe(this);
  }

  /** Asked for by the line editor. */
  setRawMode(mode: boolean): void {
    this.input.setRawMode?.(mode);
  }

  /** Sends keys to `taker` until the function that this returns is called. */
  capture(taker: KeyTaker): () => void {
    const outer = this.taker;
    this.taker = taker;
    return () => {
      this.taker = outer;
    };
  }

  /** Resolves with the next keys typed. */
  next(): Promise<string> {
    return new Promise((resolve) => {
      const release = this.capture((keys) => {
        release();
        resolve(keys);
      });
    });
  }

  override _transform(chunk: string | Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const keys = chunk.toString();
    if (this.taker !== undefined) {
      this.taker(keys);
      done();
      return;
    }
    const at = keys.indexOf(searchKey);
    done(null, at < 0 ? keys : keys.slice(0, at));
    if (at >= 0) this.onSearch();
  }
}
