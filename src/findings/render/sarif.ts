import {
  checkoutPath,
  type Finding,
  type FindingPlace,
  type FindingReport,
  namedPlace,
  type Severity,
  severityOf,
} from "../finding.js";
import { safeJson } from "./json.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const sarifLevels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  notice: "note",
};

/** One run in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS). */
export function renderSarif<Level extends string>(report: FindingReport<Level>, version: string): string {
  const rules = rulesOf(report);
  const indices = new Map([...rules.keys()].map((id, index) => [id, index]));
  return safeJson({
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: report.tool,
            semanticVersion: version,
            rules: [...rules].map(([id, reason]) => ({
              id,
              ...(reason !== undefined && { shortDescription: { text: reason } }),
            })),
          },
        },
        columnKind: "unicodeCodePoints",
        results: report.findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: indices.get(finding.rule),
          level: sarifLevels[severityOf(report.levels, finding.level)],
          message: { text: [finding.message, ...(finding.help ?? [])].join("\n") },
          locations: locations(finding),
          relatedLocations: finding.notes?.flatMap(({ at, message }) =>
            at === undefined ? [] : [{ physicalLocation: physical(at), message: { text: message } }],
          ),
          partialFingerprints:
            finding.fingerprint === undefined ? undefined : { "qapi/v1": finding.fingerprint },
          properties: { level: finding.level },
        })),
      },
    ],
  });
}

/** Reasons by rule; those that only a finding names have none. */
function rulesOf<Level extends string>({
  rules = [],
  findings,
}: FindingReport<Level>): Map<string, string | undefined> {
  const known = new Map<string, string | undefined>(rules.map(({ id, reason }) => [id, reason]));
  for (const { rule } of findings) if (!known.has(rule)) known.set(rule, undefined);
  return known;
}

function locations({ at, subject }: Finding): object[] {
  if (at === undefined && subject === undefined) return [];
  return [
    {
      ...(at !== undefined && { physicalLocation: physical(at) }),
      ...(subject !== undefined && { logicalLocations: [{ fullyQualifiedName: subject }] }),
    },
  ];
}

function physical(place: FindingPlace): object {
  const { path, start, end } = namedPlace(place);
  return {
    artifactLocation: { uri: uriOf(checkoutPath(path)) },
    ...(start !== undefined && {
      region: {
        startLine: start.line,
        startColumn: start.column,
        ...(end !== undefined && { endLine: end.line, endColumn: end.column }),
      },
    }),
  };
}

/** A path as a URI reference: a relative one stays relative, to the root of what was checked. */
function uriOf(path: string): string {
  const encoded = path
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .split("/")
    .map((part) => encodeURIComponent(part))
    .join("/");
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}
