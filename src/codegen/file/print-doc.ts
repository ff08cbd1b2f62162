import type { Doc, DocGroup, Origin } from "./doc.js";

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

/** A document still to be printed. */
interface Pending {
  readonly doc: Doc | { readonly kind: "end"; readonly origin: Origin; readonly firstLine: number };
  readonly indent: number;
  readonly isBroken: boolean;
}

class Printer {
  private readonly parts: string[] = [];
  private line = 1;
  private column = 0;
  private readonly pending: Pending[] = [];
  private readonly brokenGroups = new Set<symbol>();
  private readonly origins: PlacedOrigin[] = [];
  /** A forced break within something flat: whether the next group fits must be asked anew. */
  private mustMeasure = false;

  print(doc: Doc): Printed {
    this.pending.push({ doc, indent: 0, isBroken: true });
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) this.step(next);
    return { text: this.parts.join(""), lineCount: this.line, origins: this.origins };
  }

  private step({ doc, indent, isBroken }: Pending): void {
    if (typeof doc === "string") {
      this.write(doc);
      return;
    }
    if (!("kind" in doc)) {
      for (let at = doc.length - 1; at >= 0; at--) this.push(doc[at] ?? "", indent, isBroken);
      return;
    }
    switch (doc.kind) {
      case "group":
        this.group(doc, indent, isBroken);
        break;
      case "indent":
        this.push(doc.contents, this.isIndented(doc.ifBroken) ? indent + INDENT : indent, isBroken);
        break;
      case "line":
        if (isBroken || doc.flat === undefined) {
          if (!isBroken) this.mustMeasure = true;
          this.newLine(indent);
        } else {
          this.write(doc.flat);
        }
        break;
      case "ifBreak":
        if (isBroken) this.push(doc.contents, indent, isBroken);
        break;
      case "comment":
        this.comment(doc.lines, indent);
        break;
      case "origin":
        this.pending.push({
          doc: { kind: "end", origin: doc.origin, firstLine: this.line },
          indent,
          isBroken,
        });
        this.push(doc.contents, indent, isBroken);
        break;
      case "end":
        this.origins.push({ firstLine: doc.firstLine, lastLine: this.line, origin: doc.origin });
        break;
      case "breakParent":
        break;
    }
  }

  private group(group: DocGroup, indent: number, isBroken: boolean): void {
    const { contents, broken, otherwise = [], id } = group;
    let chosen: Doc = contents;
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
    this.push(chosen, indent, breaks);
  }

  /** Whether a document, laid out flat, fits into the rest of the line with what follows on it. */
  private fits(doc: Doc): boolean {
    let room = WIDTH - this.column;
    const inner: { readonly doc: Pending["doc"]; readonly isBroken: boolean }[] = [{ doc, isBroken: false }];
    let outer = this.pending.length;
    while (room >= 0) {
      const next = inner.pop() ?? this.pending[--outer];
      if (next === undefined) return true;
      const { doc, isBroken } = next;
      if (typeof doc === "string") {
        room -= doc.length;
      } else if (!("kind" in doc)) {
        for (let at = doc.length - 1; at >= 0; at--) inner.push({ doc: doc[at] ?? "", isBroken });
      } else if (doc.kind === "line") {
        if (isBroken || doc.flat === undefined) return true;
        room -= doc.flat.length;
      } else if (doc.kind === "group") {
        const breaks = doc.broken || isBroken;
        inner.push({ doc: (breaks ? doc.otherwise?.at(-1) : undefined) ?? doc.contents, isBroken: breaks });
      } else if (doc.kind === "indent" || doc.kind === "origin" || (doc.kind === "ifBreak" && isBroken)) {
        inner.push({ doc: doc.contents, isBroken });
      } else if (doc.kind === "comment") {
        return true;
      }
    }
    return false;
  }

  private push(doc: Doc, indent: number, isBroken: boolean): void {
    this.pending.push({ doc, indent, isBroken });
  }

  private isIndented(ifBroken: symbol | undefined): boolean {
    return ifBroken === undefined || this.brokenGroups.has(ifBroken);
  }

  private write(text: string): void {
    this.parts.push(text);
    this.column += text.length;
  }

  private newLine(indent: number): void {
    // No line ends in a blank.
    const last = this.parts.at(-1);
    if (last?.endsWith(" ") === true) this.parts[this.parts.length - 1] = last.replace(/ +$/, "");
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
