import type { Profile } from "../migration/profile/profile.js";
import { defaultProfile, profiles } from "../migration/profile/profiles.js";
import { schemaTypes } from "../migration/profile/schema-types.js";
import type { CommandVisit, Qapi } from "../visitor/qapi.js";
import type { ArrayVisit, EnumVisit, ObjectVisit } from "../visitor/type-visit.js";

/**
 * The profile whose migration settings are most like a schema's: the fewest that only one of the two has. The
 * newer of two that are equally near; the default where the schema has no migration.
 */
export function nearestMachine({ commands }: Qapi<unknown, unknown>): Profile {
  const wanted = new Set([...parametersIn(commands), ...capabilitiesIn(commands)]);
  if (wanted.size === 0) return defaultProfile;
  let nearest = defaultProfile;
  let least = Infinity;
  for (const profile of profiles) {
    const { setParameters, capability } = schemaTypes(profile);
    const names = [...setParameters.members.keys(), ...capability.values.map(({ name }) => name)];
    const shared = names.filter((name) => wanted.has(name)).length;
    const apart = names.length + wanted.size - 2 * shared;
    if (apart > least) continue;
    nearest = profile;
    least = apart;
  }
  return nearest;
}

/** The migration capabilities of a schema, in its order; none where it does not tell. */
export function capabilitiesIn(commands: Commands): readonly string[] {
  const list = own(commands, "query-migrate-capabilities")?.returns;
  if (list?.kind !== "array") return [];
  const { element } = list as ArrayVisit<unknown>;
  if (element.kind !== "object") return [];
  const capability = (element as ObjectVisit<unknown>).members.get("capability")?.type;
  if (capability?.kind !== "enum") return [];
  return (capability as EnumVisit<string>).values.map(({ name }) => name);
}

type Commands = Readonly<Record<string, CommandVisit | undefined>>;

function parametersIn(commands: Commands): readonly string[] {
  return [...(own(commands, "migrate-set-parameters")?.arguments?.members.keys() ?? [])];
}

function own(commands: Commands, name: string): CommandVisit | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}
