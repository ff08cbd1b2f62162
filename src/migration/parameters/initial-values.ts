import type { MigrationCapability } from "../../../generated/qapi/index.js";
import { visitBool } from "../../visitor/builtin.js";
import type { TypeVisit } from "../../visitor/type-visit.js";
import { VisitError } from "../../visitor/visit-error.js";
import { fromText } from "../../visitor/text-input.js";
import type { Profile } from "../profile/profile.js";
import { Refusal } from "../refusal.js";
import type { SchemaTypes } from "../profile/schema-types.js";
import { shortForm, splitOption, splitOptions } from "../../util/option-text.js";
import type { GlobalProperty } from "../profile/global-properties.js";
import { checkCapabilities, type Warn } from "./capability-store.js";
import { checkParameters } from "./parameter-store.js";
import type { ParameterValues } from "../profile/parameter-values.js";

/** What a machine's migration starts with. */
export interface InitialValues {
  readonly parameters: ParameterValues;
  readonly capabilities: ReadonlySet<MigrationCapability>;
  /** The other properties that were set. */
  readonly globals: ReadonlyMap<GlobalProperty, boolean | number>;
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
  const others = new Map<GlobalProperty, boolean | number>();
  const unused: string[] = [];
  for (const global of globals) {
    const { driver, property, value } = readGlobal(global, warn);
    if (driver !== "migration") {
      unused.push(`${driver}.${property}`);
      continue;
    }
    const read = <Value>(type: TypeVisit<Value>): Value =>
      readSetting(`${driver}.${property}=${value}`, () =>
        fromText(type, value, property, { sizes: profile.sizeGrammar, warn }),
      );
    const capability = profile.capabilityProperties.get(property);
    const parameter = parameterOfProperty(profile, property);
    const other = profile.globalProperties.find((each) => each.property === property);
    const type = parameter === undefined ? undefined : types.parameters.members.get(parameter)?.type;
    if (capability !== undefined) {
      if (read(visitBool)) capabilities.add(capability);
      else capabilities.delete(capability);
    } else if (parameter !== undefined && type !== undefined) {
      Object.assign(parameters, { [parameter]: read(type) });
    } else if (other !== undefined) {
      others.set(other, read(other.type));
    } else {
      throw new Refusal(
        `can't apply global ${driver}.${property}=${value}: Property 'migration.${property}' not found`,
      );
    }
  }
  checkParameters(profile, { candidate: parameters, current: parameters, capabilities });
  checkCapabilities({ profile, candidate: capabilities, parameters, warn });
  // QEMU says so once the machine is made.
  for (const each of unused) warn(`global ${each} has invalid class name`);
  return { parameters, capabilities, globals: others };
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

/** What a `-global` sets. */
interface GlobalSetting {
  readonly driver: string;
  readonly property: string;
  readonly value: string;
}

/** `DRIVER.PROPERTY=VALUE`, or `driver=DRIVER,property=PROPERTY,value=VALUE`, as QEMU takes them. */
function readGlobal(global: string, warn: Warn): GlobalSetting {
  const [, driver, property, value] = /^([^.=]{1,63})\.([^=]{1,63})=(.*)$/s.exec(global) ?? [];
  if (driver !== undefined && property !== undefined && value !== undefined)
    return { driver, property, value };
  const given: Partial<Record<string, string>> = {};
  for (const item of splitOptions(global)) {
    const split = splitOption(item);
    const [name, text] = split ?? shortForm(item);
    if (split === undefined) {
      // QEMU takes it, and asks for the other form.
      const deprecated = `short-form boolean option '${item}' deprecated`;
      warn(`-global ${global}: ${deprecated}\nPlease use ${name}=${text} instead`);
    }
    if (!settingNames.has(name)) throw new Refusal(`-global ${global}: Invalid parameter '${name}'`);
    given[name] = text;
  }
  const { driver: ofDriver, property: named, value: text } = given;
  if (ofDriver === undefined || named === undefined || text === undefined) {
    throw new Refusal(`-global ${global}: options 'driver', 'property', and 'value' are required`);
  }
  return { driver: ofDriver, property: named, value: text };
}

const settingNames: ReadonlySet<string> = new Set<keyof GlobalSetting>(["driver", "property", "value"]);
