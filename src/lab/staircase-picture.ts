import { escapeHtml } from "../page/escape-html.js";
import type { RunSeries } from "./run-series.js";
import { largest } from "../util/lists.js";

/** What is said of a run beside its line. */
interface Caption {
  readonly run: RunSeries;
  readonly name: string;
  readonly remark: string;
}

const WIDTH = 760;
const HEIGHT = 380;
const plot = { left: 56, right: 740, top: 88, bottom: 330 } as const;

const STYLE = `
text { font: 14px system-ui, sans-serif; fill: #1b1f24; }
.page { fill: #ffffff; }
.title { font-size: 17px; font-weight: 600; }
.soft { fill: #57606a; font-size: 13px; }
.grid { stroke: #d0d7de; stroke-width: 1; }
.line { fill: none; stroke-width: 2.5; }
.run-1 { stroke: #c2410c; } .run-2 { stroke: #0072b2; }
.text-1 { fill: #c2410c; font-weight: 600; } .text-2 { fill: #0072b2; font-weight: 600; }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117; } text { fill: #e6edf3; } .soft { fill: #9ea7b3; } .grid { stroke: #30363d; }
.run-1 { stroke: #ff9e57; } .run-2 { stroke: #56b4e9; }
.text-1 { fill: #ff9e57; } .text-2 { fill: #56b4e9; }
}`;

/** The throttle of two runs over time as an SVG: light or dark as its reader has it,
 * on a ground of its own, since the page around it may be either. */
export function staircasePicture(title: string, captions: readonly [Caption, Caption]): string {
  const end = largest(captions.map(({ run }) => run.figures.totalMs / 1000));
  const x = (time: number): string => (plot.left + (time / end) * (plot.right - plot.left)).toFixed(1);
  const y = (value: number): string => (plot.bottom - (value / 100) * (plot.bottom - plot.top)).toFixed(1);
  const told = captions.map(({ name, remark }) => `${name}: ${remark}`).join(" ");
  const levels = [0, 20, 40, 60, 80, 100].map(
    (level) =>
      `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y(level)}" y2="${y(level)}"/>` +
      `<text class="soft" text-anchor="end" x="${plot.left - 8}" y="${Number(y(level)) + 4}">${level} %</text>`,
  );
  const times = Array.from({ length: Math.floor(end / 10) + 1 }, (_, i) => i * 10).map(
    (time) =>
      `<text class="soft" text-anchor="middle" x="${x(time)}" y="${plot.bottom + 20}">${time} s</text>`,
  );
  const lines = captions.map(({ run, name, remark }, i) => {
    const baseline = 50 + i * 22;
    return [
      `<path class="line run-${i + 1}" d="${staircase(run, x, y)}"/>`,
      `<line class="line run-${i + 1}" x1="${plot.left}" x2="${plot.left + 24}" y1="${baseline - 5}" y2="${baseline - 5}"/>`,
      `<text x="${plot.left + 32}" y="${baseline}"><tspan class="text-${i + 1}">${escapeHtml(name)}</tspan> ${escapeHtml(remark)}</text>`,
    ].join("\n");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title told">
<title id="title">${escapeHtml(title)}</title>
<desc id="told">${escapeHtml(told)}</desc>
<style>${STYLE}
</style>
<rect class="page" width="${WIDTH}" height="${HEIGHT}" rx="8"/>
<text class="title" x="${plot.left}" y="24">${escapeHtml(title)}</text>
${[...levels, ...times, ...lines].join("\n")}
<text class="soft" text-anchor="middle" x="${(plot.left + plot.right) / 2}" y="${HEIGHT - 6}">time since the migration began</text>
</svg>
`;
}

/** Level to the time of each step, then up. */
function staircase(
  { throttle }: RunSeries,
  x: (time: number) => string,
  y: (value: number) => string,
): string {
  const steps = throttle.times.map((time, i) => `H${x(time)}V${y(throttle.values[i] ?? 0)}`);
  return `M${x(0)} ${y(0)}${steps.join("")}`;
}
