import fc from "fast-check";
import { builders, printer } from "prettier/doc";
import { describe, expect, it } from "vitest";
import {
  assignment,
  block,
  braces,
  callArguments,
  comment,
  group,
  hardline,
  hug,
  ifBreak,
  indent,
  join,
  line,
  list,
  softline,
  typeArguments,
  unionAlias,
  property,
  withOrigin,
  type Doc,
} from "../../src/codegen/file/layout.js";
import { printDoc } from "../../src/codegen/file/print-doc.js";

/** The same document for prettier's own printer. */
function toPrettier(doc: Doc): builders.Doc {
  if (typeof doc === "string") return doc;
  if (!("kind" in doc)) return doc.map(toPrettier);
  switch (doc.kind) {
    case "group": {
      const options = { shouldBreak: doc.broken, ...(doc.id && { id: doc.id }) };
      if (doc.otherwise === undefined) return builders.group(toPrettier(doc.contents), options);
      return builders.conditionalGroup([doc.contents, ...doc.otherwise].map(toPrettier), options);
    }
    case "indent": {
      const contents = toPrettier(doc.contents);
      return doc.ifBroken
        ? builders.indentIfBreak(contents, { groupId: doc.ifBroken })
        : builders.indent(contents);
    }
    case "line":
      return doc.flat === undefined ? builders.hardline : doc.flat === "" ? builders.softline : builders.line;
    case "ifBreak":
      return builders.ifBreak(toPrettier(doc.contents));
    case "comment":
      return builders.join(builders.hardline, [...doc.lines]);
    case "origin":
      return toPrettier(doc.contents);
    case "breakParent":
      return builders.breakParent;
  }
}

const words = fc.array(fc.constantFrom("a", "word", "SomewhatLongerWord", "x".repeat(45)), { maxLength: 5 });
const { doc } = fc.letrec<{ doc: Doc }>((tie) => {
  const docs = fc.array(tie("doc"), { maxLength: 4 });
  return {
    doc: fc.oneof(
      { maxDepth: 5 },
      words.map((each) => each.join(" ")),
      docs,
      tie("doc").map((doc) => group(doc)),
      tie("doc").map(indent),
      docs.map(list),
      docs.map(callArguments),
      docs.map(typeArguments),
      docs.map((members) => property("key", members)),
      docs.map(block),
      docs.map((members) => braces(members, ";")),
      fc.tuple(tie("doc"), tie("doc")).map(([left, right]) => assignment(left, right)),
      fc.tuple(tie("doc"), docs).map(([head, members]) => unionAlias(head, members)),
      fc.tuple(docs, tie("doc")).map(([first, last]) => hug("callee", first, last, false)),
      docs.map((parts) => hug("callee", [], block(parts), true)),
      fc.constantFrom<Doc>(line, softline, hardline, ifBreak(",")),
    ),
  };
});

describe("printDoc", () => {
  it("does what prettier's own printer does", () => {
    fc.assert(
      fc.property(doc, (doc) => {
        const options = { printWidth: 80, tabWidth: 2, useTabs: false };
        expect(printDoc(doc).text).toBe(printer.printDocToString(toPrettier(doc), options).formatted);
      }),
      { numRuns: 1000 },
    );
  });

  it("indents comments and breaks the text after them as if they were not there", () => {
    const member = [
      comment(["/**", " * Says " + "much ".repeat(20), " */"]),
      hardline,
      property("a", ["b", "c"]),
      ";",
    ];
    expect(printDoc(["interface X ", block([member])]).text).toBe(
      `interface X {\n  /**\n   * Says ${"much ".repeat(20)}\n   */\n  a: b | c;\n}`,
    );
  });

  it("tells which lines come from where", () => {
    const origin = { module: "m.json", span: undefined };
    const doc = block(["a", withOrigin(["b", hardline, "c"], origin), "d"]);
    expect(printDoc(doc)).toEqual({
      text: "{\n  a\n  b\n  c\n  d\n}",
      lineCount: 6,
      origins: [{ firstLine: 3, lastLine: 4, origin }],
    });
  });

  it("joins without a separator at the ends", () => {
    expect(printDoc(join(", ", ["a", "b", "c"])).text).toBe("a, b, c");
    expect(printDoc(join(", ", [])).text).toBe("");
  });
});
