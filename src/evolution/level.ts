/** How bad a change is. `ok` is told by a changelog only, `note` is felt by who reads `query-qmp-schema`. */
export const changeLevels = ["breaking", "dangerous", "note", "ok"] as const;

/** How much a change matters, `ok` being the least. */
export type ChangeLevel = (typeof changeLevels)[number];

/** The way data flows: what a client sends is `in`, what it receives is `out`. */
export type Flow = "in" | "out";

/** A flow, or both, where one type is used both ways. */
export type Direction = Flow | "both";

export function worse(a: ChangeLevel, b: ChangeLevel): ChangeLevel {
  return changeLevels.indexOf(a) <= changeLevels.indexOf(b) ? a : b;
}

/** One step less bad; what is `ok` or a `note` stays. */
export function milder(level: ChangeLevel): ChangeLevel {
  return level === "breaking" ? "dangerous" : level === "dangerous" ? "note" : level;
}
