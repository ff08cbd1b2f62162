import { type Profile, profileOf } from "./profile.js";
import { profileNames, releases } from "./release.js";

/** The QEMU versions a monitor can be, the oldest first. */
export const profiles: readonly Profile[] = releases.map(profileOf);

const [oldest = profileOf(releases[0])] = profiles;

/** The profile of a machine of which nothing is said: the oldest. */
export const defaultProfile: Profile = oldest;

/** A profile was asked for that there is none of. */
export class UnknownProfileError extends Error {
  override readonly name = "UnknownProfileError";

  constructor(name: string) {
    super(`'${name}' is not a profile; there are ${profileNames.join(", ")}`);
  }
}

/**
 * The profile of a name that `--profile` takes.
 *
 * @throws {UnknownProfileError} when there is none of that name
 */
export function findProfile(name: string): Profile {
  const profile = profiles.find((each) => each.name === name);
  if (profile === undefined) throw new UnknownProfileError(name);
  return profile;
}

/**
 * The profile that comes closest to a QEMU version such as `9.1.0`: the newest that is not newer, the
 * oldest for what is older than all, the newest of all for what is no version.
 */
export function nearestProfile(version: string): Profile {
  const [major = NaN, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const notNewer = profiles.filter(({ version: own }) => {
    return Number.isNaN(major) || own.major < major || (own.major === major && own.minor <= minor);
  });
  return notNewer.at(-1) ?? defaultProfile;
}
