import type { JsonObject, JsonValue } from "../../json/index.js";
import type { Trial } from "../advice-reasons.js";
import type { Advice } from "../advise.js";
import { formatTime } from "../quantities.js";
import { cpuShareLost } from "../run-figures.js";
import { textTable } from "./text-table.js";

/** `{verdict, reasons, untilMs, neededMs, unthrottled, asSet, lines, choices: [{merit, settings, lines, …}], tried, …}` */
export function adviceToJson(advice: Advice): JsonValue {
  return {
    verdict: advice.verdict,
    reasons: [...advice.reasons],
    untilMs: BigInt(Math.round(advice.untilMs)),
    neededMs: advice.neededMs === null ? null : BigInt(advice.neededMs),
    unthrottled: trialToJson(advice.unthrottled),
    asSet: trialToJson(advice.asSet),
    lines: [...advice.lines],
    choices: advice.choices.map((choice) => ({
      merit: choice.merit,
      settings: Object.fromEntries(
        choice.label.split(" ").map((text): [string, string] => {
          const [name = "", value = ""] = text.split("=");
          return [name, value];
        }),
      ),
      lines: [...choice.lines],
      ...trialToJson(choice),
    })),
    tried: BigInt(advice.tried),
    converged: BigInt(advice.converged),
    convergedLater: BigInt(advice.convergedLater),
  };
}

/** What came of it in the end; `isInTime` tells whether the time that was given was enough. */
function trialToJson({ figures, isInTime }: Trial): JsonObject {
  return {
    status: figures.status,
    isInTime,
    totalTimeMs: BigInt(figures.totalMs),
    downtimeMs: figures.downtimeMs === null ? null : BigInt(figures.downtimeMs),
    cpuLostMs: BigInt(figures.cpuLostMs),
    peakPercentage: BigInt(figures.peakPercentage),
  };
}

/** The reasons, a table of what to set, and the lines that set it. */
export function adviceToText(advice: Advice): string {
  const { reasons, unthrottled, asSet, choices, lines } = advice;
  const rows = [
    row("without auto-converge", unthrottled),
    row("as set", asSet),
    ...choices.map((choice) => row(choice.merit, choice)),
  ];
  const settings = [
    ...(lines.length > 0 ? [{ purpose: "To have that", lines }] : []),
    ...choices.map((choice) => ({ purpose: `For the ${choice.merit}`, lines: choice.lines })),
  ].map((each) => `\n${each.purpose}:\n${each.lines.map((line) => `  ${line}\n`).join("")}`);
  return [
    ...reasons.map((reason) => `${reason}\n`),
    `\n${counts(advice)}\n\n`,
    textTable([["settings", "outcome", "total", "downtime", "CPU lost", "highest throttle"], ...rows]),
    ...settings,
  ].join("");
}

function counts({ tried, converged, convergedLater, untilMs }: Advice): string {
  const told = `${converged} of ${tried} settings that were tried converge`;
  return convergedLater === converged
    ? `${told}.`
    : `${told} within ${formatTime(untilMs)}, ${convergedLater} with more time.`;
}

function row(name: string, trial: Trial): string[] {
  const { figures } = trial;
  return [
    name,
    outcome(trial),
    formatTime(figures.totalMs),
    figures.downtimeMs === null ? "-" : formatTime(figures.downtimeMs),
    `${formatTime(figures.cpuLostMs)} (${(cpuShareLost(figures) * 100).toFixed(0)} %)`,
    `${figures.peakPercentage} %`,
  ];
}

function outcome({ figures: { status }, isInTime }: Trial): string {
  if (status === "active") return "does not converge";
  return isInTime ? status : `${status}, not in time`;
}
