import type { FindingReport } from "../finding.js";

/** What JSON may hold as it is, yet a terminal would act on: DEL, C1, and what changes directions or lines. */
const UNFIT = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** One JSON array of the objects that the findings' commands shaped; `[]` where there is none. */
export function renderJson<Level extends string>({ findings }: FindingReport<Level>): string {
  return safeJson(findings.map(({ json }) => json));
}

/** JSON with everything escaped that could steer a terminal; ends with a line end. */
export function safeJson(data: unknown): string {
  const text = JSON.stringify(data, undefined, 2).replace(
    UNFIT,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${text}\n`;
}
