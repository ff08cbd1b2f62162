import type { OutputStream } from "../context.js";

interface ProgressBar {
  readonly show: (done: number) => void;
  /** Takes the bar off the screen. */
  readonly clear: () => void;
}

const WIDTH = 40;
/** Redrawn at most this often, in ms. */
const REDRAW_MS = 50;

/**
 * A bar on a terminal, nothing elsewhere:
 *
 *     [##########..............................]  25 %  2500 of 10000
 */
export function progressBar(stream: OutputStream, total: number): ProgressBar {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let drawnMs = -Infinity;
  return {
    show: (done) => {
      if (performance.now() - drawnMs < REDRAW_MS) return;
      drawnMs = performance.now();
      const filled = Math.floor((done / total) * WIDTH);
      const percent = String(Math.floor((done / total) * 100)).padStart(3);
      stream.write(
        `\r[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${percent} %  ${done} of ${total}`,
      );
    },
    clear: () => {
      stream.write("\r\x1b[K");
    },
  };
}
