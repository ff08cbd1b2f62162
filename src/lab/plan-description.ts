import { PAGE_SIZE, type Guest } from "../migration/simulator/guest.js";
import type { Link, LinkFailure } from "../migration/simulator/link.js";
import type { MigrationSettings } from "../migration/profile/migration-settings.js";
import {
  defaultSettings,
  type SettingParameter,
  settingParameters,
  settingValue,
} from "../migration/profile/setting-parameters.js";
import { createScenario } from "../migration/simulator/scenario.js";
import type { Plan } from "./plan.js";
import { formatBytes, formatTime } from "./quantities.js";
import { profileName } from "./scenario-document.js";

/** A part of what is simulated: what it is about, and names with what they are. */
export interface DescribedPart {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

/**
 * All that a plan's run depends on, in words: enough to run it again.
 *
 * @param varied names of what takes several values, which are told elsewhere
 */
export function describePlan(plan: Plan, varied: readonly string[]): DescribedPart[] {
  const { guest, link, failure, seed } = createScenario(plan.choices);
  const first = plan.schedule[0]?.settings ?? defaultSettings;
  const parts = [
    { title: "Guest", rows: guestRows(guest) },
    { title: "Link", rows: linkRows(link, failure) },
    {
      title: "Parameters",
      rows: [
        ...parameterRows(first),
        ...plan.schedule.slice(1).flatMap((step, i) => changeRows(plan, step, i)),
      ],
    },
    {
      title: "Model",
      rows: [
        ["profile", profileName(plan.rules)],
        ["auto-converge", plan.autoConverge ? "on" : "off"],
        ["CPU left by the throttle", shareOf(plan)],
        ["seed", String(seed)],
        ["given up after", formatTime(plan.untilMs)],
      ] as const,
    },
  ];
  const isVaried = (name: string): boolean =>
    varied.includes(name) || (name === "dirty-rate" && varied.includes("work"));
  return parts.map(({ title, rows }) => ({
    title,
    rows: rows.map(([name, value]) => [name, isVaried(name) ? "varied" : value] as const),
  }));
}

type Rows = DescribedPart["rows"];

function guestRows({ ram, workingSet, zero, pattern, work, isEmulated }: Guest): Rows {
  return [
    ["ram", formatBytes(ram)],
    ["working-set", formatBytes(workingSet)],
    ["zero", formatBytes(zero)],
    ["dirty-rate", work.map(phase).join(", then ") + (work.length > 1 ? ", over and over" : "")],
    [
      "pattern",
      pattern.kind === "hot"
        ? `hot: ${percent(pattern.weight)} of the writes on ${percent(pattern.size)} of the working set`
        : pattern.kind,
    ],
    ["accel", isEmulated ? "tcg" : "kvm"],
  ];
}

function phase({ cpuMs, pagesPerSecond }: Guest["work"][number]): string {
  const rate = `${formatBytes(pagesPerSecond * PAGE_SIZE)}/s`;
  return cpuMs === Infinity ? rate : `${rate} for ${formatTime(cpuMs)}`;
}

function linkRows({ bandwidth, changes = [] }: Link, failure: LinkFailure | null): Rows {
  const later = changes.map(
    (change) => `, ${formatBytes(change.bandwidth)}/s from ${formatTime(change.fromMs)}`,
  );
  const failed = failure?.kind === "connect" ? "refuses the connection" : "";
  return [
    ["bandwidth", `${formatBytes(bandwidth)}/s${later.join("")}`],
    ...(failure === null
      ? []
      : [["fail", failure.kind === "after" ? `after ${formatBytes(failure.bytes)}` : failed] as const]),
  ];
}

function parameterRows(settings: MigrationSettings): Rows {
  return settingParameters.map((each) => [each.name, settingText(each, settings)] as const);
}

/** What of the parameters changes at a step of the schedule. */
function changeRows(
  { schedule }: Plan,
  { fromMs, settings }: Plan["schedule"][number],
  before: number,
): Rows {
  const last = schedule[before]?.settings ?? defaultSettings;
  return settingParameters
    .filter(({ field }) => settingValue(settings, field) !== settingValue(last, field))
    .map((each) => [`${each.name} from ${formatTime(fromMs)}`, settingText(each, settings)] as const);
}

function settingText({ name, field }: SettingParameter, settings: MigrationSettings): string {
  const value = settingValue(settings, field);
  if (typeof value === "boolean") return value ? "on" : "off";
  if (name === "downtime-limit") return formatTime(value);
  if (!name.endsWith("bandwidth")) return `${value} %`;
  if (value === 0n) return name === "max-bandwidth" ? "no limit" : "as measured";
  return `${formatBytes(value)}/s`;
}

function shareOf({ share }: Plan): string {
  return share === null ? "ideal" : `a curve of ${share.length} points`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
