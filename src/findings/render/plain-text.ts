import { showText } from "../../diagnostic/render/excerpt.js";

/** Text of unknown origin without control characters and without halves of surrogate pairs. */
export function plainText(text: string): string {
  return showText(text).replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The same in one line. */
export function plainLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return plainText(lines.length === 1 ? text : lines.filter((line) => line !== "").join(" "));
}
