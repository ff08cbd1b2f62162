import { findProfile } from "./profile/profiles.js";
import { Refusal } from "./refusal.js";
import type { SchemaTypes } from "./profile/schema-types.js";
import { parseScenarioChoices } from "./simulator/scenario-options.js";
import { parseSimClock } from "./simulator/sim-clock.js";
import { Store, type StoreOptions } from "./store.js";

/** What a user can say about a machine, in the words of the command line. */
export interface StoreSettings {
  /** `qemu-7.2` (the default) or `qemu-10.0`. */
  readonly profile?: string;
  /** `migration.PROPERTY=VALUE` start values, as QEMU's `-global` takes them. */
  readonly globals?: readonly string[];
  /** `key=value,…`: `name`, `uuid`, and what the simulated guest and link are like. */
  readonly guest?: string;
  /** `wall`, `wall:FACTOR` or `step:MS`. */
  readonly simClock?: string;
  /** Parameters and capabilities from another schema than our own. */
  readonly types?: SchemaTypes;
  /** Takes warnings about the start values. */
  readonly warn?: (warning: string) => void;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A machine as described.
 *
 * @throws {UnknownProfileError} when there is no such profile
 * @throws {Refusal} when a start value cannot be set
 * @throws {ScenarioError} when the guest cannot be
 * @throws {SimClockError} when the clock is none
 */
export function createStore(settings: StoreSettings = {}): Store {
  const { profile: name, guest = "", simClock, ...others } = settings;
  return new Store({
    ...others,
    ...readGuest(guest),
    ...(name === undefined ? {} : { profile: findProfile(name) }),
    ...(simClock === undefined ? {} : { simClock: parseSimClock(simClock) }),
  });
}

/** Takes the machine's name and UUID out of a guest's description; the rest is the simulator's. */
function readGuest(guest: string): Pick<StoreOptions, "name" | "uuid" | "scenario"> {
  const parts = guest.split(",");
  const take = (key: string): string | undefined => {
    const index = parts.findIndex((part) => part.startsWith(`${key}=`));
    return index < 0 ? undefined : parts.splice(index, 1)[0]?.slice(key.length + 1);
  };
  const name = take("name");
  const uuid = take("uuid");
  if (uuid !== undefined && !uuidPattern.test(uuid)) throw new Refusal(`'${uuid}' is not a UUID`);
  return {
    scenario: parseScenarioChoices(parts.join(",")),
    ...(name === undefined ? {} : { name }),
    ...(uuid === undefined ? {} : { uuid: uuid.toLowerCase() }),
  };
}
