import type { Origin } from "./doc.js";
import { MARK, type GeneratedFile } from "./generated-file.js";
import { type ImportExtension, ImportTable, type ImportSymbol } from "./import-table.js";
import { withOrigin, type Doc } from "./layout.js";
import { printDoc, type PlacedOrigin, type Printed } from "./print-doc.js";

/**
 * A TypeScript file being put together. Emitters add statements and name what these use; imports
 * and lines are settled when the file is finished.
 */
export class FileBuilder {
  private readonly imports: ImportTable;
  private readonly statements: Printed[] = [];

  /**
   * @param path of the file, relative to the output folder
   * @param declared every name that the file's statements declare; imports keep clear of them
   */
  constructor(
    readonly path: string,
    declared: Iterable<string>,
  ) {
    this.imports = new ImportTable(path, declared);
  }

  get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  /** The local name of something used in a type. */
  type(symbol: ImportSymbol): string {
    return this.imports.use(symbol, "type");
  }

  /** The local name of something used at run time. */
  value(symbol: ImportSymbol): string {
    return this.imports.use(symbol, "value");
  }

  /**
   * Adds a statement.
   *
   * @param origin the definition in the schema that it comes from
   */
  add(doc: Doc, origin?: Origin): void {
    // Laid out at once: nothing later changes it, and documents are many times larger than their text.
    this.statements.push(printDoc(origin === undefined ? doc : withOrigin(doc, origin)));
  }

  /**
   * Lays the file out.
   *
   * @param extension what imports of other generated files end in
   */
  finish(extension: ImportExtension = ".js"): {
    readonly file: GeneratedFile;
    readonly origins: readonly PlacedOrigin[];
  } {
    const head = [`// ${MARK}. Do not edit.`, ...this.imports.statements(extension)].join("\n");
    const texts = [`${head}\n`];
    const origins: PlacedOrigin[] = [];
    let linesBefore = head.split("\n").length;
    for (const { text, lineCount, origins: within } of this.statements) {
      texts.push(`\n${text}\n`);
      // An empty line stands before each statement.
      for (const { firstLine, lastLine, origin } of within) {
        const offset = linesBefore + 1;
        origins.push({ firstLine: firstLine + offset, lastLine: lastLine + offset, origin });
      }
      linesBefore += lineCount + 1;
    }
    return { file: { path: this.path, text: texts.join("") }, origins };
  }
}
