import { type Colors, frame, noColors } from "../../diagnostic/render/pretty.js";
import { type Finding, type FindingPlace, type FindingReport, placeText, severityOf } from "../finding.js";
import { countsText } from "./counts.js";
import { plainLine, plainText } from "./plain-text.js";

/** The colours that findings use; picocolors' set will do. */
interface FindingColors extends Colors {
  readonly yellow: Colors["red"];
}

const plain: FindingColors = { ...noColors, yellow: noColors.red };

/** How findings are shown to people. */
export interface PrettyFindingOptions {
  /** Without it, the text is plain. */
  readonly colors?: FindingColors;
  /** Source lines are cut to this many terminal columns. Default 100. */
  readonly width?: number;
}

/**
 * Findings for people: rule, what it is, a code frame where there is a source, notes, advice; last
 * a count. Empty where there is nothing.
 *
 * ```
 * warn[doc-since-missing]: 'RunState' does not say since when it is there
 *   --> qapi/run-state.json:9:1
 *  9 | ##
 *    | ^^
 * help: add a line 'Since: X.Y'
 *
 * 1 finding (1 warn)
 * ```
 */
export function renderPretty<Level extends string>(
  { findings, levels }: FindingReport<Level>,
  options: PrettyFindingOptions = {},
): string {
  if (findings.length === 0) return "";
  const blocks = findings.map((finding) => renderPrettyFinding(finding, levels, options));
  return `${blocks.join("")}${(options.colors ?? plain).bold(countsText(findings, levels))}\n`;
}

/** One finding, as {@link renderPretty} shows it, for those who tell each at once; it ends with an empty line. */
export function renderPrettyFinding<Level extends string>(
  { rule, level, message, at, subject, notes = [], help = [] }: Finding<Level>,
  levels: FindingReport<Level>["levels"],
  { colors = plain, width: asked = 100 }: PrettyFindingOptions = {},
): string {
  const width = Math.max(asked, 20);
  const paint = { error: colors.red, warning: colors.yellow, notice: colors.cyan }[severityOf(levels, level)];
  const lines = [`${paint(`${level}[${plainLine(rule)}]`)}: ${colors.bold(plainText(message))}`];
  if (subject !== undefined) lines.push(`  ${colors.dim("at")} ${plainLine(subject)}`);
  if (at !== undefined) lines.push(shown(at, paint, colors, width));
  for (const note of notes) {
    lines.push(`${colors.cyan("note")}: ${plainText(note.message)}`);
    if (note.at !== undefined) lines.push(shown(note.at, colors.cyan, colors, width));
  }
  for (const advice of help) lines.push(`${colors.green("help")}: ${plainText(advice)}`);
  return `${lines.join("\n")}\n\n`;
}

function shown(place: FindingPlace, paint: Colors["red"], colors: Colors, width: number): string {
  if ("file" in place) return frame(place, [], paint, colors, width);
  return `  ${colors.dim("-->")} ${plainLine(placeText(place))}`;
}
