import type { Profile } from "./profile/profile.js";
import { Refusal } from "./refusal.js";

/** The transport of this project: a modelled guest over a modelled link. */
export const SIMULATED = "sim:";

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

/** Which of QEMU's own transports a URI names. */
export function schemeOf({ transports }: Profile, uri: string): string | undefined {
  return [...transports.known.keys()].find((prefix) => uri.startsWith(prefix));
}

/** The refusal of what QEMU could do and a model cannot. */
export function notCarried(way: string): Refusal {
  return new Refusal(`This machine is a model and cannot migrate over '${way}'; it can over '${SIMULATED}'`);
}
