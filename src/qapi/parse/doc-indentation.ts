import { indentation } from "./python-text.js";

/** How far QEMU's schemas indent what continues a section; until 8.0 they aligned it with the text above. */
const CONTINUATION = 4;

/**
 * The lines that continue a section, moved left as one so that the first is indented by four. Lines that
 * are indented by less stay: a schema that QEMU 10 accepts means the same to the byte.
 */
export function withTodaysIndentation(lines: readonly string[]): string[] {
  const first = lines.find((line) => line !== "");
  const surplus = indentation(first ?? "") - CONTINUATION;
  if (surplus <= 0) return [...lines];
  return lines.map((line) => line.slice(Math.min(surplus, indentation(line))));
}

/** The text of a section so: its first line may be what followed the tag. */
export function sectionTextOfToday(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const lines =
    indentation(first) > 0
      ? withTodaysIndentation([first, ...rest])
      : [first, ...withTodaysIndentation(rest)];
  return lines.join("\n");
}
