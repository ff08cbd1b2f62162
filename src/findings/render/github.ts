import { checkoutPath, type FindingReport, namedPlace, severityOf } from "../finding.js";
import { plainText } from "./plain-text.js";

/**
 * Workflow commands: GitHub shows each as an annotation at its line.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 *     ::error file=qapi/job.json,line=12,endLine=12,col=3,endColumn=9,title=member-removed::…
 */
export function renderGithub<Level extends string>({ findings, levels }: FindingReport<Level>): string {
  return findings
    .map((finding) => {
      const { path, start, end } = finding.at === undefined ? { path: undefined } : namedPlace(finding.at);
      const properties = {
        file: path === undefined ? undefined : checkoutPath(path),
        line: start?.line,
        endLine: end?.line,
        // GitHub takes columns only where the lines are one.
        ...((end === undefined || start?.line === end.line) && {
          col: start?.column,
          endColumn: end?.column,
        }),
        title: `${finding.level}: ${finding.rule}`,
      };
      const list = Object.entries(properties)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${key}=${property(String(value))}`);
      const text = [finding.message, ...(finding.help ?? [])].join("\n");
      return `::${severityOf(levels, finding.level)} ${list.join(",")}::${data(text)}\n`;
    })
    .join("");
}

function data(text: string): string {
  return plainText(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
