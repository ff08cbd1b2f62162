/** The forms in which findings are reported, the default first. */
export const findingFormats = ["pretty", "json", "github", "sarif", "junit", "markdown"] as const;

export type FindingFormat = (typeof findingFormats)[number];
