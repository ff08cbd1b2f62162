/*! Charts: uPlot, https://github.com/leeoniya/uPlot, Copyright (c) 2025 Leon Sorokin, MIT License */
import uPlot from "uplot";
import { chartKinds, type ChartKind } from "../chart-kinds.js";
import { valueAt, type Curve, type RunSeries } from "../run-series.js";
import { largest } from "../../util/lists.js";

/** Charts that have been drawn. */
export interface Charts {
  /** Shows what all charts tell of a time in s; null shows nothing. */
  readonly read: (time: number | null) => void;
  readonly remove: () => void;
}

const HEIGHT = 220;
const COLORS = 8;
const dash = [6, 4];
/** Steps between the ticks of an axis of bytes. */
const byteSteps = Array.from({ length: 60 }, (_, exponent) => 2 ** exponent);

/** A line of a chart: a run's curve, or its limit. */
interface Line {
  readonly label: string;
  readonly color: number;
  readonly width: number;
  readonly isLimit: boolean;
  readonly curve: Curve;
}

/** Draws every chart of the runs into `root`, with a legend, on a common axis of time and with a common read-out. */
export function drawCharts(root: HTMLElement, runs: readonly RunSeries[]): Charts {
  const end = largest(
    runs.map(({ figures }) => figures.totalMs / 1000),
    0.001,
  );
  addLegend(root, runs);
  const plots = chartKinds.map((kind) => drawChart(root, kind, runs, end));
  const resize = new ResizeObserver(() => {
    for (const { plot, frame } of plots) plot.setSize({ width: widthOf(frame), height: HEIGHT });
  });
  resize.observe(root);
  const redraw = (): void => {
    for (const { plot } of plots) plot.redraw(false, true);
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", redraw);
  const print = (isPrinting: boolean) => (): void => {
    document.documentElement.classList.toggle("printing", isPrinting);
    redraw();
  };
  const [startPrint, endPrint] = [print(true), print(false)];
  addEventListener("beforeprint", startPrint);
  addEventListener("afterprint", endPrint);
  return {
    read: (time) => {
      for (const { plot } of plots) {
        plot.setCursor(time === null ? { left: -10, top: -10 } : { left: plot.valToPos(time, "x"), top: 0 });
      }
    },
    remove: () => {
      resize.disconnect();
      dark.removeEventListener("change", redraw);
      removeEventListener("beforeprint", startPrint);
      removeEventListener("afterprint", endPrint);
      for (const { plot } of plots) plot.destroy();
      root.replaceChildren();
    },
  };
}

function drawChart(
  root: HTMLElement,
  kind: ChartKind,
  runs: readonly RunSeries[],
  end: number,
): { plot: uPlot; frame: HTMLElement } {
  const lines = linesOf(kind, runs);
  const figure = add(root, "figure", { id: kind.id });
  const caption = add(figure, "figcaption");
  add(caption, "h2").textContent = kind.title;
  add(caption, "p").textContent = kind.hint;
  const frame = add(figure, "div", { class: "plot", role: "img", "aria-label": describe(kind, lines) });
  const readOut = addReadOut(figure, kind, runs);

  const times = [...new Set(lines.flatMap(({ curve }) => curve.times))].sort((a, b) => a - b);
  const data: uPlot.AlignedData = [times, ...lines.map(({ curve }) => sample(curve, times, kind))];
  const options: uPlot.Options = {
    width: widthOf(frame),
    height: HEIGHT,
    legend: { show: false },
    cursor: {
      sync: { key: "lab", scales: ["x", null] },
      y: false,
      drag: { x: false, y: false },
      // A point would mark the nearest sample, not what the read-out tells.
      points: { show: false },
    },
    scales: {
      x: { time: false, range: [0, end] },
      y: {
        range: (_plot, _low, high) => (kind.id === "throttle" ? [0, 100] : [0, high > 0 ? high * 1.05 : 1]),
      },
    },
    axes: [
      { ...axisColors(), values: (_plot, ticks) => ticks.map((tick) => `${tick} s`) },
      {
        ...axisColors(),
        size: 90,
        ...(kind.isBytes && { incrs: byteSteps }),
        values: (_plot, ticks) => ticks.map(kind.format),
      },
    ],
    series: [{}, ...lines.map((line) => seriesOptions(line, kind))],
    hooks: {
      setCursor: [
        (plot) => {
          const { left = -1 } = plot.cursor;
          readOut(left < 0 ? null : Math.min(end, plot.posToVal(left, "x")));
        },
      ],
    },
  };
  return { plot: new uPlot(options, data, frame), frame };
}

function linesOf({ curve, limit }: ChartKind, runs: readonly RunSeries[]): Line[] {
  return runs.flatMap((run, i): Line[] => {
    const color = (i % COLORS) + 1;
    // Earlier lines are wider, so that one that lies under another can still be seen.
    const width = Math.min(6, 2 + 1.5 * (runs.length - 1 - i));
    const line = { label: run.label, color, width, isLimit: false, curve: curve(run) };
    if (limit === undefined) return [line];
    const label = `${run.label}, ${limit.name}`;
    return [line, { label, color, width, isLimit: true, curve: limit.curve(run) }];
  });
}

function seriesOptions({ label, color, width, isLimit }: Line, { shape }: ChartKind): uPlot.Series {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    label,
    stroke: () => cssColor(`--run-${color}`),
    width: isLimit ? width * 0.75 : width,
    ...(isLimit && { dash: dash }),
    ...(shape === "stepped" && stepped !== undefined && { paths: stepped }),
    points: { show: false },
  };
}

/** The values of a curve at many rising times. */
function sample({ times, values }: Curve, at: readonly number[], { shape }: ChartKind): (number | null)[] {
  let next = 0;
  return at.map((time) => {
    while ((times[next] ?? Infinity) <= time) next++;
    const [from, to] = [times[next - 1], times[next]];
    const [low, high] = [values[next - 1], values[next]];
    if (from === undefined || low === undefined) return null;
    if (from === time) return low;
    if (to === undefined || high === undefined) return null;
    return shape === "stepped" ? low : low + ((high - low) * (time - from)) / (to - from);
  });
}

/** Which colour is which run's, for all charts. */
function addLegend(root: HTMLElement, runs: readonly RunSeries[]): void {
  const list = add(root, "ul", { class: "legend" });
  runs.forEach(({ label }, i) => {
    const item = add(list, "li");
    addSwatch(item, i);
    add(item, "span").textContent = label;
  });
}

function addSwatch(parent: HTMLElement, run: number): void {
  add(parent, "span", { class: `swatch run-${(run % COLORS) + 1}`, "aria-hidden": "true" });
}

/** A list that tells each run's value at a time, and its limit there; the colour says whose it is. */
function addReadOut(
  figure: HTMLElement,
  { shape, format, curve, limit }: ChartKind,
  runs: readonly RunSeries[],
): (time: number | null) => void {
  const list = add(figure, "ul", { class: "readings" });
  const outputs = runs.map(({ label }, i) => {
    const item = add(list, "li", { title: label });
    addSwatch(item, i);
    return add(item, "output", { "aria-label": label });
  });
  return (time) => {
    outputs.forEach((output, i) => {
      const run = runs[i];
      if (run === undefined) return;
      const value = time === null ? null : valueAt(curve(run), time, shape);
      const bound = time === null || limit === undefined ? null : valueAt(limit.curve(run), time, shape);
      const told = value === null ? "" : format(value);
      output.textContent = bound === null ? told : `${told} (${limit?.name ?? ""} ${format(bound)})`;
    });
  };
}

/** The chart in words: where each line ends and how high it goes. */
function describe({ title, format }: ChartKind, lines: readonly Line[]): string {
  const told = lines
    .filter(({ curve }) => curve.values.length > 0)
    .map(({ label, curve }) => {
      const last = curve.values.at(-1) ?? 0;
      return `${label}: at most ${format(largest(curve.values))}, ${format(last)} at the end`;
    });
  return `${title} over time. ${told.join("; ")}.`;
}

function axisColors(): Pick<uPlot.Axis, "stroke" | "grid" | "ticks" | "font"> {
  const grid = { stroke: () => cssColor("--grid"), width: 1 };
  return { stroke: () => cssColor("--soft"), grid, ticks: grid, font: "12px system-ui, sans-serif" };
}

function cssColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function widthOf(frame: HTMLElement): number {
  return Math.max(200, frame.clientWidth);
}

function add<Name extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}
