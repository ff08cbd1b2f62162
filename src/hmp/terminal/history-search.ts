import type { Keyboard } from "./keyboard.js";

/** How a search ended: with which line, and whether it is to be run at once. */
export interface SearchResult {
  readonly line: string;
  readonly submit: boolean;
}

const clearLine = "\r\x1b[K";

/**
 * Searches the history while a word is typed, the latest line that contains it first; Ctrl-R goes on to
 * earlier ones. Enter runs the line found, any other control key leaves it to be edited. Undefined when
 * Ctrl-C or Ctrl-G gives up.
 *
 * @param history the latest line first
 */
export function searchHistory(
  history: readonly string[],
  output: NodeJS.WritableStream,
  keyboard: Keyboard,
): Promise<SearchResult | undefined> {
  let query = "";
  let found = "";
  let skip = 0;

  const show = (): void => {
    const matches = history.filter((line) => query !== "" && line.includes(query));
    skip = Math.min(skip, Math.max(0, matches.length - 1));
    found = matches[skip] ?? "";
    output.write(`${clearLine}(search)'${query}': ${found}`);
  };
  show();

  return new Promise((resolve) => {
    const release = keyboard.capture((keys) => {
      const end = (result: SearchResult | undefined): void => {
        output.write(clearLine);
        release();
        resolve(result);
      };
      if (keys === "\x03" || keys === "\x07") {
        end(undefined);
      } else if (keys === "\r" || keys === "\n") {
        end({ line: found, submit: true });
      } else if (keys === "\x12") {
        skip++;
        show();
      } else if (keys === "\x7f" || keys === "\b") {
        query = query.slice(0, -1);
        show();
      } else if (keys < " ") {
        end({ line: found, submit: false });
      } else {
        query += keys;
        skip = 0;
        show();
      }
    });
  });
}
