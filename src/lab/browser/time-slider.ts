import type { Charts } from "./charts.js";

/** A slider that moves the charts' read-out, for keyboards and screen readers. */
export function addTimeSlider(
  before: HTMLElement,
  endSeconds: number,
  charts: () => Charts,
): HTMLInputElement {
  const label = document.createElement("label");
  label.className = "time-slider";
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: "0", max: "1000", value: "0" });
  const output = document.createElement("output");
  const show = (): void => {
    const time = (Number(slider.value) / 1000) * endSeconds;
    output.textContent = `${time.toFixed(1)} s`;
    slider.setAttribute("aria-valuetext", `${time.toFixed(1)} seconds`);
    charts().read(time);
  };
  slider.addEventListener("input", show);
  label.append("Read all at ", slider, " ", output);
  before.before(label);
  return slider;
}
