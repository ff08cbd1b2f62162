import type { DocRules } from "../diagnostic/problems.js";
import type { Emitter } from "./plan/emitter.js";
import type { GenerateOptions } from "./index.js";
import type { Product } from "./products.js";

/** What `qapi.config.ts`, `.js` or `.json` holds. */
export interface QapiConfig {
  readonly $schema?: string;
  /** The schemas to generate for, at once. */
  readonly schemas?: readonly SchemaConfig[];
  /** What `qapi lint` and the language server look for. */
  readonly lint?: LintConfig;
}

export interface LintConfig {
  /** The level of a rule by its id; `on` is the level that the rule proposes. */
  readonly rules?: Readonly<Record<string, "error" | "warn" | "info" | "off" | "on">>;
}

/** One schema and its output. Paths are relative to the configuration's folder. */
export interface SchemaConfig extends Omit<GenerateOptions, "emitters" | "products" | "reuse"> {
  /** The schema's main file, or an `.hx` file. */
  readonly schema: string;
  /** The folder to write to. */
  readonly output: string;
  /** The products wanted; default: all. */
  readonly emit?: readonly Product[];
  /** Products of one's own, besides those. */
  readonly emitters?: readonly Emitter[];
  /** The conditions that hold; without `defines` and `definesFile` none is decided. */
  readonly defines?: readonly string[];
  /** A file of conditions that hold, one a line. */
  readonly definesFile?: string;
  /** Which doc comments pass; default `lenient`. */
  readonly docRules?: DocRules;
}

/** Returns its argument: in an editor, a configuration written through it completes itself. */
export function defineConfig(config: QapiConfig): QapiConfig {
  return config;
}
