import type { Problems } from "../../diagnostic/problems.js";
import { SourceFile, type Span } from "../../diagnostic/source.js";
import type { DocComment } from "../ast/doc.js";
import type { Expression, Include, Pragma } from "../ast/document.js";
import { parseFile, type Directive } from "../parse/parse-file.js";
import { decode } from "./decode.js";
import type { SchemaHost } from "./host.js";
import { folder, join } from "./paths.js";
import { applyPragma, defaultPragma } from "./pragma.js";
import { readErrorWords } from "./read-error.js";

/** How deep files may include each other. QEMU runs out of stack before that. */
export const includeLimit = 500;

/** A schema as its files spell it, in one sequence. */
export interface LoadedSchema {
  /** Definitions and includes in reading order: what a file holds stands after its include. */
  readonly items: readonly (Include | Expression)[];
  /** Every doc comment in reading order, those of definitions among them. */
  readonly docs: readonly DocComment[];
  readonly pragma: Pragma;
  /** Every file that could be read, the main file first. */
  readonly files: readonly SourceFile[];
}

/**
 * Reads a schema file and all that it includes. A file is read once: another include of it is kept
 * as an item but not followed.
 *
 * @param path of the main file; messages repeat it unchanged
 * @param problems receives what is wrong, in the order in which QEMU would come across it; if it
 *   receives anything, the result is what could be made out and is fit only for further diagnosis
 */
export function loadSchema(path: string, host: SchemaHost, problems: Problems): LoadedSchema {
  return new Loader(host, problems).load(path);
}

/** A file that is being read, and the include that led to it. */
interface Visit {
  readonly path: string;
  readonly absolute: string;
  readonly includedFrom: Span | undefined;
}

class Loader {
  private readonly items: (Include | Expression)[] = [];
  private readonly docs: DocComment[] = [];
  private readonly files: SourceFile[] = [];
  private pragma = defaultPragma;
  private readonly seen = new Set<string>();
  private readonly open: Visit[] = [];

  constructor(
    private readonly host: SchemaHost,
    private readonly problems: Problems,
  ) {}

  load(path: string): LoadedSchema {
    this.visit({ path, absolute: this.host.absolute(path), includedFrom: undefined });
    const { items, docs, pragma, files } = this;
    return { items, docs, pragma, files };
  }

  private visit(visit: Visit): void {
    this.seen.add(visit.absolute);
    const file = this.read(visit);
    if (file === undefined) return;
    this.files.push(file);
    this.open.push(visit);
    for (const entry of parseFile(file, this.problems)) {
      switch (entry.kind) {
        case "doc":
          this.docs.push(entry.doc);
          break;
        case "include":
          this.include(entry, file);
          break;
        case "pragma":
          this.pragma = applyPragma(this.pragma, entry.value, this.problems);
          break;
        case "expression":
          this.items.push(entry);
      }
    }
    this.open.pop();
  }

  private include({ value }: Directive, file: SourceFile): void {
    const { host, problems } = this;
    const anchor = value.span;
    const name = value.members.get("include")?.value;
    if (value.members.size !== 1) {
      problems.report("include-not-alone", anchor, []);
      return;
    }
    if (name?.kind !== "string") {
      problems.report("include-not-string", name?.span ?? anchor, [], { anchor });
      return;
    }
    const path = join(folder(file.path), name.value);
    this.items.push({ kind: "include", path, span: anchor });
    const absolute = host.absolute(path);
    if (this.open.some((visit) => visit.absolute === absolute)) {
      problems.report("include-loop", name.span, [name.value], { anchor });
    } else if (this.open.length >= includeLimit) {
      problems.report("include-too-deep", name.span, [includeLimit], { anchor });
    } else if (!this.seen.has(absolute)) {
      this.visit({ path, absolute, includedFrom: anchor });
    }
  }

  private read({ path, includedFrom }: Visit): SourceFile | undefined {
    const { problems } = this;
    let content;
    try {
      content = decode(this.host.read(path));
    } catch (error) {
      const reason = readErrorWords(error);
      if (includedFrom !== undefined) problems.report("unreadable-include", includedFrom, [path, reason]);
      else {
        const file = new SourceFile(path, "");
        problems.report("unreadable-schema", { file, start: 0, end: 0 }, [path, reason]);
      }
      return undefined;
    }
    const file = new SourceFile(path, content.text, includedFrom);
    if (content.invalid === undefined) return file;
    const { byte, offset } = content.invalid;
    problems.report("not-utf8", { file, start: offset, end: offset + 1 }, [byte]);
    return undefined;
  }
}
