import type { Doc, DocGroup, DocNode, Origin } from "./doc.js";

const WIDTH = 80;
const INDENT = 2;

/** Which lines of a laid out document something stands on. */
export interface PlacedOrigin {
  /** Counted from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly origin: Origin;
}

export interface Printed {
  readonly text: string;
  readonly lineCount: number;
  readonly origins: readonly PlacedOrigin[];
}

/** Lays a document out as prettier does with its default options. */
export function printDoc(doc: Doc): Printed {
  return new Printer().print(doc);
}

/** A sequence of documents, printed up to `next`. */
interface Frame {
  readonly docs: readonly Doc[];
  next: number;
  readonly indent: number;
  readonly isBroken: boolean;
  /** What began with this sequence, and the line it began on. */
  readonly origin: Origin | undefined;
  readonly firstLine: number;
}

class Printer {
  private readonly parts: string[] = [];
  private line = 1;
  private column = 0;
  /** What is being printed, from the outside in. */
  private readonly frames: Frame[] = [];
  private readonly brokenGroups = new Set<symbol>();
  private readonly origins: PlacedOrigin[] = [];
  /** A forced break within something flat: whether the next group fits must be asked anew. */
  private mustMeasure = false;

  print(doc: Doc): Printed {
    this.push([doc], 0, true);
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) {
      const next = frame.docs[frame.next++];
      if (next !== undefined) this.start(next, frame.indent, frame.isBroken);
      else this.finish(frame);
    }
    return { text: this.parts.join(""), lineCount: this.line, origins: this.origins };
  }

  private push(docs: readonly Doc[], indent: number, isBroken: boolean, origin?: Origin): void {
    this.frames.push({ docs, next: 0, indent, isBroken, origin, firstLine: this.line });
  }

  private finish({ origin, firstLine }: Frame): void {
    this.frames.pop();
    if (origin !== undefined) this.origins.push({ firstLine, lastLine: this.line, origin });
  }

  /** Prints a document, or makes a sequence the next to be printed. */
  private start(doc: Doc, indent: number, isBroken: boolean): void {
    if (typeof doc === "string") this.write(doc);
    else if (!("kind" in doc)) this.push(doc, indent, isBroken);
    else this.startNode(doc, indent, isBroken);
  }

  private startNode(doc: DocNode, indent: number, isBroken: boolean): void {
    switch (doc.kind) {
      case "group":
        this.group(doc, indent, isBroken);
        break;
      case "indent":
        this.start(doc.contents, this.isIndented(doc.ifBroken) ? indent + INDENT : indent, isBroken);
        break;
      case "line":
        if (!isBroken && doc.flat !== undefined) {
          this.write(doc.flat);
        } else {
          if (!isBroken) this.mustMeasure = true;
          this.newLine(indent);
        }
        break;
      case "ifBreak":
        if (isBroken) this.start(doc.contents, indent, isBroken);
        break;
      case "comment":
        this.comment(doc.lines, indent);
        break;
      case "origin":
        this.push([doc.contents], indent, isBroken, doc.origin);
        break;
      case "breakParent":
        break;
    }
  }

  private group({ contents, broken, otherwise = [], id }: DocGroup, indent: number, isBroken: boolean): void {
    let chosen = contents;
    let breaks = broken;
    if (isBroken || this.mustMeasure) {
      this.mustMeasure = false;
      if (broken || !this.fits(contents)) {
        const fitting = broken ? undefined : otherwise.slice(0, -1).find((layout) => this.fits(layout));
        breaks = fitting === undefined;
        chosen = fitting ?? otherwise.at(-1) ?? contents;
      }
    }
    if (breaks && id !== undefined) this.brokenGroups.add(id);
    this.start(chosen, indent, breaks);
  }

  /** Whether a document, laid out flat, fits into the rest of the line with what follows on it. */
  private fits(doc: Doc): boolean {
    const ruler = new Ruler(WIDTH - this.column);
    if (ruler.add(doc, false)) return ruler.isFitting;
    for (let at = this.frames.length - 1; at >= 0; at--) {
      const frame = this.frames[at];
      for (let next = frame?.next ?? 0; frame !== undefined && next < frame.docs.length; next++) {
        if (ruler.add(frame.docs[next] ?? "", frame.isBroken)) return ruler.isFitting;
      }
    }
    return true;
  }

  private isIndented(ifBroken: symbol | undefined): boolean {
    return ifBroken === undefined || this.brokenGroups.has(ifBroken);
  }

  private write(text: string): void {
    if (text === "") return;
    this.parts.push(text);
    this.column += text.length;
  }

  private newLine(indent: number): void {
    // No line ends in a blank.
    for (let last = this.parts.pop(); last !== undefined; last = this.parts.pop()) {
      const trimmed = last.endsWith(" ") ? last.replace(/ +$/, "") : last;
      if (trimmed === "") continue;
      this.parts.push(trimmed);
      break;
    }
    this.parts.push(`\n${" ".repeat(indent)}`);
    this.line++;
    this.column = indent;
  }

  private comment(lines: readonly string[], indent: number): void {
    this.parts.push(lines.join(`\n${" ".repeat(indent)}`));
    this.line += lines.length - 1;
    this.column = indent + (lines.at(-1)?.length ?? 0);
  }
}

/** Measures documents along one line. */
class Ruler {
  /** A blank counts only once something follows it on the line. */
  private blank = 0;

  /** @param room columns that are left */
  constructor(private room: number) {}

  get isFitting(): boolean {
    return this.room >= 0;
  }

  /** Adds a document to the line; true when that settles whether the line fits. */
  add(doc: Doc, isBroken: boolean): boolean {
    if (typeof doc === "string") {
      if (doc === "") return false;
      this.room -= this.blank + doc.length;
      this.blank = 0;
      return this.room < 0;
    }
    if (!("kind" in doc)) return doc.some((part) => this.add(part, isBroken));
    switch (doc.kind) {
      case "line":
        if (isBroken || doc.flat === undefined) return true;
        if (doc.flat !== "") this.blank = 1;
        return false;
      case "group": {
        const breaks = doc.broken || isBroken;
        return this.add((breaks ? doc.otherwise?.at(-1) : undefined) ?? doc.contents, breaks);
      }
      case "indent":
      case "origin":
        return this.add(doc.contents, isBroken);
      case "ifBreak":
        return isBroken && this.add(doc.contents, isBroken);
      case "comment":
        return true;
      case "breakParent":
        return false;
    }
  }
}
