import type { Emitter } from "../../codegen/plan/emitter.js";
import type { GenerateOptions } from "../../codegen/index.js";
import type { Difference } from "../../codegen/write.js";
import type { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import type { SchemaOptions } from "../report-diagnostics.js";

/** One schema, one output folder: what a run of `qapi generate` does, perhaps several times. */
export interface GenerateJob extends SchemaOptions, ConnectionOptions, Omit<GenerateOptions, "reuse"> {
  /** Path of a QAPI schema or, if it ends in `.hx`, of a table of monitor commands. */
  readonly schema: string;
  readonly output: string;
  /** Emitters of the user's own. */
  readonly emitters: readonly Emitter[];
  /** The conditions that hold; without it none is decided. */
  readonly defines?: ReadonlySet<string> | undefined;
  /** Compare only. */
  readonly check: boolean;
}

/** How a job ended. */
export interface JobOutcome {
  readonly status: ExitStatus;
  /** Every file that was read, as it was spelt. */
  readonly inputs: readonly string[];
  /** What was changed, or under `check` would have to be. */
  readonly differences: readonly Difference[];
  /** How many files the output has. */
  readonly fileCount: number;
}
