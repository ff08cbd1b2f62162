import { gridSize, type Axis } from "./axis.js";
import { heatMaps, type GridResult } from "./heat-map.js";
import { escapeHtml } from "../page/escape-html.js";
import { pageFrame } from "../page/page-frame.js";
import { setupSection, type Setup } from "./setup-section.js";
import { ScenarioError } from "../migration/simulator/scenario.js";

interface SweepPage {
  readonly title: string;
  readonly setup: Setup;
  readonly axes: readonly Axis[];
  readonly results: readonly GridResult[];
  /** The build of `browser/lab.css`. */
  readonly style: string;
}

/** So many cells a page may have, and so many maps of each kind. */
const MOST_CELLS = 10_000;
const MOST_MAPS = 36;

/**
 * Whether a sweep fits on a page.
 *
 * @throws ScenarioError if it does not
 */
export function checkSweepPage(axes: readonly Axis[]): void {
  const cells = gridSize(axes);
  if (cells > MOST_CELLS)
    throw new ScenarioError(`${cells} runs are too many for a page; ${MOST_CELLS} are the most`);
  const maps = gridSize(axes.slice(2));
  if (maps > MOST_MAPS) {
    throw new ScenarioError(
      `${maps} maps are too many for a page; ${MOST_MAPS} are the most: put the longest --sweep first`,
    );
  }
}

/** A page with heat maps of a sweep. It needs no script. */
export function sweepPage({ title, setup, axes, results, style }: SweepPage): string {
  const completed = results.filter(({ figures }) => figures.status === "completed").length;
  const body = `<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${results.length} runs of a model of QEMU's pre-copy migration, made by <code>qapi throttle simulate</code>;
${completed} completed. Point at a cell to read it.</p>
${heatMaps(axes, results)}
${setupSection(setup)}
</main>`;
  return pageFrame({ title, body, script: "", style });
}
