import type { SourceFile, Span } from "../diagnostic/source.js";
import type { Definition, Members, TypeReference } from "../qapi/check/definition.js";
import type { Compilation } from "../qapi/index.js";
import { madeOnce } from "../util/made-once.js";
import { docLines } from "../lint/doc-lines.js";
import { definitionsIn, inner, partsOf } from "./parts.js";

/** A place at which a definition is named. */
export interface Occurrence {
  readonly name: string;
  readonly span: Span;
  /** Where it is defined, where a type is named, where its documentation or a pragma names it. */
  readonly role: "definition" | "type" | "doc" | "pragma";
}

const CROSS_REFERENCE = /(?<!`)`([A-Za-z_][\w.-]*)`(?!`)/g;
const AT_REFERENCE = /(?<![\w@`'"./-])@([A-Za-z_][\w.-]*\w|[A-Za-z_])/g;

/** The occurrences of a compilation. */
export const occurrencesOf = madeOnce((compilation: Compilation) => new Occurrences(compilation));

/** Where a schema's definitions are named, by file and by name. */
class Occurrences {
  readonly definitions = new Map<string, Definition>();
  private readonly byFile = new Map<SourceFile, Occurrence[]>();
  private readonly byName = new Map<string, Occurrence[]>();

  constructor(compilation: Compilation) {
    const definitions = definitionsIn(compilation);
    for (const each of definitions)
      if (!this.definitions.has(each.name)) this.definitions.set(each.name, each);
    for (const each of definitions) this.addDefinition(each);
    for (const { entries } of compilation.files) {
      for (const entry of entries) {
        if (entry.kind === "doc") this.addDoc(entry.doc.span, entry.doc.symbol);
        if (entry.kind === "pragma") {
          const settings = entry.value.members.get("pragma")?.value;
          if (settings?.kind !== "object") continue;
          for (const { value } of settings.members.values()) {
            if (value.kind !== "list") continue;
            for (const item of value.items)
              if (item.kind === "string") this.add("pragma", item.value, inner(item));
          }
        }
      }
    }
    for (const list of this.byFile.values()) list.sort((a, b) => a.span.start - b.span.start);
  }

  /** All places that name a definition. */
  named(name: string): readonly Occurrence[] {
    return this.byName.get(name) ?? [];
  }

  inFile(file: SourceFile): readonly Occurrence[] {
    return this.byFile.get(file) ?? [];
  }

  /** The occurrence at an offset; the mark before it and the end of its last character are part of it. */
  at(file: SourceFile, offset: number): Occurrence | undefined {
    const list = this.inFile(file);
    return (
      list.find(({ span }) => span.start <= offset && offset <= span.end) ??
      list.find(({ span }) => span.start - 1 === offset)
    );
  }

  private addDefinition(definition: Definition): void {
    this.add("definition", definition.name, inner(definition.nameSpan));
    if (definition.kind === "struct") this.addType(definition.base);
    if (definition.kind === "union") this.addNamed(definition.base);
    if ("arguments" in definition) this.addNamed(definition.arguments);
    for (const { type } of partsOf(definition)) this.addType(type);
    if (definition.kind === "command") this.addType(definition.returns);
  }

  private addNamed(members: Members | undefined): void {
    if (members?.kind === "named") this.addType(members.type);
  }

  private addType(type: TypeReference | undefined): void {
    if (type !== undefined) this.add("type", type.name, inner(type.span));
  }

  private addDoc(span: Span, symbol: string | undefined): void {
    const lines = docLines(span);
    for (const [i, line] of lines.entries()) {
      if (i === 0 && symbol !== undefined && line.text === `@${symbol}:`) {
        this.add("doc", symbol, {
          file: line.file,
          start: line.start + 1,
          end: line.start + 1 + symbol.length,
        });
        continue;
      }
      if (line.isLiteral) continue;
      for (const pattern of [CROSS_REFERENCE, AT_REFERENCE]) {
        for (const match of line.text.matchAll(pattern)) {
          const [, name = ""] = match;
          if (!this.definitions.has(name)) continue;
          const start = line.start + match.index + 1;
          this.add("doc", name, { file: line.file, start, end: start + name.length });
        }
      }
    }
  }

  private add(role: Occurrence["role"], name: string, span: Span): void {
    const occurrence = { name, span, role };
    push(this.byFile, span.file, occurrence);
    push(this.byName, name, occurrence);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
