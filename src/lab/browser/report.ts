/** The script of a report: draws the runs that the page holds. */
import type { RunSeries } from "../run-series.js";
import { drawCharts } from "./charts.js";
import { findElement } from "./find-element.js";
import { addTimeSlider } from "./time-slider.js";
import { largest } from "../../util/lists.js";

const runs = JSON.parse(findElement("data").textContent) as RunSeries[];
const root = findElement("charts");
const charts = drawCharts(root, runs);
addTimeSlider(root, largest(runs.map(({ figures }) => figures.totalMs)) / 1000, () => charts);
