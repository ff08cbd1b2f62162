import type { MigrationCapability } from "../../../generated/qapi/index.js";
import { type Behaviours, behaviourTable } from "./behaviours.js";
import type { CapabilityCheck } from "./capability-checks.js";
import { capabilityChecks, capabilityTable } from "./capability-table.js";
import { globalProperties, type GlobalProperty } from "./global-properties.js";
import { type LoopRules, loopRules } from "./loop-rules.js";
import { type ParameterCheck, rangeCheck } from "./parameter-checks.js";
import { type ParameterRow, parameterTable, type ShownLine } from "./parameter-table.js";
import type { ParameterName } from "./parameter-values.js";
import { definesOf, hasIn, profileName, type Release, valueIn, valuesIn } from "./release.js";

/**
 * What sets one QEMU version apart from another, as data. What it has is said by the schema under the
 * profile's defines; a profile adds what a schema cannot say, out of the tables beside this file.
 */
export interface Profile extends Behaviours {
  /** As `--profile` names it. */
  readonly name: string;
  /** Preprocessor symbols under which the schema and the command tables are those of the version. */
  readonly defines: ReadonlySet<string>;
  /** What is known about each of its parameters, by name. */
  readonly parameters: ReadonlyMap<ParameterName, ParameterRow>;
  /** The parameters that it takes a value for, and forgets it. */
  readonly ignoredParameters: ReadonlySet<string>;
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
  /** Settings of migration that are neither, in the order in which they are told. */
  readonly globalProperties: readonly GlobalProperty[];
  /** The migration loop's rules. */
  readonly loop: LoopRules;
}

/** A line of `info migrate_parameters`: `NAME: VALUE UNIT`. */
export interface ShownParameter extends Partial<ShownLine> {
  readonly name: ParameterName;
}

/** The profile of a release, out of the tables. */
export function profileOf(release: Release): Profile {
  const parameters = Object.entries<ParameterRow>(parameterTable)
    .map(([name, row]) => ({ name: name as ParameterName, row }))
    .filter(({ row }) => hasIn(row, release));
  const capabilities = Object.entries(capabilityTable)
    .map(([name, row]) => ({ name: name as MigrationCapability, ...row }))
    .filter((row) => hasIn(row, release));
  return {
    ...valuesIn(behaviourTable, release),
    name: profileName(release),
    defines: definesOf(release),
    parameters: new Map(parameters.map(({ name, row }) => [name, row])),
    ignoredParameters: new Set(
      parameters
        .filter(({ row: { ignored } }) => ignored !== undefined && hasIn(ignored, release))
        .map(({ name }) => name),
    ),
    parameterChecks: parameters
      .flatMap(({ name, row: { range, checks = [] } }) =>
        range === undefined ? checks : [rangeCheck(name, range), ...checks],
      )
      .filter((check) => hasIn(check, release))
      .sort(byPlace)
      .map(({ test }) => test),
    shownParameters: parameters
      .flatMap(({ name, row: { shown = {} } }) => {
        const line = valueIn(shown, release);
        return line === undefined ? [] : [{ name, ...line }];
      })
      .sort(byPlace),
    capabilityChecks: capabilityChecks.filter((check) => hasIn(check, release)).map(({ test }) => test),
    deprecatedCapabilities: capabilities
      .filter(({ deprecated }) => deprecated !== undefined && hasIn(deprecated, release))
      .map(({ name }) => name),
    capabilityProperties: new Map(
      capabilities.flatMap(({ name, property = {} }) => {
        const known = valueIn(property, release);
        return known === undefined ? [] : [[known, name]];
      }),
    ),
    globalProperties: globalProperties.filter((each) => hasIn(each, release)),
    loop: loopRules[release],
  };
}

function byPlace(a: { readonly at: number }, b: { readonly at: number }): number {
  return a.at - b.at;
}
