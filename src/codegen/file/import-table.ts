import { group, ifBreak, indent, join, line, type Doc } from "./layout.js";
import { printDoc } from "./print-doc.js";

/** Something that another module exports. */
export interface ImportSymbol {
  readonly name: string;
  /** A generated file's path, relative to the output folder, or a package's name. */
  readonly from: { readonly file: string } | { readonly package: string };
}

type Use = "type" | "value";

interface Import {
  readonly name: string;
  readonly local: string;
  use: Use;
}

/** The imports of one file: who is needed, by which local name, as a type only or at run time. */
export class ImportTable {
  private readonly taken: Set<string>;
  /** By package or file, then by exported name. */
  private readonly modules = new Map<
    string,
    { readonly from: ImportSymbol["from"]; readonly imports: Map<string, Import> }
  >();

  constructor(
    private readonly path: string,
    declared: Iterable<string>,
  ) {
    this.taken = new Set(declared);
  }

  /** Notes a use and gives the name to write; what this file itself exports keeps its name. */
  use(symbol: ImportSymbol, use: Use): string {
    if ("file" in symbol.from && symbol.from.file === this.path) return symbol.name;
    const module = this.module(symbol);
    let found = module.get(symbol.name);
    if (found === undefined) {
      found = { name: symbol.name, local: this.freeName(symbol.name), use };
      module.set(symbol.name, found);
    }
    if (use === "value") found.use = use;
    return found.local;
  }

  /** The import statements, packages first, each sorted by code point. */
  statements(extension: ImportExtension): string[] {
    return [...this.modules]
      .map(([specifier, { from, imports }]) => ({
        specifier: "package" in from ? specifier : relativeSpecifier(this.path, from.file, extension),
        imports: [...imports.values()],
      }))
      .sort((a, b) => compare(rank(a.specifier), rank(b.specifier)) || compare(a.specifier, b.specifier))
      .map(({ specifier, imports }) => printDoc(importStatement(specifier, imports)).text);
  }

  private module({ from }: ImportSymbol): Map<string, Import> {
    const key = "package" in from ? from.package : `./${from.file}`;
    let module = this.modules.get(key);
    if (module === undefined) {
      module = { from, imports: new Map() };
      this.modules.set(key, module);
    }
    return module.imports;
  }

  private freeName(name: string): string {
    let free = name;
    for (let count = 2; this.taken.has(free); count++) free = `${name}${count}`;
    this.taken.add(free);
    return free;
  }
}

function importStatement(specifier: string, imports: readonly Import[]): Doc {
  const allTypes = imports.every(({ use }) => use === "type");
  const names = [...imports]
    .sort((a, b) => compare(a.name, b.name))
    .map(({ name, local, use }) => {
      const renamed = name === local ? name : `${name} as ${local}`;
      return use === "type" && !allTypes ? `type ${renamed}` : renamed;
    });
  const opening = allTypes ? "import type {" : "import {";
  const braces = group([opening, indent([line, join([",", line], names)]), ifBreak(","), line, "}"]);
  return [braces, ` from ${JSON.stringify(specifier)};`];
}

/**
 * What imports of generated files end in: `.js` is what compilers and bundlers look for; `.ts` is for
 * who runs TypeScript as it is, as Node can.
 */
export type ImportExtension = ".js" | ".ts";

/** How a generated file names the place that it imports from. */
export function specifierOf(from: ImportSymbol["from"], path: string, extension: ImportExtension): string {
  return "package" in from ? from.package : relativeSpecifier(path, from.file, extension);
}

/** How one generated file names another, for ES modules. */
export function relativeSpecifier(from: string, to: string, extension: ImportExtension = ".js"): string {
  const source = from.split("/").slice(0, -1);
  const target = to.replace(/\.ts$/, extension).split("/");
  while (source.length > 0 && source[0] === target[0]) {
    source.shift();
    target.shift();
  }
  const up = source.length === 0 ? "./" : "../".repeat(source.length);
  return up + target.join("/");
}

function rank(specifier: string): number {
  return specifier.startsWith(".") ? 1 : 0;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
