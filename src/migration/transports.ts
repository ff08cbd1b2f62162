import type { Profile } from "./profile/profile.js";
import type { CapabilityStore } from "./parameters/capability-store.js";
import type { ParameterStore } from "./parameters/parameter-store.js";
import { SIMULATED } from "./profile/migration-uri.js";
import { Refusal } from "./refusal.js";

/** QEMU's transport over a descriptor that was handed to it. */
export const FD = "fd:";

/**
 * What QEMU says of a URI as soon as it reads it, if it is none to it or malformed. One that it can take,
 * we may not.
 */
export function uriFault(profile: Profile, uri: string): Refusal | undefined {
  if (uri.startsWith(SIMULATED)) return undefined;
  const { transports } = profile;
  const scheme = schemeOf(profile, uri);
  const fault =
    scheme === undefined ? transports.refusal(uri) : transports.known.get(scheme)?.(uri.slice(scheme.length));
  return fault === undefined ? undefined : new Refusal(fault);
}

/** What it depends on whether a transport will do. */
export interface TransportUse {
  readonly profile: Profile;
  readonly capabilities: CapabilityStore;
  readonly parameters: ParameterStore;
}

/** What capabilities and parameters ask for that the transport of a URI has not. */
export function transportFault(
  { profile, capabilities, parameters }: TransportUse,
  uri: string,
): Refusal | undefined {
  const scheme = schemeOf(profile, uri) ?? SIMULATED;
  for (const check of profile.transportChecks) {
    const problem = check(scheme, capabilities.enabled, parameters.values);
    if (problem !== undefined) return new Refusal(problem);
  }
  return undefined;
}

/** Which of QEMU's own transports a URI names. */
export function schemeOf({ transports }: Profile, uri: string): string | undefined {
  return [...transports.known.keys()].find((prefix) => uri.startsWith(prefix));
}

/**
 * The URI of a migration that is given by one or by channels; an empty list of these counts as none.
 *
 * @throws {Refusal} when it is given by both, by neither, or by channels, which a model has not
 */
export function givenUri(place: {
  readonly uri?: string | undefined;
  readonly channels?: readonly unknown[] | undefined;
}): string {
  const hasChannels = (place.channels ?? []).length > 0;
  if ((place.uri !== undefined) === hasChannels)
    throw new Refusal("need either 'uri' or 'channels' argument");
  if (place.uri === undefined) throw notCarried("channels");
  return place.uri;
}

/** The refusal of what QEMU could do and a model cannot. */
export function notCarried(way: string): Refusal {
  return new Refusal(`This machine is a model and cannot migrate over '${way}'; it can over '${SIMULATED}'`);
}
