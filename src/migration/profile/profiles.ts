import type { Profile } from "./profile.js";
import { qemu100 } from "./qemu-10.0.js";
import { qemu72 } from "./qemu-7.2.js";

/** The QEMU versions a monitor can be, the default first. */
export const profiles: readonly Profile[] = [qemu72, qemu100];

export const defaultProfile = qemu72;

/** The profile of a name such as `qemu-7.2`. */
export function findProfile(name: string): Profile | undefined {
  return profiles.find((profile) => profile.name === name);
}
