import type { LogProblem } from "../conformance/check-log.js";
import type { PlacedProblem } from "../conformance/check-text.js";
import type { DocumentKind } from "../conformance/schema-checker.js";
import type { SourceFile } from "../diagnostic/source.js";
import type { Finding, LevelScale, RuleInfo } from "../findings/index.js";

/** What does not conform is an error; the others are there for `--fail-on` to name, as in other commands. */
export type ConformanceLevel = "error" | "warn" | "info";

export const conformanceLevels: LevelScale<ConformanceLevel> = [
  { level: "error", severity: "error" },
  { level: "warn", severity: "warning" },
  { level: "info", severity: "notice" },
];

/** The kinds of problems, as rules that are told about. */
export const conformanceRules: readonly RuleInfo[] = [
  { id: "document/syntax", reason: "What is exchanged is JSON, in UTF-8." },
  { id: "document/type", reason: "A value is of the JSON type that the schema demands." },
  { id: "document/integer", reason: "An integer is one, and in the range of its type." },
  { id: "document/value", reason: "An enum has the values that the schema lists." },
  { id: "document/missing", reason: "What is not optional is there." },
  { id: "document/unexpected", reason: "What the schema does not know is not there." },
  { id: "document/unknown", reason: "Commands and events are those of the schema." },
  { id: "document/stray", reason: "A reply answers a command." },
];

/** A problem of a message as a finding. */
export function messageFinding(
  problem: LogProblem,
  file: string | undefined,
  text: string,
): Finding<ConformanceLevel> {
  const { kind, message, line, column, from, command, event, pointer, path } = problem;
  // A name that the schema does not have is said of the schema.
  const isWhole = kind === "unknown" && message.startsWith("the schema ");
  const sentence = isWhole ? message : `${pointer === "" ? "the message" : pointer} ${message}`;
  const json = { level: "error", message: sentence, file, line, column, from, command, event, pointer, path };
  return {
    rule: `document/${kind}`,
    level: "error",
    message: sentence,
    ...(file !== undefined && { at: { path: file, start: { line, column } } }),
    subject: path === "" ? undefined : path,
    notes: [{ message: `the ${from} sent ${excerpt(text)}` }],
    json,
  };
}

/** A problem of a document as a finding. */
export function documentFinding(
  problem: PlacedProblem,
  source: SourceFile,
  expected: { readonly kind: DocumentKind; readonly name: string },
): Finding<ConformanceLevel> {
  const { kind, message, pointer, start, end } = problem;
  const sentence = `${pointer === "" ? "the document" : pointer} ${message}`;
  const place = source.position(start);
  return {
    rule: `document/${kind}`,
    level: "error",
    message: sentence,
    at: { file: source, start, end },
    json: {
      code: `document/${kind}`,
      severity: "error",
      level: "error",
      message,
      file: source.path,
      line: place.line,
      column: place.column,
      [expected.kind]: expected.name,
      pointer,
      start: place,
      end: source.position(end),
      notes: [],
    },
  };
}

const EXCERPT_LENGTH = 160;

/** A message in one line, cut where it is long. */
function excerpt(text: string): string {
  const line = text.slice(0, 4 * EXCERPT_LENGTH).replaceAll(/\s+/g, " ");
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line;
}
