import type { Profile } from "./profile.js";
import { qemu100 } from "./qemu-10.0.js";
import { qemu72 } from "./qemu-7.2.js";

/** The QEMU versions a monitor can be, the default first. */
export const profiles: readonly Profile[] = [qemu72, qemu100];

export const defaultProfile = qemu72;

/** A profile was asked for that there is none of. */
export class UnknownProfileError extends Error {
  override readonly name = "UnknownProfileError";

  constructor(name: string) {
    super(`'${name}' is not a profile; there are ${profiles.map((known) => known.name).join(", ")}`);
  }
}

/**
 * The profile of a name such as `qemu-7.2`.
 *
 * @throws {UnknownProfileError} when there is none of that name
 */
export function findProfile(name: string): Profile {
  const profile = profiles.find((each) => each.name === name);
  if (profile === undefined) throw new UnknownProfileError(name);
  return profile;
}
