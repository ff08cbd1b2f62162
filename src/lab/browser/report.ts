/** The script of a report: draws the runs that the page holds. */
import type { RunSeries } from "../run-series.js";
import { drawCharts } from "./charts.js";
import { findElement } from "./find-element.js";
import { largest } from "../../util/lists.js";

const runs = JSON.parse(findElement("data").textContent) as RunSeries[];
const root = findElement("charts");
const charts = drawCharts(root, runs);
addTimeSlider(largest(runs.map(({ figures }) => figures.totalMs)) / 1000);

/** A slider that moves the charts' read-out, for keyboards and screen readers. */
function addTimeSlider(endSeconds: number): void {
  const label = document.createElement("label");
  label.className = "time-slider";
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: "0", max: "1000", value: "0" });
  const output = document.createElement("output");
  slider.addEventListener("input", () => {
    const time = (Number(slider.value) / 1000) * endSeconds;
    output.textContent = `${time.toFixed(1)} s`;
    slider.setAttribute("aria-valuetext", `${time.toFixed(1)} seconds`);
    charts.read(time);
  });
  label.append("Read all at ", slider, " ", output);
  root.before(label);
}
