import { largest } from "../../util/lists.js";
import { type FindingReport, placeText } from "../finding.js";
import { plainLine } from "./plain-text.js";
import { countsText } from "./counts.js";

/** A table with a row a finding, for a pull request's comment or a job's summary. */
export function renderMarkdown<Level extends string>({
  tool,
  levels,
  findings,
}: FindingReport<Level>): string {
  if (findings.length === 0) return `**${escapeMarkdown(tool)}**: nothing found.\n`;
  const rows = findings.map(({ level, rule, message, at, subject }) => {
    const where = [subject, at && placeText(at)].filter((each) => each !== undefined).map(code);
    return `| ${level} | ${code(rule)} | ${where.join("<br>")} | ${escapeMarkdown(message)} |`;
  });
  return `**${escapeMarkdown(tool)}**: ${countsText(findings, levels)}.

| level | rule | where | what |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

/** Text of any origin as Markdown that shows it as it is, in a table's cell too. */
export function escapeMarkdown(text: string): string {
  return plainLine(text).replace(/[\\`*_{}[\]<>#|~!]/g, (sign) => (sign === "<" ? "&lt;" : `\\${sign}`));
}

/** Text of any origin as code: the fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const plain = plainLine(text).replaceAll("|", "\\|");
  const longest = largest(
    (plain.match(/`+/g) ?? []).map((run) => run.length),
    0,
  );
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${plain}${pad}${fence}`;
}
