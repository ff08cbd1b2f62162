import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceFile } from "../../src/diagnostic/source.js";
import {
  type Finding,
  type FindingFormat,
  findingFormats,
  type FindingReport,
  hasFailed,
  renderFindings,
} from "../../src/findings/index.js";

type Level = "error" | "warn" | "info";

const text = "{ 'enum': 'Zone',\n  'data': [ 'utc', 'lokal' ] }\n";
const source = new SourceFile("qapi/clock.json", text);
const at = text.indexOf("'lokal'");

const misspelt: Finding<Level> = {
  rule: "word-misspelt",
  level: "warn",
  message: "'lokal' is no word",
  at: { file: source, start: at, end: at + 7 },
  subject: "Zone/^lokal",
  fingerprint: "0123456789abcdef",
  notes: [{ message: "the enum is here", at: { path: "qapi/clock.json", start: { line: 1, column: 1 } } }],
  help: ["did you mean 'local'?"],
  json: { rule: "word-misspelt", level: "warn", file: "qapi/clock.json", start: source.position(at) },
};
const bare: Finding<Level> = {
  rule: "empty",
  level: "info",
  message: "nothing here",
  json: { rule: "empty" },
};
const inLog: Finding<Level> = {
  rule: "type",
  level: "error",
  message: "is no string",
  at: { path: "a,b: 100%.log", start: { line: 7, column: 3 } },
  json: {},
};

const report = (...findings: Finding<Level>[]): FindingReport<Level> => ({
  tool: "qapi lint",
  levels: [
    { level: "error", severity: "error" },
    { level: "warn", severity: "warning" },
    { level: "info", severity: "notice" },
  ],
  rules: [{ id: "empty", reason: "Why not." }],
  failOn: "warn",
  findings,
});
const render = (format: FindingFormat, ...findings: Finding<Level>[]): string =>
  renderFindings(report(...findings), format, { version: "1.2.3" });

describe("findings", () => {
  it("fail a run from a level on", () => {
    expect(hasFailed(report())).toBe(false);
    expect(hasFailed(report(bare))).toBe(false);
    expect(hasFailed(report(bare, misspelt))).toBe(true);
    expect(hasFailed(report(inLog))).toBe(true);
    expect(hasFailed({ ...report(inLog), failOn: undefined })).toBe(false);
  });

  it("are shown with their source, or with their place", () => {
    expect(render("pretty")).toBe("");
    expect(render("pretty", misspelt, inLog, bare)).toBe(`\
warn[word-misspelt]: 'lokal' is no word
  at Zone/^lokal
   --> qapi/clock.json:2:20
 2 |   'data': [ 'utc', 'lokal' ] }
   |                    ^^^^^^^
note: the enum is here
  --> qapi/clock.json:1:1
help: did you mean 'local'?

error[type]: is no string
  --> a,b: 100%.log:7:3

info[empty]: nothing here

3 findings (1 error, 1 warn, 1 info)
`);
  });

  it("are, as JSON, what their command made of them", () => {
    expect(JSON.parse(render("json"))).toEqual([]);
    expect(JSON.parse(render("json", misspelt, bare))).toEqual([misspelt.json, bare.json]);
  });

  it("are GitHub's workflow commands", () => {
    expect(render("github")).toBe("");
    expect(render("github", misspelt, inLog, bare)).toBe(
      "::warning file=qapi/clock.json,line=2,endLine=2,col=20,endColumn=27,title=warn%3A word-misspelt::" +
        "'lokal' is no word%0Adid you mean 'local'?\n" +
        "::error file=a%2Cb%3A 100%25.log,line=7,col=3,title=error%3A type::is no string\n" +
        "::notice title=info%3A empty::nothing here\n",
    );
  });

  it("stand in the checkout, also those of another revision", () => {
    const gone: Finding<Level> = {
      ...bare,
      at: { path: "git:main:qapi/job.json", start: { line: 3, column: 1 } },
    };
    expect(render("github", gone)).toContain("file=qapi/job.json,line=3,");
    expect(render("sarif", gone)).toContain('"uri": "qapi/job.json"');
    expect(render("junit", gone)).toContain('file="qapi/job.json"');
  });

  it("are a JUnit suite, in which failures are what fails the run", () => {
    const xml = render("junit", { ...misspelt, message: 'a < "b" & c' }, bare);
    expect(xml).toContain('<testsuite name="qapi lint" tests="2" failures="1" errors="0">');
    expect(xml).toContain('name="Zone/^lokal" file="qapi/clock.json" line="2"');
    expect(xml).toContain('message="a &lt; &quot;b&quot; &amp; c"');
    expect(xml.match(/<failure/g)).toHaveLength(1);
    expect(render("junit")).toContain('tests="1" failures="0"');
  });

  it("are rows of a Markdown table", () => {
    const markdown = render("markdown", { ...misspelt, message: "a|b <img> *c*\nd" });
    expect(markdown).toContain(
      "| warn | `word-misspelt` | `Zone/^lokal`<br>`qapi/clock.json:2:20` | a\\|b &lt;img\\> \\*c\\* d |",
    );
    expect(render("markdown")).toBe("**qapi lint**: nothing found.\n");
  });
});

const require = createRequire(import.meta.url);
const { id, $schema, ...sarifSchema } = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
) as Record<string, unknown>;

describe(`SARIF, held to ${String(id ?? $schema)}`, () => {
  // The schema is of draft 4, which differs in its own identifier only.
  const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    sarifSchema,
  );

  it("tells rules, places and fingerprints", () => {
    const log = JSON.parse(render("sarif", misspelt, inLog, bare)) as {
      runs: [
        { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] },
      ];
    };
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    const [run] = log.runs;
    for (const { ruleId, ruleIndex } of run.results)
      expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(run.results[0]).toMatchObject({
      level: "warning",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "qapi/clock.json" },
            region: { startLine: 2, startColumn: 20, endLine: 2, endColumn: 27 },
          },
        },
      ],
      partialFingerprints: { "qapi/v1": "0123456789abcdef" },
    });
    expect(run.results[1]).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri: "a%2Cb%3A%20100%25.log" } } }],
    });
  });

  it("is valid when there is nothing", () => {
    expect(isSarif(JSON.parse(render("sarif")))).toBe(true);
  });

  it("is refused by the schema when it is wrong", () => {
    expect(isSarif({ version: "2.1.0" })).toBe(false);
  });

  const hostile = fc.record({
    rule: fc.string({ unit: "binary" }),
    level: fc.constantFrom<Level>("error", "warn", "info"),
    message: fc.string({ unit: "binary" }),
    subject: fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
    at: fc.option(
      fc.record({
        path: fc.string({ unit: "binary", minLength: 1 }),
        start: fc.record({ line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }) }),
      }),
      { nil: undefined },
    ),
    help: fc.array(fc.string({ unit: "binary" })),
    json: fc.dictionary(fc.string(), fc.string({ unit: "binary" })),
  });

  it("and every other form keep hostile text from the terminal, and stay well-formed", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (findings) => {
        for (const format of findingFormats) {
          const rendered = render(format, ...findings);
          // eslint-disable-next-line no-control-regex -- it is they that may not be there
          expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
          if (format === "github") expect(rendered.split("\n")).toHaveLength(findings.length + 1);
          if (format === "json") expect(JSON.parse(rendered)).toEqual(findings.map(({ json }) => json));
          if (format === "sarif") expect(isSarif(JSON.parse(rendered))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});
