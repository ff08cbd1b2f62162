import type { JsonObject, JsonValue } from "../../json/index.js";
import type { Advice, Trial } from "../../lab/advise.js";
import { formatTime } from "../../lab/quantities.js";
import { cpuShareLost } from "../../lab/run-figures.js";
import { textTable } from "./text-table.js";

/** `{reasons, unthrottled, asSet, choices: [{merit, settings, …}], tried, converged}` */
export function adviceToJson({ reasons, unthrottled, asSet, choices, tried, converged }: Advice): JsonValue {
  return {
    reasons: [...reasons],
    unthrottled: trialToJson(unthrottled),
    asSet: trialToJson(asSet),
    choices: choices.map((choice) => ({
      merit: choice.merit,
      settings: Object.fromEntries(
        choice.label.split(" ").map((text): [string, string] => {
          const [name = "", value = ""] = text.split("=");
          return [name, value];
        }),
      ),
      ...trialToJson(choice),
    })),
    tried: BigInt(tried),
    converged: BigInt(converged),
  };
}

function trialToJson({ figures }: Trial): JsonObject {
  return {
    status: figures.status,
    totalTimeMs: BigInt(figures.totalMs),
    downtimeMs: figures.downtimeMs === null ? null : BigInt(figures.downtimeMs),
    cpuLostMs: BigInt(figures.cpuLostMs),
    peakPercentage: BigInt(figures.peakPercentage),
  };
}

/** The reasons, a table of what to set, and the words to set the first with. */
export function adviceToText({ reasons, unthrottled, asSet, choices, tried, converged }: Advice): string {
  const rows = [
    row("without auto-converge", unthrottled),
    row("as set", asSet),
    ...choices.map((choice) => row(choice.merit, choice)),
  ];
  const settings = choices.map(({ merit, label }) => {
    const lines = label.split(" ").map((text) => `  migrate_set_parameter ${text.replace("=", " ")}\n`);
    return `\nFor the ${merit}:\n${lines.join("")}`;
  });
  return [
    ...reasons.map((reason) => `${reason}\n`),
    `\n${converged} of ${tried} settings that were tried converge.\n\n`,
    textTable([["settings", "outcome", "total", "downtime", "CPU lost", "highest throttle"], ...rows]),
    ...settings,
  ].join("");
}

function row(name: string, { figures }: Trial): string[] {
  return [
    name,
    figures.status === "active" ? "does not converge" : figures.status,
    formatTime(figures.totalMs),
    figures.downtimeMs === null ? "-" : formatTime(figures.downtimeMs),
    `${formatTime(figures.cpuLostMs)} (${(cpuShareLost(figures) * 100).toFixed(0)} %)`,
    `${figures.peakPercentage} %`,
  ];
}
