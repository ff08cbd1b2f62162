import { cutToColumns, textRows } from "../util/columns.js";
import { Key, type Keyboard } from "./keyboard.js";
import { CLEAR_LINE, screenSize, type TerminalOutput } from "./screen.js";

/**
 * Writes a text, stopping at each full screen: space goes on by a screen, Enter by a line, `q` and Ctrl-C
 * leave the rest out. Where somebody has typed ahead, nobody is there to be asked.
 */
export async function page(text: string, output: TerminalOutput, keyboard: Keyboard): Promise<void> {
  const { columns } = screenSize(output);
  const rows = text
    .replace(/\n$/, "")
    .split("\n")
    .flatMap((line) => textRows(expandTabs(line), columns));
  if (keyboard.isTypedAhead || rows.length < screenSize(output).rows) {
    output.write(text);
    return;
  }
  let at = 0;
  let step = Infinity;
  while (at < rows.length) {
    const screen = Math.max(1, screenSize(output).rows - 1);
    step = Math.min(step, screen);
    output.write(`${rows.slice(at, at + step).join("\n")}\n`);
    at += step;
    if (at >= rows.length) return;
    output.write(cutToColumns("-- more (space, Enter, q) --", screenSize(output).columns - 1));
    const key = await keyboard.next();
    output.write(CLEAR_LINE);
    if (key === undefined || key === "q" || key === Key.interrupt) return;
    step = key === Key.enter || key === Key.lineFeed ? 1 : Infinity;
  }
}

/** A tab goes to the next multiple of eight columns. */
function expandTabs(line: string): string {
  if (!line.includes("\t")) return line;
  return line.split("\t").reduce((before, part) => `${before}${" ".repeat(8 - (before.length % 8))}${part}`);
}
