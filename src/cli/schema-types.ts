import type { Profile } from "../migration/profile/profile.js";
import type { SchemaTypes } from "../migration/profile/schema-types.js";
import type { Schema } from "../qapi/schema/model.js";
import { liveQapi } from "../live-schema/live-qapi.js";
import { CommandFailure } from "./command-failure.js";
import { SchemaVisits } from "../live-schema/schema-visits.js";
import { capabilitiesIn, nearestMachine } from "../stand-in/nearest-machine.js";
import { type TypeVisit, visitEnum } from "../visitor/index.js";

/**
 * The parameters and capabilities of a QEMU's own schema, for a monitor to go by, and the profile that comes nearest
 * to them.
 *
 * @param source where it is from, for the message
 * @throws {CommandFailure} when it has none
 */
export function schemaTypesOf(
  schema: Schema,
  source: string,
): { readonly types: SchemaTypes; readonly nearest: Profile } {
  const lacking = (what: string): CommandFailure =>
    new CommandFailure(`${source}: the schema has no ${what}`);
  const qapi = liveQapi(schema);
  const command = (name: string) => {
    const found = qapi.commands[name];
    if (found === undefined) throw lacking(`command ${name}`);
    return found;
  };
  const setParameters = command("migrate-set-parameters").arguments;
  const parameters = command("query-migrate-parameters").returns;
  if (setParameters === undefined || parameters?.kind !== "object") throw lacking("migration parameters");
  const visits = new SchemaVisits();
  // An introspection has no names of types, and of these only what the commands have of them.
  const enumVisit = (name: string, values: Iterable<string>): TypeVisit<unknown> => {
    const found = schema.definitions.get(name);
    return found?.kind === "enum" ? visits.visitOf(found) : visitEnum(name, [...values]);
  };
  // What the schema holds is its own affair; where it has the members that are generated, they fit.
  return {
    types: {
      parameter: enumVisit("MigrationParameter", setParameters.members.keys()) as SchemaTypes["parameter"],
      capability: enumVisit(
        "MigrationCapability",
        capabilitiesIn(qapi.commands),
      ) as SchemaTypes["capability"],
      setParameters: setParameters as SchemaTypes["setParameters"],
      parameters: parameters as SchemaTypes["parameters"],
    },
    nearest: nearestMachine(qapi),
  };
}
