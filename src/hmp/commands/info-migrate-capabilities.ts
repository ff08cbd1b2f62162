import { queryMigrateCapabilities } from "../../qmp/handlers/parameters.js";
import { onOff } from "./on-off.js";
import type { HmpHandler } from "./handler.js";

export const infoMigrateCapabilities: HmpHandler<"info migrate_capabilities"> = (context) => {
  for (const { capability, state } of queryMigrateCapabilities(context, undefined)) {
    context.print(`${capability}: ${onOff(state)}\n`);
  }
};
