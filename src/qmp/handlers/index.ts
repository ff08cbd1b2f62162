import type { Handlers, QmpContext } from "./handler.js";
import { machineHandlers } from "./machine.js";
import { migrate } from "./migrate.js";
import { controlHandlers } from "./migrate-control.js";
import { monitorHandlers } from "./monitor.js";
import { parameterHandlers } from "./parameters.js";
import { queryMigrate } from "./query-migrate.js";

/** What runs each command. */
export const handlers: Handlers<QmpContext> = {
  ...monitorHandlers,
  ...machineHandlers,
  ...parameterHandlers,
  ...controlHandlers,
  migrate,
  "query-migrate": queryMigrate,
};
