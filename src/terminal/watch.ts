import { setTimeout } from "node:timers/promises";
import type { Keyboard } from "./keyboard.js";
import { migrationLines, type MigrationFigures } from "./migration-lines.js";
import { screenSize, type TerminalOutput } from "./screen.js";

const REFRESH_MS = 250;
const ENTER = "\x1b[?1049h\x1b[?25l";
const LEAVE = "\x1b[?25h\x1b[?1049l";

/**
 * Shows how a migration goes until it ends, or a key or the signal says that it is enough. Meanwhile it has
 * the terminal's other screen to itself, so that no change of size can garble what stands above; how it stood
 * last is left behind. Where somebody has typed ahead it is shown once.
 */
export async function watchMigration(
  figures: () => MigrationFigures | Promise<MigrationFigures>,
  output: TerminalOutput,
  keyboard: Keyboard,
  signal: AbortSignal,
): Promise<void> {
  let last = await figures();
  if (last.isRunning && !keyboard.isTypedAhead) {
    const enough = new AbortController();
    const release = keyboard.capture(() => {
      enough.abort();
    });
    const either = AbortSignal.any([enough.signal, signal, keyboard.gone]);
    const draw = (): void => {
      const { rows, columns } = screenSize(output);
      const lines = migrationLines(last, columns).slice(0, rows);
      output.write(`\x1b[H${lines.map((line) => `${line}\x1b[K`).join("\r\n")}\x1b[J`);
    };
    output.write(ENTER);
    output.on("resize", draw);
    try {
      draw();
      while (last.isRunning && (await isTimeLeft(either))) {
        last = await figures();
        draw();
      }
    } finally {
      output.off("resize", draw);
      output.write(LEAVE);
      release();
    }
  }
  output.write(`${migrationLines(last, screenSize(output).columns).join("\n")}\n`);
}

/** Waits until the picture is to be drawn anew; false when there is enough of it before that. */
async function isTimeLeft(enough: AbortSignal): Promise<boolean> {
  await setTimeout(REFRESH_MS, undefined, { signal: enough }).catch(() => undefined);
  return !enough.aborted;
}
