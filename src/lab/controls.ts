import { profileNames } from "../migration/profile/release.js";
import type { ScenarioDocument } from "./scenario-document.js";

/** Something that the interactive page lets one choose; its values are as the command line takes them. */
export interface Control {
  /** An option of `qapi throttle simulate`, without its dashes, or a migration parameter. */
  readonly name: string;
  readonly label: string;
  readonly kind: "option" | "parameter";
  /** Shown as a slider from the first to the last, or as a list to choose from. */
  readonly shape: "slider" | "list";
  readonly values: readonly string[];
  readonly initial: string;
}

const sizes = ["256M", "384M", "512M", "768M"].concat(
  ["G", "T"].flatMap((unit) =>
    [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768]
      .filter((size) => unit === "G" || size <= 4)
      .map((size) => `${size}${unit}`),
  ),
);
const rates = [1, 2, 5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 250, 300, 350, 400, 450, 512, 600, 700, 800]
  .map((rate) => `${rate}M`)
  .concat(["1G", "1.25G", "1.5G", "2G", "2.5G", "3G", "4G", "5G", "6G", "8G", "12G", "16G", "24G", "32G"]);

/** What can be chosen, in the order of the page. */
export const controls: readonly Control[] = [
  slider("option", "ram", "Memory", sizes, "1G"),
  slider("option", "working-set", "Working set", sizes, "768M"),
  slider("option", "dirty-rate", "Dirty rate at full speed", rates, "512M"),
  {
    name: "pattern",
    label: "Writes",
    kind: "option",
    shape: "list",
    values: ["uniform", "hot:10%:90%", "hot:25%:75%", "sweep"],
    initial: "uniform",
  },
  slider(
    "option",
    "bandwidth",
    "Bandwidth",
    ["100", "250", "500"]
      .map((rate) => `${rate}Mbit`)
      .concat(
        [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 20, 25, 40, 50, 100, 200, 400].map((rate) => `${rate}Gbit`),
      ),
    "1Gbit",
  ),
  slider(
    "parameter",
    "downtime-limit",
    "Downtime limit in ms",
    ["10", "20", "50", "100", "200", "300", "500", "1000", "2000", "5000", "10000"],
    "300",
  ),
  slider("parameter", "throttle-trigger-threshold", "Threshold in %", range(1, 100), "50"),
  slider("parameter", "cpu-throttle-initial", "Initial throttle in %", range(1, 99), "20"),
  slider("parameter", "cpu-throttle-increment", "Increment in %", range(1, 99), "10"),
  slider("parameter", "max-cpu-throttle", "Highest throttle in %", range(1, 99), "99"),
  {
    name: "profile",
    label: "QEMU",
    kind: "option",
    shape: "list",
    values: profileNames,
    initial: profileNames[0],
  },
  {
    name: "share",
    label: "CPU left by the throttle",
    kind: "option",
    shape: "list",
    values: ["ideal", "recorded"],
    initial: "ideal",
  },
];

function slider(
  kind: Control["kind"],
  name: string,
  label: string,
  values: readonly string[],
  initial: string,
): Control {
  return { name, label, kind, shape: "slider", values, initial };
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
}

/** The values that a preset gives the controls; null if it says what they cannot. */
export function controlValues({
  guest = {},
  link = {},
  parameters = {},
}: ScenarioDocument): ReadonlyMap<string, string> | null {
  const given = new Map(
    Object.entries({ ...guest, ...link, ...parameters }).map(([name, value]) => [name, String(value)]),
  );
  const isShown = [...given].every(([name, value]) =>
    controls.some((control) => control.name === name && control.values.includes(value)),
  );
  if (!isShown) return null;
  return new Map(controls.map(({ name, initial }) => [name, given.get(name) ?? initial]));
}
