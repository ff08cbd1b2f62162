import { TextDocuments, type TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { unitsWithin, type Encoding } from "./encoding.js";

/**
 * The texts of what a client has open, kept by its edits.
 *
 * @param encoding how it counts characters; known once it has said hello
 */
export function openDocuments(encoding: () => Encoding): TextDocuments<TextDocument> {
  return new TextDocuments({
    create: (uri, languageId, version, content) => TextDocument.create(uri, languageId, version, content),
    update: (document, changes, version) => updateDocument(document, changes, version, encoding()),
  });
}

/** Carries out edits, each counted in the text that the one before it left. */
export function updateDocument(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  encoding: Encoding,
): TextDocument {
  for (const change of changes)
    TextDocument.update(document, [encoding === "utf-8" ? inUtf16(document, change) : change], version);
  return document;
}

function inUtf16(
  document: TextDocument,
  change: TextDocumentContentChangeEvent,
): TextDocumentContentChangeEvent {
  if (!("range" in change)) return change;
  const { range, text } = change;
  const translated = ({ line, character }: (typeof range)["start"]): (typeof range)["start"] => {
    const whole = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
    return { line, character: unitsWithin(document.getText(whole), character) };
  };
  return { range: { start: translated(range.start), end: translated(range.end) }, text };
}
