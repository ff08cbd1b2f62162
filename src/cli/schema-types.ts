import type { SchemaTypes } from "../migration/profile/schema-types.js";
import type { EnumType, ObjectType, Schema } from "../qapi/schema/model.js";
import { SchemaVisits } from "../live-schema/schema-visits.js";

/** A schema that lacks what a monitor's settings are made of. */
export class NoMigrationError extends Error {
  override readonly name = "NoMigrationError";
}

/**
 * The parameters and capabilities of a QEMU's own schema, for a monitor to go by.
 *
 * @throws {NoMigrationError} when it has none
 */
export function schemaTypesOf(schema: Schema): SchemaTypes {
  const visits = new SchemaVisits();
  const argumentsOf = commandOf(schema, "migrate-set-parameters").arguments;
  const returned = commandOf(schema, "query-migrate-parameters").returns;
  if (argumentsOf === undefined || returned?.kind !== "object") throw lacking("migration parameters");
  const objectVisit = (type: ObjectType) => visits.objectOf(type);
  const enumVisit = (name: string) => visits.visitOf(enumOf(schema, name));
  // What the schema holds is its own affair; where it has the members that are generated, they fit.
  return {
    parameter: enumVisit("MigrationParameter") as SchemaTypes["parameter"],
    capability: enumVisit("MigrationCapability") as SchemaTypes["capability"],
    setParameters: objectVisit(argumentsOf) as SchemaTypes["setParameters"],
    parameters: objectVisit(returned) as SchemaTypes["parameters"],
  };
}

function commandOf({ definitions }: Schema, name: string) {
  const found = definitions.get(name);
  if (found?.kind !== "command") throw lacking(`the command ${name}`);
  return found;
}

function enumOf({ definitions }: Schema, name: string): EnumType {
  const found = definitions.get(name);
  if (found?.kind !== "enum") throw lacking(`the enum ${name}`);
  return found;
}

function lacking(what: string): NoMigrationError {
  return new NoMigrationError(`the schema has no ${what.replace(/^the /, "")}`);
}
