import type { Problems } from "../../diagnostic/problems.js";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import { folder, join } from "../../util/paths.js";
import type { DocComment } from "../ast/doc.js";
import type { Expression, Include, Pragma } from "../ast/document.js";
import { parseFile, type Directive, type ParsedFile } from "../parse/parse-file.js";
import type { SchemaHost } from "./host.js";
import { applyPragma, defaultPragma } from "./pragma.js";
import { readSource } from "./read-source.js";

/** How deep files may include each other. QEMU runs out of stack before that. */
const INCLUDE_LIMIT = 500;

/** A schema as its files spell it, in one sequence. */
export interface LoadedSchema {
  /** Definitions and includes in reading order: what a file holds stands after its include. */
  readonly items: readonly (Include | Expression)[];
  /** Every doc comment in reading order, those of definitions among them. */
  readonly docs: readonly DocComment[];
  readonly pragma: Pragma;
  /** Every file that could be read, the main file first. */
  readonly files: readonly ParsedFile[];
}

/** Parsed files by their absolute paths, to be used again where a file has the same text. */
type ParsedFiles = ReadonlyMap<string, ParsedFile>;

/**
 * Reads a schema file and all that it includes. A file is read once: another include of it is kept
 * as an item but not followed.
 *
 * @param path of the main file; messages repeat it unchanged
 * @param problems receives what is wrong, in the order in which QEMU would come across it; if it
 *   receives anything, the result is what could be made out and is fit only for further diagnosis
 * @param known files that were parsed before, under the same doc rules
 */
export function loadSchema(
  path: string,
  host: SchemaHost,
  problems: Problems,
  known: ParsedFiles = new Map(),
): LoadedSchema {
  return new Loader(host, problems, known).load(path);
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
  private readonly files: ParsedFile[] = [];
  private pragma = defaultPragma;
  private readonly seen = new Set<string>();
  /** Absolute paths of the files that are being read. */
  private readonly open = new Set<string>();

  constructor(
    private readonly host: SchemaHost,
    private readonly problems: Problems,
    private readonly known: ParsedFiles,
  ) {}

  load(path: string): LoadedSchema {
    this.visit({ path, absolute: this.host.absolute(path), includedFrom: undefined });
    const { items, docs, pragma, files } = this;
    return { items, docs, pragma, files };
  }

  private visit(visit: Visit): void {
    const { problems } = this;
    this.seen.add(visit.absolute);
    const parsed = this.parse(visit);
    if (parsed === undefined) return;
    this.files.push(parsed);
    this.open.add(visit.absolute);
    let told = 0;
    parsed.entries.forEach((entry, index) => {
      const before = parsed.problemsBefore[index] ?? 0;
      if (before > told) problems.addAll(parsed.problems.slice(told, before));
      told = before;
      switch (entry.kind) {
        case "doc":
          this.docs.push(entry.doc);
          break;
        case "include":
          this.include(entry, parsed.file);
          break;
        case "pragma":
          this.pragma = applyPragma(this.pragma, entry.value, problems);
          break;
        case "expression":
          this.items.push(entry);
      }
    });
    problems.addAll(parsed.problems.slice(told));
    this.open.delete(visit.absolute);
  }

  private include({ value: anchor }: Directive, file: SourceFile): void {
    const { host, problems } = this;
    const name = anchor.members.get("include")?.value;
    if (anchor.members.size !== 1) {
      problems.report("include-not-alone", anchor, []);
      return;
    }
    if (name?.kind !== "string") {
      problems.report("include-not-string", name ?? anchor, [], { anchor });
      return;
    }
    const path = join(folder(file.path), name.value);
    this.items.push({ kind: "include", path, span: anchor });
    const absolute = host.absolute(path);
    if (this.open.has(absolute)) {
      problems.report("include-loop", name, [name.value], { anchor });
    } else if (this.open.size >= INCLUDE_LIMIT) {
      problems.report("include-too-deep", name, [INCLUDE_LIMIT], { anchor });
    } else if (!this.seen.has(absolute) && !problems.full) {
      this.visit({ path, absolute, includedFrom: anchor });
    }
  }

  private parse({ path, absolute, includedFrom }: Visit): ParsedFile | undefined {
    const known = this.known.get(absolute);
    const options = { includedFrom, known: known?.file };
    const file = readSource(path, this.host, this.problems, options);
    if (file === undefined) return undefined;
    return file === known?.file ? known : parseFile(file, this.problems.docRules);
  }
}
