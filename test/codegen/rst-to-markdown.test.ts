import { describe, expect, it } from "vitest";
import { rstToMarkdown } from "../../src/codegen/docs/rst-to-markdown.js";

describe("rstToMarkdown", () => {
  it.each<[string, string, string]>([
    ["literals", "use ``a b``", "use `a b`"],
    ["references", "see `Foo` and `bar`_", "see `Foo` and `bar`"],
    ["roles", "see :ref:`there` and :qapi:event:`STOP`", "see `there` and `STOP`"],
    ["links", "see `the docs <https://example.org/x>`_", "see [the docs](https://example.org/x)"],
    ["bare links", "see <https://example.org/x>", "see <https://example.org/x>"],
    ["members", "like @foo-bar, @baz", "like `foo-bar`, `baz`"],
    ["addresses", "mail a@b.c", "mail a@b.c".replace("@", "\\@")],
    ["what would be markup", "child<x> {y}", "child\\<x\\> \\{y\\}"],
    ["two blanks after a sentence", "One.  Two.", "One. Two."],
    ["emphasis as it is", "*a* and **b**", "*a* and **b**"],
    ["lists as they are", "List:\n\n- a\n  more\n- b", "List:\n\n- a\n  more\n- b"],
    ["markup over line ends", "a ``b\nc`` d", "a `b\nc` d"],
    ["notes", ".. note:: Do not\n   do it.\n\nMore.", "**Note:** Do not\ndo it.\n\nMore."],
    ["notes on their own lines", ".. caution::\n\n   Hot.", "**Caution:** Hot."],
    ["admonitions", ".. admonition:: Beware\n\n   Dog.", "**Beware:** Dog."],
    ["examples", ".. qmp-example::\n\n    -> {}\n    <- {}", "Example:\n\n```qmp\n-> {}\n<- {}\n```"],
    [
      "examples with a title",
      ".. qmp-example::\n   :title: How `x` goes\n\n    -> {}",
      "Example: How `x` goes\n\n```qmp\n-> {}\n```",
    ],
    [
      "annotated examples",
      ".. qmp-example::\n   :annotated:\n\n   First::\n\n    -> {}\n\n   Then.",
      "Example:\n\nFirst:\n\n```qmp\n-> {}\n```\n\nThen.",
    ],
    [
      "old examples",
      "Example:\n\n-> { 'a': 1,\n     'b': 2 }\n<- {}",
      "Example:\n\n```qmp\n-> { 'a': 1,\n     'b': 2 }\n<- {}\n```",
    ],
    [
      "literal blocks",
      "Like this::\n\n  a {b}\n    c\n\nEnd",
      "Like this:\n\n```text\na {b}\n  c\n```\n\nEnd",
    ],
    ["literal blocks without a word before", "::\n\n  a", "```text\na\n```"],
    ["code", ".. code-block:: QMP\n\n   -> {}", "```qmp\n-> {}\n```"],
    ["tables", "+---+---+\n| a | b |\n+---+---+", "```text\n+---+---+\n| a | b |\n+---+---+\n```"],
    ["comments away", "a\n\n.. nobody sees this\n   nor this\n\nb", "a\n\nb"],
    ["empty lines to one", "a\n\n\n\nb", "a\n\nb"],
    ["nothing", "", ""],
  ])("turns %s", (_what, rst, markdown) => {
    expect(rstToMarkdown(rst).join("\n")).toBe(markdown);
  });

  it("takes the indentation off what is said of a member", () => {
    expect(rstToMarkdown("first\n    second\n\n      - third", true)).toEqual([
      "first",
      "second",
      "",
      "  - third",
    ]);
  });
});

describe("a megabyte", () => {
  // Each took seconds or minutes once, or would with an expression that goes back; the runner's timeout tells.
  it.each([
    ..."<>{}@`:*".split(""),
    ...[
      "``a",
      "a@",
      ":a",
      ":a:",
      ": ",
      ":a:`",
      "` ",
      "`a <b ",
      "`a  <b>`",
      "<http://a",
      ". ",
      "a\n",
      " \n",
      "a::\n\n b\n\n",
    ],
    ...[".. note:: x\n", "-> x\n", "+-", "= ", "*/"],
  ])("of %j is read once", (unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(rstToMarkdown(text).join("\n").length).toBeGreaterThanOrEqual(0);
  });

  it("of blanks before a mark, or within what could be a link, is read once", () => {
    const blanks = " ".repeat(1_000_000);
    expect(rstToMarkdown(`a${blanks}b::`)).toEqual([`a${blanks}b:`]);
    expect(rstToMarkdown(`\`a${blanks}b\``)).toEqual([`\`a${blanks}b\``]);
  });
});
