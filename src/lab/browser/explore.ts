/** The script of the interactive page: what the controls say is run and drawn at once. */
import { ScenarioError } from "../../migration/simulator/scenario.js";
import { controls, controlValues, type Control } from "../controls.js";
import { commandOf, exploredRuns } from "../explored-runs.js";
import { presets } from "../presets.js";
import { summaryTable } from "../summary-table.js";
import { drawCharts, type Charts } from "./charts.js";
import { findElement } from "./find-element.js";

const choices = new Map(controls.map(({ name, initial }) => [name, initial]));
let charts: Charts | undefined;
let isDue = false;

/** Sets a control to one of its values, as a preset does. */
const setters = new Map<string, (value: string) => void>();

findElement("controls").append(labelled("Begin with", [presetList()]));
for (const control of controls) {
  const parts = control.shape === "slider" ? slider(control) : [list(control)];
  findElement("controls").append(labelled(control.label, parts));
}
redraw();

function labelled(text: string, parts: readonly HTMLElement[]): HTMLElement {
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = text;
  label.append(name);
  for (const part of parts) label.append(part);
  return label;
}

function presetList(): HTMLElement {
  const select = document.createElement("select");
  select.name = "preset";
  select.append(new Option("the usual guest", ""));
  const shown = new Map([["", controlValues({})]]);
  for (const [name, preset] of presets) {
    const values = controlValues(preset);
    if (values === null) continue;
    shown.set(name, values);
    select.append(new Option(`${name}: ${preset.description}`, name));
  }
  select.addEventListener("input", () => {
    for (const [name, value] of shown.get(select.value) ?? []) setters.get(name)?.(value);
  });
  return select;
}

function slider({ name, values, initial }: Control): HTMLElement[] {
  const output = document.createElement("output");
  const input = document.createElement("input");
  Object.assign(input, { type: "range", name, min: "0", max: String(values.length - 1) });
  const show = (): void => {
    const value = values[Number(input.value)] ?? initial;
    output.textContent = value;
    input.setAttribute("aria-valuetext", value);
    choose(name, value);
  };
  setters.set(name, (value) => {
    input.value = String(values.indexOf(value));
    show();
  });
  setters.get(name)?.(initial);
  input.addEventListener("input", show);
  return [output, input];
}

function list({ name, values, initial }: Control): HTMLElement {
  const select = document.createElement("select");
  select.name = name;
  for (const value of values) select.append(new Option(value, value, value === initial, value === initial));
  select.addEventListener("input", () => {
    choose(name, select.value);
  });
  setters.set(name, (value) => {
    select.value = value;
    choose(name, value);
  });
  return select;
}

function choose(name: string, value: string): void {
  if (choices.get(name) === value) return;
  choices.set(name, value);
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(redraw);
}

function redraw(): void {
  isDue = false;
  const problem = findElement("problem");
  findElement("command").textContent = commandOf(choices);
  try {
    const runs = exploredRuns(choices);
    problem.textContent = "";
    findElement("summary").innerHTML = summaryTable(runs);
    charts?.remove();
    charts = drawCharts(findElement("charts"), runs);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    problem.textContent = error.message;
  }
}
