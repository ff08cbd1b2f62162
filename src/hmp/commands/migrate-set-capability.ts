import { migrateSetCapabilities } from "../../qmp/handlers/parameters.js";
import { parseEnum } from "./parse-enum.js";
import type { HmpHandler } from "./handler.js";

export const migrateSetCapability: HmpHandler<"migrate_set_capability"> = (context, args) => {
  const capability = parseEnum(context.machine.types.capability, args.capability);
  migrateSetCapabilities(context, { capabilities: [{ capability, state: args.state }] });
};
