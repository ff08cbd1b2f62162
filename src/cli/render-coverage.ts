import { coverageKinds, type CoverageReport } from "../conformance/coverage.js";
import { escapeControls } from "../util/escape-controls.js";

/** The forms in which coverage is told. */
type CoverageFormat = "pretty" | "json" | "markdown";

/** Coverage as a table for people, as JSON, or as Markdown for a pull request; it ends with a line end. */
export function renderCoverage(report: CoverageReport, format: CoverageFormat): string {
  if (format === "json") return `${JSON.stringify(report, undefined, 2)}\n`;
  return format === "markdown" ? markdown(report) : escapeControls(table(report));
}

interface Row {
  readonly kind: string;
  readonly seen: number;
  readonly all: number;
  readonly percent: string;
}

function rowsOf(report: CoverageReport): Row[] {
  return coverageKinds.map((kind) => {
    const seen = report[kind].seen.length;
    const all = seen + report[kind].unseen.length;
    const percent = all === 0 ? "-" : `${((100 * seen) / all).toFixed(1)}%`;
    return { kind, seen, all, percent };
  });
}

/** What was not seen of the commands and events that were. */
function gapsOf(report: CoverageReport): Map<string, string[]> {
  const used = [...report.commands.seen, ...report.events.seen];
  const gaps = new Map<string, string[]>(used.map(({ path }) => [path, []]));
  for (const kind of ["arguments", "members", "branches", "values"] as const) {
    for (const path of report[kind].unseen) gaps.get(path.split("/", 1)[0] ?? "")?.push(path);
  }
  return gaps;
}

function table(report: CoverageReport): string {
  const lines = rowsOf(report).map(
    ({ kind, seen, all, percent }) =>
      `${kind.padEnd(10)}${String(seen).padStart(7)} of ${String(all).padStart(6)}${percent.padStart(8)}`,
  );
  for (const kind of ["commands", "events"] as const) {
    const { seen, unseen } = report[kind];
    lines.push("", `${kind} seen`);
    for (const { path, count } of seen) lines.push(`${String(count).padStart(8)}  ${path}`);
    if (seen.length === 0) lines.push("          none");
    if (unseen.length > 0) lines.push("", `${kind} not seen`, wrapped(unseen));
  }
  const gaps = [...gapsOf(report).values()].flat();
  if (gaps.length > 0) lines.push("", "not seen of what was used");
  for (const path of gaps) lines.push(`  ${path}`);
  return `${lines.join("\n")}\n`;
}

const WIDTH = 100;

/** Names, as many a line as fit. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const name of names) {
    if (line !== "" && line.length + 2 + name.length > WIDTH) {
      lines.push(`  ${line},`);
      line = name;
    } else {
      line = line === "" ? name : `${line}, ${name}`;
    }
  }
  lines.push(`  ${line}`);
  return lines.join("\n");
}

function markdown(report: CoverageReport): string {
  const lines = ["| | seen | of | |", "|---|---:|---:|---:|"];
  for (const { kind, seen, all, percent } of rowsOf(report)) {
    lines.push(`| ${kind} | ${seen} | ${all} | ${percent} |`);
  }
  for (const kind of ["commands", "events"] as const) {
    const { seen, unseen } = report[kind];
    if (seen.length > 0) {
      lines.push("", `| ${kind} seen | times |`, "|---|---:|");
      for (const { path, count } of seen) lines.push(`| ${code(path)} | ${count} |`);
    }
    if (unseen.length > 0) lines.push("", folded(`${unseen.length} ${kind} not seen`, unseen));
  }
  for (const [name, paths] of gapsOf(report)) {
    if (paths.length > 0) lines.push("", folded(`not seen of ${name}`, paths));
  }
  return `${lines.join("\n")}\n`;
}

function folded(title: string, names: readonly string[]): string {
  const summary = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<details><summary>${summary}</summary>\n\n${names.map(code).join(", ")}\n\n</details>`;
}

/** Names of a schema are letters, digits, `-`, `_` and `.`; those of a hand-made introspection may be anything. */
function code(name: string): string {
  return `\`${escapeControls(name).replaceAll(/[`|\n]/g, "?")}\``;
}
