/**
 * What the checking commands report: one form for lint rules, breaking changes and documents that
 * do not conform, so that every format and every exit status is settled once.
 */
import type { Position, Span } from "../diagnostic/source.js";

/** Where something was found: a span of a source, which can be shown, or a place known by numbers. */
export type FindingPlace = Span | NamedPlace;

/** A place without the text around it: in a log, in a schema that was never a file. */
export interface NamedPlace {
  readonly path: string;
  /** Absent where the finding is about the file as a whole. */
  readonly start?: Position;
  /** Just past the last character meant. */
  readonly end?: Position;
}

/** A second place that helps to understand a finding. */
export interface FindingNote {
  readonly message: string;
  readonly at?: FindingPlace | undefined;
}

/** One thing found. `Level` is a level of the command's own scale. */
export interface Finding<Level extends string = string> {
  /** The stable id of the rule that found it. */
  readonly rule: string;
  readonly level: Level;
  /** One sentence, without a place and without a full stop. Text of any origin: renderers make it safe. */
  readonly message: string;
  readonly at?: FindingPlace | undefined;
  /** What it is about, by a name that needs no file: `migrate/arg-type/uri`. */
  readonly subject?: string | undefined;
  /** What stays the same while lines move: for baselines, ignore files and SARIF. */
  readonly fingerprint?: string | undefined;
  readonly notes?: readonly FindingNote[] | undefined;
  /** Advice, one sentence each. */
  readonly help?: readonly string[] | undefined;
  /** What the `json` form prints for it, as the command shapes it; what is `undefined` in it is left out. */
  readonly json: object;
}

/** How severe a level is, in the words that other tools share. */
export type Severity = "error" | "warning" | "notice";

/** The levels of a command, the worst first, each with the severity by which CI systems know it. */
export type LevelScale<Level extends string> = readonly {
  readonly level: Level;
  readonly severity: Severity;
}[];

/** What is said of a rule once, for formats that list them. */
export interface RuleInfo {
  readonly id: string;
  /** Why there is such a rule, in a sentence or two. */
  readonly reason: string;
}

/** Everything a command found, and how it judges that. */
export interface FindingReport<Level extends string = string> {
  /** The command, as it is called: `qapi lint`. */
  readonly tool: string;
  readonly levels: LevelScale<Level>;
  /** The rules that could have found something. Those of the findings are added where they are missing. */
  readonly rules?: readonly RuleInfo[];
  readonly findings: readonly Finding<Level>[];
  /** From which level on a finding fails the run; none does where it is `undefined`. */
  readonly failOn: Level | undefined;
}

/** Whether a finding is at or above the level at which the run fails. */
export function isFailure<Level extends string>(
  { levels, failOn }: Pick<FindingReport<Level>, "levels" | "failOn">,
  { level }: Pick<Finding<Level>, "level">,
): boolean {
  const rank = (wanted: Level): number => levels.findIndex((each) => each.level === wanted);
  return failOn !== undefined && rank(level) <= rank(failOn);
}

/** Whether anything found fails the run. */
export function hasFailed<Level extends string>(report: FindingReport<Level>): boolean {
  return report.findings.some((finding) => isFailure(report, finding));
}

/** The severity of a finding; one of a level that the scale does not know is an error. */
export function severityOf<Level extends string>(levels: LevelScale<Level>, level: Level): Severity {
  return levels.find((each) => each.level === level)?.severity ?? "error";
}

/** A place by its numbers. */
export function namedPlace(place: FindingPlace): NamedPlace {
  if (!("file" in place)) return place;
  const { file, start, end } = place;
  return { path: file.path, start: file.position(start), end: file.position(end) };
}

/** A place as people write it: `FILE:LINE:COLUMN`, or the file alone. */
export function placeText(place: FindingPlace): string {
  const { path, start } = namedPlace(place);
  return start === undefined ? path : `${path}:${start.line}:${start.column}`;
}

/** The file that a path names in the checkout: what was read at a revision, `git:REV:PATH`, is `PATH` there. */
export function checkoutPath(path: string): string {
  return path.replace(/^git:[^:]*:/, "");
}
