import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintSchema, type LintFinding } from "../../src/lint/lint-schema.js";
import { lintRules } from "../../src/lint/rules/index.js";
import { releaseRecord } from "../../src/lint/release-record.js";
import { shippedRecord } from "../../src/evolution/record/shipped-record.js";
import { dumpSchema } from "../../src/qapi/dump/dump-schema.js";
import { compileFiles, mendSchema } from "../support/mend-schema.js";
import { corpus } from "../support/shared-data.js";

const root = corpus ?? "";
const all = new Map(lintRules.map((rule) => [rule.id, rule.proposed] as const));

function countsOf(findings: readonly LintFinding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

describe.skipIf(corpus === undefined)("QEMU 10.2.2's schemas, linted", async () => {
  const record = releaseRecord(await shippedRecord());
  const lint = (kind: string, levels = all, foreignNames = new Set<string>()) => {
    const { compilation, schema } = compileFiles(join(root, `qemu-10.2.2/${kind}/qapi-schema.json`));
    return lintSchema(compilation, schema, { levels, record, foreignNames });
  };

  /**
   * Counted by other means with QEMU's own front end, where that can be exact. Where that count and ours
   * differ, theirs stands in a comment, and what it has that is no finding.
   */
  it("break the rules as often as was counted", () => {
    const counts = countsOf(lint("qapi"));
    expect(counts).toEqual({
      "doc-since-missing": 14,
      "doc-tag-misspelt": 4,
      "doc-since-earlier-than-definition": 25,
      // 330: with one that has more in its brackets than a release, and is well written.
      "doc-since-comment-form": 329,
      "since-is-wrong": 2,
      // 44: with "@dbus-display" in double quotes, and a member of what a command returns.
      "doc-ref-unknown": 42,
      "doc-xref-unknown": 3,
      "doc-member-undocumented": 410,
      "doc-errors-missing": 189,
      // 125: takes notes, examples and "Since 10.1" without a colon, below the members, for introductions.
      "doc-overview-missing": 130,
      "doc-example-missing": 77,
      "doc-example-invalid": 20,
      "doc-section-order": 2,
      "doc-line-length": 1,
      "doc-indent": 1,
      // doc-two-spaces, 18: the numbers of lists, each of them; none is a finding.
      "code-line-length": 13,
      "name-underscore": 209 + 16,
      "name-uppercase": 22,
      "x-prefix-without-unstable": 2,
      "deprecated-without-replacement": 3,
      "unused-type": 59,
      "command-gen-false": 1,
      "returns-not-extensible": 5,
      "member-type-any": 5,
      "string-should-be-enum": 20,
      "bool-negative-name": 3,
      "pragma-exception-unused": 1,
      "include-unused": 3,
      "include-missing": 1,
    });
  });

  it("break them as often in the guest agent's", () => {
    expect(countsOf(lint("qga"))).toEqual({
      "doc-since-missing": 2,
      "doc-since-format": 1,
      // 8: with six releases of Linux.
      "doc-since-earlier-than-definition": 2,
      // 12: with those six, and one at the end of a line.
      "doc-since-comment-form": 5,
      // 4: with a member of what a command returns.
      "doc-ref-unknown": 3,
      // 8: without the index that the introduction names.
      "doc-xref-unknown": 9,
      "doc-member-undocumented": 25,
      "doc-errors-missing": 40,
      // 27: with a note and a remark below the members.
      "doc-overview-missing": 29,
      "doc-example-missing": 44,
      "code-line-length": 1,
      "name-underscore": 1,
      "returns-not-extensible": 9,
      "string-should-be-enum": 3,
    });
  });

  it("have few findings that are more than hints", () => {
    const warnings = lint("qapi", new Map()).filter(({ level }) => level !== "info");
    expect(countsOf(warnings)).toEqual({
      "doc-since-missing": 14,
      "doc-tag-misspelt": 4,
      "since-is-wrong": 2,
      "doc-ref-unknown": 13,
      "doc-xref-unknown": 2,
      "doc-example-invalid": 20,
      "doc-section-order": 2,
      "doc-indent": 1,
      "x-prefix-without-unstable": 2,
      "deprecated-without-replacement": 3,
      "pragma-exception-unused": 1,
    });
  });

  it("know each other's names when told to", () => {
    const names = new Set(
      compileFiles(join(root, "qemu-10.2.2/qapi/qapi-schema.json")).schema.definitions.keys(),
    );
    const left = lint("qga", new Map(), names).filter(({ rule }) => rule === "doc-xref-unknown");
    expect(left.map(({ level, message }) => `${level} ${message}`)).toEqual([
      "info `qapi-qga-index` is no definition of this schema",
    ]);
  });

  it("judge files of another schema by nothing that only that one can know", () => {
    const shared = lint("storage-daemon/qapi", new Map()).filter(({ at }) => at.file.path.includes("/../"));
    const counts = countsOf(shared);
    for (const rule of ["unused-type", "pragma-exception-unused", "doc-xref-unknown"])
      expect(counts[rule]).toBeUndefined();
    expect(counts["doc-since-missing"]).toBe(9);
  });
});

describe.skipIf(corpus === undefined)("fixes of all rules", () => {
  it.each(["qemu-10.2.2/qapi", "qemu-10.2.2/qga", "releases/6.2.0/qga"])(
    "leave a dump as it was, and nothing behind: %s",
    (path) => {
      const main = join(root, path, "qapi-schema.json");
      const { schema, left, rounds } = mendSchema(main, false);
      expect(left).toEqual([]);
      expect(rounds).toBeLessThan(4);
      expect(dumpSchema(schema) === dumpSchema(compileFiles(main).schema)).toBe(true);
    },
  );

  it.each(["qemu-10.2.2/qapi", "releases/6.2.0/qga"])(
    "of documentation leave the schema as it was: %s",
    (path) => {
      const main = join(root, path, "qapi-schema.json");
      const { schema, left, rounds } = mendSchema(main, true);
      expect(left).toEqual([]);
      expect(rounds).toBeLessThan(5);
      const entitiesOf = (dump: string): string => dump.slice(0, dump.search(/^doc /m));
      expect(entitiesOf(dumpSchema(schema))).toBe(entitiesOf(dumpSchema(compileFiles(main).schema)));
    },
  );
});
