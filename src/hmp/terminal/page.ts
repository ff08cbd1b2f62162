import type { Keyboard } from "./keyboard.js";

/** A terminal that text is written to. */
export type TerminalOutput = NodeJS.WritableStream & { readonly rows?: number; readonly columns?: number };

const clearLine = "\r\x1b[K";
const interrupt = "\x03";

/**
 * Writes a text, stopping at each full screen: space goes on by a screen, Enter by a line, `q` and Ctrl-C
 * leave the rest out.
 */
export async function page(text: string, output: TerminalOutput, keyboard: Keyboard): Promise<void> {
  const screen = Math.max(2, (output.rows ?? 24) - 1);
  const rows = wrap(text.replace(/\n$/, ""), output.columns ?? 80);
  let at = 0;
  let step = screen;
  while (at < rows.length) {
    output.write(`${rows.slice(at, at + step).join("\n")}\n`);
    at += step;
    if (at >= rows.length) return;
    output.write("-- more (space, Enter, q) --");
    const key = await keyboard.next();
    output.write(clearLine);
    if (key.startsWith("q") || key.startsWith(interrupt)) return;
    step = key.startsWith("\r") ? 1 : screen;
  }
}

/** A text in rows of a terminal; a tab counts as the eight columns it can fill. */
function wrap(text: string, columns: number): string[] {
  return text
    .replaceAll("\t", "        ")
    .split("\n")
    .flatMap((line) => (line === "" ? [""] : (line.match(new RegExp(`.{1,${columns}}`, "gu")) ?? [line])));
}
