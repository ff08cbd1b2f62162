import { parseCompat } from "./compat-option.js";
import { findProfile } from "./profile/profiles.js";
import { Refusal } from "./refusal.js";
import { parseScenarioChoices } from "./text/scenario-options.js";
import { parseSimClock } from "./simulator/sim-clock.js";
import { Machine, type MachineOptions } from "./machine.js";

/** What a user can say about a machine, in the words of the command line. */
export interface MachineSettings extends Omit<MachineOptions, keyof ReadSettings | "realNowMs"> {
  /** The name of one of the {@link profiles}; default the oldest. */
  readonly profile?: string | undefined;
  /** `deprecated-input=reject,…`: what is done about deprecated and unstable parts of QMP, as QEMU's `-compat` takes it. */
  readonly compat?: string | undefined;
  /** `key=value,…`: `name`, `uuid`, and what the simulated guest and link are like. */
  readonly guest?: string | undefined;
  /** `wall`, `wall:FACTOR` or `step:MS`. */
  readonly simClock?: string | undefined;
}

/** What is read out of such words. */
type ReadSettings = Pick<MachineOptions, "profile" | "compat" | "name" | "uuid" | "scenario" | "simClock">;

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A machine as described.
 *
 * @throws {UnknownProfileError} when there is no such profile
 * @throws {Refusal} when a start value cannot be set
 * @throws {ScenarioError} when the guest cannot be
 * @throws {SimClockError} when the clock is none
 */
export function createMachine(settings: MachineSettings = {}): Machine {
  const { profile, guest = "", simClock, compat, ...others } = settings;
  return new Machine({
    ...others,
    ...readGuest(guest),
    profile: profile === undefined ? undefined : findProfile(profile),
    simClock: simClock === undefined ? undefined : parseSimClock(simClock),
    compat: compat === undefined ? undefined : parseCompat(compat),
  });
}

/** Takes the machine's name and UUID out of a guest's description; the rest is the simulator's. */
function readGuest(guest: string): Pick<MachineOptions, "name" | "uuid" | "scenario"> {
  const parts = guest.split(",");
  const take = (key: string): string | undefined => {
    const index = parts.findIndex((part) => part.startsWith(`${key}=`));
    return index < 0 ? undefined : parts.splice(index, 1)[0]?.slice(key.length + 1);
  };
  const name = take("name");
  const uuid = take("uuid");
  if (uuid !== undefined && !UUID_PATTERN.test(uuid)) throw new Refusal(`'${uuid}' is not a UUID`);
  return { scenario: parseScenarioChoices(parts.join(",")), name, uuid: uuid?.toLowerCase() };
}
