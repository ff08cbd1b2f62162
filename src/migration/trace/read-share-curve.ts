import { check } from "../../../generated/documents/share-curve.js";
import { readDocument } from "../../document/read-document.js";
import type { SharePoint } from "../simulator/share-curve.js";

const form = {
  name: "the share curve",
  check,
  partName: ([point = "", part]: readonly string[]) =>
    part === undefined ? `point ${point}` : `point ${point}: the ${part === "0" ? "percentage" : "share"}`,
};

/**
 * Reads a share curve: a JSON list of `[percentage, share]` pairs, as in `[[20, 0.62], [50, 0.41]]`.
 *
 * @param file its name, for messages
 * @throws {DocumentError} if the text is not one
 */
export function readShareCurve(text: string, file: string): SharePoint[] {
  return readDocument(form, file, text) as SharePoint[];
}
