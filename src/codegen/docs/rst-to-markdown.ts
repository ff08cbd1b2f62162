/**
 * The reStructuredText of schema docs as Markdown, which is what editors show of a doc comment.
 * Everything that QEMU's schemas use is known: examples, admonitions, literal blocks, lists, tables,
 * roles and references. What is not known passes as it is.
 */
import { append, smallest } from "../../util/lists.js";

/**
 * Converts a text to lines of Markdown.
 *
 * @param isHanging the lines after the first are indented, as in what is said of a member
 */
export function rstToMarkdown(text: string, isHanging = false): string[] {
  const lines = text.split("\n");
  const [first = "", ...rest] = lines;
  const straight = isHanging ? [first.trim(), ...dedent(rest)] : dedent(lines);
  return trimBlank(PLAIN.test(text) ? straight : new Converter(straight).convert());
}

/** Most texts say nothing that means anything to reStructuredText. */
const PLAIN = /^(?:[\w,;'"()/ -]|[.!?:](?! {2}|:)|\n(?!\n| *(?:->|<-|\.\.)))*$/;

const DIRECTIVE = /^(\s*)\.\.\s+([\w:-]+)::\s*(.*)$/;
const COMMENT = /^\s*\.\.(\s|$)/;
const QMP_LINE = /^\s*(?:->|<-)\s/;
const TABLE_LINE = /^\s*(?:\+[-=+]+\+|=+(?: +=+)+)\s*$/;

const ADMONITIONS: ReadonlyMap<string, string> = new Map([
  ["note", "Note"],
  ["warning", "Warning"],
  ["caution", "Caution"],
  ["attention", "Attention"],
  ["important", "Important"],
  ["tip", "Tip"],
  ["hint", "Hint"],
]);

class Converter {
  private at = 0;
  private readonly out: string[] = [];

  constructor(private readonly lines: readonly string[]) {}

  convert(): string[] {
    for (let line = this.peek(); line !== undefined; line = this.peek()) {
      const directive = DIRECTIVE.exec(line);
      if (line.trim() === "") this.blank();
      else if (directive !== null) this.directive(directive);
      else if (COMMENT.test(line)) this.indentedBlock(indentOf(line));
      else if (QMP_LINE.test(line)) this.fence("qmp", this.untilBlank());
      else if (TABLE_LINE.test(line)) this.fence("text", this.untilBlank());
      else this.paragraph();
    }
    return this.out;
  }

  private peek(): string | undefined {
    return this.lines[this.at];
  }

  private blank(): void {
    this.at++;
    if (this.out.length > 0 && this.out.at(-1) !== "") this.out.push("");
  }

  private paragraph(): void {
    const first = this.peek() ?? "";
    const indent = indentOf(first);
    const lines: string[] = [];
    for (let line = this.peek(); line !== undefined && line.trim() !== ""; line = this.peek()) {
      if (lines.length > 0 && (DIRECTIVE.test(line) || QMP_LINE.test(line))) break;
      lines.push(line);
      this.at++;
    }
    const isLiteral = lines.at(-1)?.trimEnd().endsWith("::") === true;
    const text = lines.join("\n").trimEnd();
    const shown = isLiteral ? text.replace(/\s*::$/, text.trim() === "::" ? "" : ":") : text;
    if (shown !== "") append(this.out, inline(shown).split("\n"));
    if (isLiteral) this.literalBlock(this.indentedBlock(indent, 0));
  }

  private directive([line, margin = "", name = "", argument = ""]: RegExpExecArray): void {
    const body = this.indentedBlock(indentOf(line));
    switch (name) {
      case "qmp-example":
        this.example(body);
        break;
      case "code-block":
      case "code":
      case "parsed-literal":
        this.fence(argument.toLowerCase() === "qmp" ? "qmp" : argument, body);
        break;
      case "table":
        if (argument !== "") this.out.push(inline(argument), "");
        this.fence("text", body);
        break;
      default:
        this.admonition(
          margin,
          ADMONITIONS.get(name) ?? (name === "admonition" ? argument : ""),
          name,
          argument,
          body,
        );
    }
  }

  private example(body: readonly string[]): void {
    const title = option(body, "title");
    const content = dedent(trimBlank(body.filter((line) => !/^:(?:title|annotated):/.test(line))));
    this.out.push(title === undefined ? "Example:" : `Example: ${inline(title)}`, "");
    if (body.some((line) => line.startsWith(":annotated:")))
      append(this.out, new Converter(content).convert());
    else this.fence("qmp", content);
  }

  private admonition(
    margin: string,
    title: string,
    name: string,
    argument: string,
    body: readonly string[],
  ): void {
    const text = ADMONITIONS.has(name) && argument !== "" ? [argument, ...body] : body;
    const converted = trimBlank(new Converter(text).convert());
    const [first = "", ...rest] = converted;
    if (title !== "") this.out.push(`${margin}**${title}:** ${first}`.trimEnd());
    else this.out.push(margin + first);
    for (const line of rest) this.out.push(line === "" ? "" : margin + line);
    this.out.push("");
  }

  /** Takes the lines after this one, or from it on, that are blank or indented deeper; dedents them. */
  private indentedBlock(indent: number, skip = 1): string[] {
    this.at += skip;
    const start = this.at;
    let end = start;
    for (let at = start; at < this.lines.length; at++) {
      const line = this.lines[at] ?? "";
      if (line.trim() === "") continue;
      if (indentOf(line) <= indent) break;
      end = at + 1;
    }
    this.at = end;
    return trimBlank(dedent(this.lines.slice(start, end)));
  }

  private untilBlank(): string[] {
    const start = this.at;
    while ((this.peek() ?? "").trim() !== "") this.at++;
    return dedent(this.lines.slice(start, this.at));
  }

  private literalBlock(lines: readonly string[]): void {
    this.fence(lines.some((line) => QMP_LINE.test(line)) ? "qmp" : "text", lines);
  }

  private fence(language: string, lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (this.out.length > 0 && this.out.at(-1) !== "") this.out.push("");
    const ticks = lines.some((line) => line.includes("```")) ? "````" : "```";
    this.out.push(ticks + language);
    append(this.out, lines);
    this.out.push(ticks, "");
  }
}

function option(body: readonly string[], name: string): string | undefined {
  const prefix = `:${name}:`;
  return body
    .find((line) => line.startsWith(prefix))
    ?.slice(prefix.length)
    .trim();
}

const INLINE = new RegExp(
  [
    /``(?<literal>[^]+?)``/,
    /:[a-z][a-z:+-]*:`(?<role>[^`]+)`/,
    /`(?<link>[^`<]+?)\s+<(?<target>[^>`]+)>`__?/,
    /`(?<reference>[^`]+)`_{0,2}/,
    /<(?<url>https?:\/\/[^\s<>]+)>/,
    /(?<![\w.])@(?<member>[A-Za-z_][\w-]*)/,
    /(?<special>[<>{}@])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

/** Markup within a paragraph. Of the two blanks that QEMU puts between sentences one remains. */
function inline(text: string): string {
  return text.replace(/(?<=[.!?:]) {2}(?=\S)/g, " ").replace(INLINE, (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    if (groups["url"] !== undefined) return whole;
    if (groups["link"] !== undefined) return `[${groups["link"]}](${groups["target"] ?? ""})`;
    if (groups["special"] !== undefined) return `\\${whole}`;
    const code = groups["literal"] ?? groups["role"] ?? groups["reference"] ?? groups["member"] ?? whole;
    return code.includes("`") ? `\`\` ${code} \`\`` : `\`${code}\``;
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Takes away the indentation that all lines share. */
function dedent(lines: readonly string[]): string[] {
  const shared = smallest(lines.filter((line) => line.trim() !== "").map(indentOf));
  return lines.map((line) => (line.trim() === "" ? "" : line.slice(shared)));
}

function trimBlank(lines: readonly string[]): string[] {
  const isText = (line: string): boolean => line.trim() !== "";
  const start = lines.findIndex(isText);
  return start === -1
    ? []
    : lines.slice(start, lines.findLastIndex(isText) + 1).map((line) => line.trimEnd());
}
