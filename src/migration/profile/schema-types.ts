import {
  visitMigrateSetParameters,
  visitMigrationCapability,
  visitMigrationParameter,
  visitMigrationParameters,
} from "../../../generated/qapi/visitors/migration.js";
import { resolve } from "../../visitor/resolve.js";
import type { Profile } from "./profile.js";

/** The schema's types that drive settings: which parameters and capabilities there are, and of what type. */
export interface SchemaTypes {
  readonly parameter: typeof visitMigrationParameter;
  readonly setParameters: typeof visitMigrateSetParameters;
  readonly parameters: typeof visitMigrationParameters;
  readonly capability: typeof visitMigrationCapability;
}

/** The types of our own schema, as a profile's QEMU has them. */
export function schemaTypes({ defines }: Profile): SchemaTypes {
  return {
    parameter: resolve(visitMigrationParameter, defines),
    setParameters: resolve(visitMigrateSetParameters, defines),
    parameters: resolve(visitMigrationParameters, defines),
    capability: resolve(visitMigrationCapability, defines),
  };
}
