import { cutToColumns } from "../util/columns.js";
import { Key, type Keyboard } from "./keyboard.js";
import { CLEAR_LINE, screenSize, type TerminalOutput } from "./screen.js";

/** How a search ended: with which line, and by which key, which is then the line editor's. */
interface SearchResult {
  readonly line: string;
  readonly key: string;
}

/**
 * Searches the history while a word is typed, the latest line that contains it first; Ctrl-R goes on to
 * earlier ones. Any other control key takes the line found, as Enter does to run it. Undefined when Ctrl-C or
 * Ctrl-G gives up.
 *
 * @param history the latest line first
 */
export function searchHistory(
  history: readonly string[],
  output: TerminalOutput,
  keyboard: Keyboard,
): Promise<SearchResult | undefined> {
  let query = "";
  let found = "";
  let skip = 0;

  const show = (): void => {
    const matches = history.filter((line) => query !== "" && line.includes(query));
    skip = Math.min(skip, Math.max(0, matches.length - 1));
    found = matches[skip] ?? "";
    const { columns } = screenSize(output);
    output.write(CLEAR_LINE + cutToColumns(`(search)'${query}': ${found}`, columns - 1));
  };
  show();

  return new Promise((resolve) => {
    const release = keyboard.capture((key) => {
      const end = (result: SearchResult | undefined): void => {
        output.write(CLEAR_LINE);
        release();
        resolve(result);
      };
      if (key === Key.interrupt || key === Key.bell) {
        end(undefined);
      } else if (key === Key.search) {
        skip++;
        show();
      } else if (key === Key.delete || key === Key.backspace) {
        query = query.replace(/.$/su, "");
        show();
      } else if (/^\p{Cc}/u.test(key)) {
        end({ line: found, key });
      } else {
        query += key;
        skip = 0;
        show();
      }
    });
  });
}
