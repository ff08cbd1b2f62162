import { check } from "../../../generated/documents/introspection.js";
import { DocumentText } from "../../document/document-text.js";
import { checkDocument } from "../../document/read-document.js";
import { entriesIn, findIntrospection } from "./find-introspection.js";
import type { SchemaInfo } from "./schema-info.js";

/** What `query-qmp-schema` returns, and where it stands. */
export class IntrospectionDocument {
  readonly entries: readonly SchemaInfo[];
  private readonly document: DocumentText;
  /** The names that lead to the entries. */
  private readonly path: readonly string[];

  /**
   * @param file its name, for messages
   * @param text the list of entries, the whole reply around it, or a transcript that holds one
   * @throws {DocumentError} when it is none of these
   */
  constructor(file: string, text: string) {
    const found = findIntrospection(text);
    this.document = new DocumentText(file, text, found?.start, found?.end);
    const { entries, path } = entriesIn(found?.data ?? this.document.parse());
    this.path = path;
    if (!Array.isArray(entries)) {
      throw this.document.error(path, "it is neither a list nor a reply that returns one");
    }
    const form = { name: "it", check, partName: (steps: readonly string[]) => partName(entries, steps) };
    checkDocument(form, file, entries, (steps, of) => this.document.placeOf([...path, ...steps], of));
    this.entries = entries as readonly SchemaInfo[];
  }

  /**
   * @param name by which the entry is known, if not its own
   * @throws {DocumentError} at the entry
   */
  refuse(entry: SchemaInfo, problem: string, name = entry.name): never {
    throw this.document.error([...this.path, this.entries.indexOf(entry)], `'${name}' ${problem}`);
  }
}

function partName(entries: readonly unknown[], [index = "", ...steps]: readonly string[]): string {
  const entry = entries[Number(index)] as { readonly name?: unknown } | null | undefined;
  const name = typeof entry?.name === "string" ? `'${entry.name}'` : `entry ${index}`;
  return steps.length === 0 ? name : `${steps.join(".")} of ${name}`;
}
