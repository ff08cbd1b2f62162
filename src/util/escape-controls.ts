/** What a terminal acts on: C0 but for tabs and line ends, DEL, and C1. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/**
 * A text that is safe to show on a terminal: control characters, from wherever the text comes, stand in it as
 * `\u001b`. Tabs and line ends stay. JSON stays the JSON it is, since it has none outside of strings.
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
