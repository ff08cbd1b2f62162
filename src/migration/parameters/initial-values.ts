import type { MigrationCapability } from "../../../generated/qapi/index.js";
import { visitBool } from "../../visitor/builtin.js";
import type { TypeVisit } from "../../visitor/type-visit.js";
import { VisitError } from "../../visitor/visit-error.js";
import { fromText } from "../../visitor/text-input.js";
import type { Profile } from "../profile/profile.js";
import { Refusal } from "../refusal.js";
import type { SchemaTypes } from "../profile/schema-types.js";
import { checkCapabilities, type Warn } from "./capability-store.js";
import { checkParameters } from "./parameter-store.js";
import type { ParameterValues } from "../profile/parameter-values.js";

/** What a machine's migration starts with. */
export interface InitialValues {
  readonly parameters: ParameterValues;
  readonly capabilities: ReadonlySet<MigrationCapability>;
}

/**
 * The profile's defaults, changed by QEMU's `-global migration.PROPERTY=VALUE` settings; the last of one
 * property counts.
 *
 * @param globals each `migration.PROPERTY=VALUE`
 * @throws {Refusal} with QEMU's words, when a setting cannot be applied or the values fail a check
 */
export function initialValues(
  profile: Profile,
  types: SchemaTypes,
  globals: readonly string[],
  warn: Warn,
): InitialValues {
  const parameters = defaultParameters(profile);
  const capabilities = new Set<MigrationCapability>();
  for (const global of globals) {
    const { driver, property, value } = splitGlobal(global);
    if (driver !== "migration") {
      warn(`global ${driver}.${property} has invalid class name`);
      continue;
    }
    const read = <Value>(type: TypeVisit<Value>): Value =>
      readSetting(global, () => fromText(type, value, property, { sizes: profile.sizeGrammar, warn }));
    const capability = profile.capabilityProperties.get(property);
    const parameter = parameterOfProperty(profile, property);
    const type = parameter === undefined ? undefined : types.parameters.members.get(parameter)?.type;
    if (capability !== undefined) {
      if (read(visitBool)) capabilities.add(capability);
      else capabilities.delete(capability);
    } else if (parameter !== undefined && type !== undefined) {
      Object.assign(parameters, { [parameter]: read(type) });
    } else {
      throw new Refusal(`can't apply global ${global}: Property 'migration.${property}' not found`);
    }
  }
  checkParameters(profile, { candidate: parameters, current: parameters, capabilities });
  checkCapabilities(profile, capabilities, parameters, warn);
  return { parameters, capabilities };
}

function defaultParameters(profile: Profile): ParameterValues {
  const known = [...profile.parameters].filter(([, row]) => row.initial !== undefined);
  return Object.fromEntries(known.map(([name, row]) => [name, row.initial]));
}

/** Puts the setting in front of what is wrong with its value. */
function readSetting<Value>(global: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    throw new Refusal(`can't apply global ${global}: ${error.message}`, error.hint);
  }
}

function parameterOfProperty({ parameters }: Profile, property: string): string | undefined {
  return [...parameters].find(([, row]) => row.property === property)?.[0];
}

/** A setting of another class than ours concerns nobody here: QEMU only warns of it. */
function splitGlobal(global: string): { driver: string; property: string; value: string } {
  const parts = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(global);
  if (parts === null) throw new Refusal(`global ${global} is not of the form migration.PROPERTY=VALUE`);
  const [, driver = "", property = "", value = ""] = parts;
  return { driver, property, value };
}
