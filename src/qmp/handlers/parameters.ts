import { Refusal } from "../../migration/refusal.js";
import type { Handlers } from "./handler.js";

/** What concerns a migration's parameters and capabilities. */
export const parameterHandlers = {
  /** @throws {Refusal} with the words of the first check that fails; then nothing has changed */
  "migrate-set-parameters": ({ machine }, args) => {
    machine.parameters.change(args, machine.capabilities.enabled);
  },
  "query-migrate-parameters": ({ machine }) => machine.parameters.values,
  /** @throws {Refusal} while a migration runs, or with the words of the first check that fails */
  "migrate-set-capabilities": ({ machine, report }, { capabilities }) => {
    if (machine.migration.isRunning) throw new Refusal("There's a migration process in progress");
    machine.capabilities.change(capabilities, machine.parameters.values, (warning) => {
      report(`warning: ${warning}`);
    });
  },
  "query-migrate-capabilities": ({ machine }) =>
    machine.types.capability.values.map(({ name }) => ({
      capability: name,
      state: machine.capabilities.enabled.has(name),
    })),
} satisfies Handlers;
