import type { MigrateSetParameters, MigrationParameters } from "../../../generated/qapi/index.js";
import type { Exact } from "../../visitor/forms.js";

/** A complete set of migration parameters; one that was never set and has no default is absent. */
export type ParameterValues = MigrationParameters<Exact>;

/** Parameters to be set, the others to be left as they are. */
export type ParameterChange = MigrateSetParameters<Exact>;

export type ParameterName = keyof ParameterValues;
