import type { UriFault } from "../migration-uri.js";
import type { Commands, MigrationCapability } from "../../../generated/qapi/index.js";
import type { ParameterValues } from "./parameter-values.js";
import type { SizeGrammar } from "../../visitor/text/read-size.js";
import type { LoopVersion } from "../simulator/loop-rules.js";
import type { CapabilityCheck } from "./capability-checks.js";
import type { ParameterCheck } from "./parameter-checks.js";

/**
 * What sets one QEMU version apart from another, as data. What it has is said by the schema under the
 * profile's defines; a profile adds what a schema cannot say: defaults, ranges, units, orders, words.
 */
export interface Profile {
  /** As `--profile` names it. */
  readonly name: string;
  /** Preprocessor symbols under which the schema and the command tables are those of the version. */
  readonly defines: ReadonlySet<string>;
  readonly version: Version;
  readonly parameters: ParameterTable;
  /** Checks of a candidate parameter set, in the order QEMU makes them. */
  readonly parameterChecks: readonly ParameterCheck[];
  /** The lines of `info migrate_parameters`, in order. */
  readonly shownParameters: readonly ShownParameter[];
  /** Checks of a candidate capability set, in the order QEMU makes them. */
  readonly capabilityChecks: readonly CapabilityCheck[];
  /** Capabilities whose use QEMU warns of whenever a set that holds them is made. */
  readonly deprecatedCapabilities: readonly MigrationCapability[];
  /** Capabilities that `-global` can set, by property name. */
  readonly capabilityProperties: ReadonlyMap<string, MigrationCapability>;
  /** The lines with which `info migrate` starts. */
  readonly migrateGlobals: readonly string[];
  /** Arguments that the version demands although the schema, shared with later ones, does not. */
  readonly mandatoryArguments: { readonly [Command in keyof Commands]?: readonly string[] };
  /** The grammar of sizes given as text. */
  readonly sizeGrammar: SizeGrammar;
  /** The migration loop's rules. */
  readonly loop: LoopVersion;
  /** Whether a migration enters the state `device` even when nothing pauses before it. */
  readonly alwaysEntersDevice: boolean;
  /** The states in which `migrate-pause` could be run, in its words. */
  readonly pausableStates: string;
  /** Whether `query-status` tells of single-stepping. */
  readonly reportsSingleStep: boolean;
  /** Whether statistics count skipped pages. */
  readonly countsSkippedPages: boolean;
  /** Checks of capabilities and parameters against what a stream such as ours can do. */
  readonly transportChecks: readonly CapabilityCheck[];
  /** Checks of capabilities and parameters that a migration makes when it may start. */
  readonly startChecks: readonly CapabilityCheck[];
  /** The transports that `migrate` knows by name, and how it refuses the others. */
  readonly transports: Transports;
}

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
}

/** The facts about each parameter that has any, by name. */
export type ParameterTable = {
  readonly [Name in keyof ParameterValues]?: ParameterFacts<ParameterValues[Name]>;
};

export interface ParameterFacts<Value> {
  /** The value to start with; none for a parameter that is unset until it is set. */
  readonly initial?: Exclude<Value, undefined>;
  /** The name by which `-global migration.NAME=VALUE` sets the initial value. */
  readonly property?: string;
  /** Set where the version takes a new value and forgets it. */
  readonly ignored?: true;
}

/** A line of `info migrate_parameters`: `NAME: VALUE UNIT`. */
export interface ShownParameter {
  readonly name: keyof ParameterValues;
  readonly unit?: string;
}

export interface Transports {
  /** Prefixes of a URI that QEMU can take, and what it says of a bad one as soon as it reads it. */
  readonly known: ReadonlyMap<string, UriFault>;
  /** QEMU's refusal of any other URI. */
  refusal(uri: string): string;
  /** Whether refusing leaves a failed migration behind. */
  readonly refusalFails: boolean;
}
