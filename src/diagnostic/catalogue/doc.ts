import type { Catalogue } from "./problem-kind.js";

/** Definition docs for a struct `Point` with one member, the given lines in the middle. */
function point(...lines: string[]): string {
  return ["##", "# @Point:", ...lines, "##", "{ 'struct': 'Point', 'data': { 'x': 'int' } }", ""].join("\n");
}

/** Definition docs for a command `ping` that returns an `int`, the given lines in the middle. */
function ping(...lines: string[]): string {
  const pragma = "{ 'pragma': { 'command-returns-exceptions': [ 'ping' ] } }";
  return [pragma, "##", "# @ping:", ...lines, "##", "{ 'command': 'ping', 'returns': 'int' }", ""].join("\n");
}

type OfSection = (tag: string, kind: string) => string;

/** `tag` is what stands before the colon, `@` and the name for a member or feature. */
const textRequired: OfSection = (tag) => `text required after '${tag}:'`;

/** QEMU says what kind of section it is, not whose. */
const textRequiredByKind: OfSection = (_tag, kind) => textRequired(kind, kind);

/** Problems inside a doc comment. */
export const docProblems = {
  "doc-start-junk": {
    title: "Junk after `##` at the start",
    message: () => "junk after '##' at start of documentation comment",
    place: "column",
    explanation: "The line that opens a doc comment is `##` and nothing else, not even a space.",
    bad: `## @Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
    good: `##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
  "doc-end-junk": {
    title: "Junk after `##` at the end",
    message: () => "junk after '##' at end of documentation comment",
    place: "column",
    explanation: "The line that closes a doc comment is `##` and nothing else, not even a space.",
    bad: `##\n# @Point:\n## end\n{ 'struct': 'Point', 'data': {} }\n`,
    good: `##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
  "doc-without-end": {
    title: "Doc comment without end",
    message: () => "documentation comment must end with '##'",
    place: "column",
    explanation: "Every line of a doc comment starts with `#`, and the last one is `##`.",
    bad: `##\n# @Point:\n{ 'struct': 'Point', 'data': {} }\n`,
    good: `##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
  "doc-missing-space": {
    title: "Missing space after `#`",
    message: () => "missing space after #",
    place: "column",
    explanation: "Inside a doc comment a space sets the text apart from the `#`.",
    bad: `##\n#@Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
    good: `##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
  "doc-line-too-long": {
    title: "Doc line longer than 70 characters",
    message: () => "documentation line longer than 70 characters",
    place: "column",
    lenient: true,
    explanation:
      "Lines of doc comments have at most 70 characters, the `# ` included. Literal blocks (`::` and `.. qmp-example::`) and lines that hold a URL only are exempt.",
    bad: point("#", "# @x: how far to the right of the origin the point is, in pixels of the screen"),
    good: point(
      "#",
      "# @x: how far to the right of the origin the point is, in pixels of",
      "#     the screen",
    ),
  },
  "doc-sentence-spacing": {
    title: "One space between sentences",
    message: () =>
      "Use two spaces between sentences\nIf this not the end of a sentence, please report a bug.",
    place: "column",
    lenient: true,
    explanation:
      "Two spaces stand between a sentence and the next. A sentence ends with `.`, `!` or `?`; `e.g.` and numbered list items are exempt, and so are literal blocks.",
    bad: point("#", "# A place. It stays where it is.", "#", "# @x: to the right"),
    good: point("#", "# A place.  It stays where it is.", "#", "# @x: to the right"),
  },
  "doc-symbol-colon": {
    title: "Name of the definition without colon",
    message: () => "line should end with ':'",
    place: "column",
    explanation:
      "A doc comment for a definition starts with the line `@NAME:`. The text starts on a line of its own.",
    bad: `##\n# @Point\n##\n{ 'struct': 'Point', 'data': {} }\n`,
    good: `##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
  "doc-symbol-missing": {
    title: "Name of the definition missing",
    message: () => "name required after '@'",
    place: "column",
    explanation: "A doc comment for a definition starts with the line `@NAME:`.",
    bad: `##\n# @:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
    good: `##\n# @Point:\n##\n{ 'struct': 'Point', 'data': {} }\n`,
  },
  "doc-free-form-member": {
    title: "Member description in a free-form doc comment",
    message: (name: string) => `'@${name}:' not allowed in free-form documentation`,
    place: "column",
    explanation:
      "Only doc comments for definitions describe members. The first line of such a comment must be `@NAME:`, with no blank line before it.",
    bad: `##\n# Some places.\n#\n# @x: to the right\n##\n`,
    good: `##\n# Some places.\n#\n# They all have an 'x'.\n##\n`,
  },
  "doc-features-twice": {
    title: "Second `Features:` line",
    message: () => "duplicated 'Features:' line",
    place: "column",
    explanation: "All features of a definition are described in one place.",
    bad: `##\n# @Point:\n#\n# Features:\n#\n# @flat: on a plane\n#\n# Features:\n#\n# @round: on a ball\n##\n{ 'struct': 'Point', 'data': {}, 'features': [ 'flat', 'round' ] }\n`,
    good: `##\n# @Point:\n#\n# Features:\n#\n# @flat: on a plane\n#\n# @round: on a ball\n##\n{ 'struct': 'Point', 'data': {}, 'features': [ 'flat', 'round' ] }\n`,
  },
  "doc-features-empty": {
    title: "`Features:` without a feature",
    message: () => "feature descriptions expected",
    place: "column",
    explanation: "Descriptions of the form `@NAME: TEXT` follow the line `Features:`.",
    bad: `##\n# @Point:\n#\n# Features:\n#\n# flat: on a plane\n##\n{ 'struct': 'Point', 'data': {}, 'features': [ 'flat' ] }\n`,
    good: `##\n# @Point:\n#\n# Features:\n#\n# @flat: on a plane\n##\n{ 'struct': 'Point', 'data': {}, 'features': [ 'flat' ] }\n`,
  },
  "doc-member-after-section": {
    title: "Member description after a section",
    message: (name: string) => `description of '@${name}:' follows a section`,
    place: "column",
    explanation:
      "Members are described one after the other, before `Features:` and tagged sections such as `Since:`, and without unindented text between them.",
    bad: point("#", "# Since: 1.0", "#", "# @x: to the right"),
    good: point("#", "# @x: to the right", "#", "# Since: 1.0"),
  },
  "doc-old-section": {
    title: "Old section",
    message: (tag: string) =>
      `The '${tag}' section is no longer supported. Please use ` +
      (tag.startsWith("Note")
        ? "rST's '.. note::' or '.. admonition:: notes' directives, or another suitable admonition instead."
        : "the '.. qmp-example::' directive, or other suitable markup instead."),
    place: "column",
    lenient: true,
    explanation:
      "QEMU before 9.1 had sections `Note:`, `Notes:`, `Example:` and `Examples:`. rST directives have taken their place.",
    bad: point("#", "# @x: to the right", "#", "# Note: Points do not move."),
    good: point("#", "# @x: to the right", "#", "# .. note:: Points do not move."),
  },
  "doc-de-indent": {
    title: "Unexpected de-indent",
    message: (indent: number) => `unexpected de-indent (expected at least ${indent} spaces)`,
    place: "column",
    lenient: true,
    explanation:
      "The second line of an indented description is indented at least as far as the first indented one. QEMU before 8.1 aligned descriptions with the text after the tag.",
    bad: point("#", "# @x: how far to the right of the origin", "#     the point is,", "#   in pixels"),
    good: point("#", "# @x: how far to the right of the origin", "#     the point is,", "#     in pixels"),
  },
  "doc-section-empty": {
    title: "Section without text",
    message: textRequired,
    qemuMessage: textRequiredByKind,
    explanation: "A tag such as `Since:` and a description of a member or feature must have text.",
    bad: point("#", "# @x: to the right", "#", "# Since:"),
    good: point("#", "# @x: to the right", "#", "# Since: 1.0"),
  },
  "doc-section-unindented": {
    title: "Section whose text is not indented",
    message: (tag: string, kind: string) => `${textRequired(tag, kind)} on its line, or indented below it`,
    qemuMessage: textRequiredByKind,
    lenient: true,
    explanation:
      "Text that stands below a tag or a description must be indented to belong to it. QEMU before 9.0 took lists and paragraphs that are not.",
    bad: ping("#", "# Returns:", "# - the time", "# - in seconds"),
    good: ping("#", "# Returns:", "#     - the time", "#     - in seconds"),
  },
  "doc-section-twice": {
    title: "Section given twice",
    message: (kind: string) => `duplicated '${kind}' section`,
    explanation: "`Returns:`, `Errors:` and `Since:` stand at most once in a doc comment.",
    bad: ping("#", "# Returns: the time", "#", "# Returns: in seconds"),
    good: ping("#", "# Returns: the time in seconds"),
  },
  "doc-member-unnamed": {
    title: "Description without a name",
    message: () => "invalid parameter name",
    explanation: "A description of a member or feature has the form `@NAME: TEXT`.",
    bad: point("#", "# @: to the right"),
    good: point("#", "# @x: to the right"),
  },
  "doc-member-twice": {
    title: "Member or feature described twice",
    message: (name: string) => `'${name}' parameter name duplicated`,
    explanation: "Each member and each feature is described once.",
    bad: point("#", "# @x: to the right", "#", "# @x: or to the left"),
    good: point("#", "# @x: to the right, or to the left"),
  },
} as const satisfies Catalogue;
