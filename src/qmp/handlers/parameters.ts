import { Refusal } from "../../migration/refusal.js";
import type { Handler } from "./handler.js";

/** @throws {Refusal} with the words of the first check that fails; then nothing has changed */
export const migrateSetParameters: Handler<"migrate-set-parameters"> = ({ store }, args) => {
  store.parameters.change(args, store.capabilities.enabled);
};

export const queryMigrateParameters: Handler<"query-migrate-parameters"> = ({ store }) =>
  store.parameters.values;

/** @throws {Refusal} while a migration runs, or with the words of the first check that fails */
export const migrateSetCapabilities: Handler<"migrate-set-capabilities"> = (
  { store, report },
  { capabilities },
) => {
  if (store.migration.isRunning) throw new Refusal("There's a migration process in progress");
  store.capabilities.change(capabilities, store.parameters.values, (warning) => {
    report(`warning: ${warning}`);
  });
};

export const queryMigrateCapabilities: Handler<"query-migrate-capabilities"> = ({ store }) =>
  store.types.capability.values.map(({ name }) => ({
    capability: name,
    state: store.capabilities.enabled.has(name),
  }));
