import picocolors from "picocolors";
import type { Diagnostic } from "../diagnostic/diagnostic.js";
import type { DocRules } from "../diagnostic/problems.js";
import { renderJson } from "../diagnostic/render/json.js";
import { renderPretty } from "../diagnostic/render/pretty.js";
import { renderQemu } from "../diagnostic/render/qemu.js";
import type { CliContext } from "./context.js";

/** What the options that every schema command takes were set to. */
export interface SchemaOptions {
  readonly diagnostics: "pretty" | "qemu" | "json";
  readonly docRules: DocRules;
}

/**
 * Show what is wrong with some schemas, in the form asked for: on stderr, or as one JSON array on
 * stdout, which is empty when nothing is wrong. QEMU's form shows the first problem of each schema.
 * @param results the problems of each schema
 */
export function reportDiagnostics(
  results: readonly (readonly Diagnostic[])[],
  form: SchemaOptions["diagnostics"],
  { stdout, stderr, color }: CliContext,
): void {
  switch (form) {
    case "json":
      stdout.write(renderJson(results.flat()));
      break;
    case "qemu":
      stderr.write(results.map(renderQemu).join(""));
      break;
    case "pretty": {
      const colors = picocolors.createColors(color(stderr));
      stderr.write(renderPretty(results.flat(), { colors, width: stderr.columns ?? 100 }));
    }
  }
}
