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

const admonitionTitles: ReadonlyMap<string, string> = new Map([
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
    const shown = isLiteral ? withoutMark(text) : text;
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
          admonitionTitles.get(name) ?? (name === "admonition" ? argument : ""),
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
    const text = admonitionTitles.has(name) && argument !== "" ? [argument, ...body] : body;
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

/** Markup within a paragraph. Of the two blanks that QEMU puts between sentences one remains. */
function inline(text: string): string {
  return new InlineScanner(text.replace(/(?<=[.!?:]) {2}(?=\S)/g, " ")).scan();
}

/** What means nothing to either language. */
const ORDINARY = /[^`:<>{}@]+/y;
/** The name of a role with its colons, and what looks like one. */
const ROLE_RUN = /:[a-z:+-]*/y;
const URL_TEXT = /<https?:\/\/[^\s<>]+>/y;
const MEMBER = /@([A-Za-z_][\w-]*)/y;

/**
 * Goes once over a paragraph. One expression for all of it took seconds for a megabyte of `<`, and
 * minutes where colons could begin a role at every second letter.
 */
class InlineScanner {
  private at = 0;
  private readonly out: string[] = [];

  constructor(private readonly text: string) {}

  scan(): string {
    while (this.at < this.text.length) {
      const ordinary = this.take(ORDINARY);
      if (ordinary !== undefined) this.out.push(ordinary[0]);
      else this.markup();
    }
    return this.out.join("");
  }

  private markup(): void {
    switch (this.text[this.at]) {
      case "`":
        this.quoted();
        break;
      case ":":
        this.role();
        break;
      case "<": {
        const url = this.take(URL_TEXT);
        if (url === undefined) this.escape();
        else this.out.push(url[0]);
        break;
      }
      case "@": {
        const isWithinWord = /[\w.]/.test(this.text[this.at - 1] ?? "");
        const member = isWithinWord ? undefined : this.take(MEMBER);
        if (member === undefined) this.escape();
        else this.code(member[1] ?? "");
        break;
      }
      default:
        this.escape();
    }
  }

  /** ` ``literal`` `, `` `label <target>`_ `` or `` `reference` ``. */
  private quoted(): void {
    const ticks = this.text.startsWith("``", this.at) ? "``" : "`";
    const start = this.at + ticks.length;
    const end = this.text.indexOf(ticks, start + 1);
    if (end === -1) {
      // No later pair of two is closed either; single ones may be.
      this.plain(ticks);
      return;
    }
    const content = this.text.slice(start, end);
    this.at = end + ticks.length;
    if (ticks === "``") {
      this.code(content);
      return;
    }
    const isLink = this.text[this.at] === "_";
    for (let underscores = 0; underscores < 2 && this.text[this.at] === "_"; underscores++) this.at++;
    this.out.push((isLink ? linkText(content) : undefined) ?? codeText(content));
  }

  /** `` :ref:`content` ``; the role itself says nothing to a reader. */
  private role(): void {
    const [run = ""] = this.take(ROLE_RUN) ?? [];
    const start = run.search(/:[a-z]/);
    const isRole = start !== -1 && start < run.length - 2 && run.endsWith(":") && this.text[this.at] === "`";
    // Looked for only here: from every colon it would be a scan within the scan.
    const end = isRole ? this.text.indexOf("`", this.at + 1) : -1;
    if (end <= this.at + 1) {
      this.out.push(run);
      return;
    }
    this.out.push(run.slice(0, start), codeText(this.text.slice(this.at + 1, end)));
    this.at = end + 1;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at = pattern.lastIndex;
    return found;
  }

  private code(content: string): void {
    this.out.push(codeText(content));
  }

  private plain(text: string): void {
    this.out.push(text);
    this.at += text.length;
  }

  /** What would be markup to Markdown or to readers of TSDoc. */
  private escape(): void {
    this.out.push("\\", this.text[this.at] ?? "");
    this.at++;
  }
}

function codeText(content: string): string {
  return content.includes("`") ? `\`\` ${content} \`\`` : `\`${content}\``;
}

/** `label <target>` as a link. */
function linkText(content: string): string | undefined {
  const open = content.indexOf("<");
  const label = content.slice(0, Math.max(open, 0));
  const target = content.slice(open + 1, -1);
  const isLink = content.endsWith(">") && target !== "" && !target.includes(">");
  const shown = label.trimEnd();
  return isLink && shown !== "" && shown !== label ? `[${shown}](${target})` : undefined;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A paragraph before a literal block, whose `::` reads as `:` where there is something before it. */
function withoutMark(text: string): string {
  const before = text.slice(0, -2).trimEnd();
  return before === "" ? "" : `${before}:`;
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
