import {
  checkoutPath,
  type Finding,
  type FindingReport,
  isFailure,
  namedPlace,
  placeText,
} from "../finding.js";
import { plainLine, plainText } from "./plain-text.js";

/**
 * A test suite as JUnit writes it, a test a finding: it has failed where the finding fails the run.
 * Where there is none, one test that passed says so, since some readers take an empty suite for an error.
 */
export function renderJunit<Level extends string>(report: FindingReport<Level>): string {
  const { tool, findings } = report;
  const failures = findings.filter((finding) => isFailure(report, finding)).length;
  const cases =
    findings.length === 0
      ? [`<testcase classname="${attribute(tool)}" name="no findings"/>`]
      : findings.map((finding) => testCase(finding, isFailure(report, finding)));
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
<testsuite name="${attribute(tool)}" ${counts}>
${cases.join("\n")}
</testsuite>
</testsuites>
`;
}

function testCase({ rule, level, message, at, subject, help = [] }: Finding, failed: boolean): string {
  const place = at === undefined ? undefined : namedPlace(at);
  const name = [subject, at && placeText(at)].find((each) => each !== undefined) ?? rule;
  const where = [
    place === undefined ? "" : ` file="${attribute(checkoutPath(place.path))}"`,
    place?.start === undefined ? "" : ` line="${place.start.line}"`,
  ].join("");
  const text = content([`${level}[${rule}]: ${message}`, ...(at ? [placeText(at)] : []), ...help].join("\n"));
  const inside = failed
    ? `<failure type="${attribute(rule)}" message="${attribute(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `<testcase classname="${attribute(rule)}" name="${attribute(name)}"${where}>${inside}</testcase>`;
}

function attribute(text: string): string {
  return content(plainLine(text)).replaceAll('"', "&quot;");
}

function content(text: string): string {
  return plainText(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
