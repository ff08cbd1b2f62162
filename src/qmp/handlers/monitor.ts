import { introspection } from "../../../generated/qapi/introspect.js";
import { visitSchemaInfo } from "../../../generated/qapi/visitors/introspect.js";
import { visitArray } from "../../visitor/array-type.js";
import { fromJson } from "../../visitor/json-input.js";
import { Refusal } from "../../migration/refusal.js";
import type { Handlers, QmpContext } from "./handler.js";

const schemaInfos = visitArray(visitSchemaInfo);

/** What concerns the connection that a command comes over. */
export const monitorHandlers = {
  /** @throws {ClassifiedError} when the connection is open for commands already */
  qmp_capabilities: (context, { enable = [] }) => {
    context.negotiate(enable);
  },
  "query-commands": ({ commandNames }) => commandNames.map((name) => ({ name })),
  /** The schema that this connection speaks, as the profile has it. */
  "query-qmp-schema": ({ machine }) => fromJson(schemaInfos, introspection(machine.profile.defines)),
  /** @throws {Refusal} when a CPU is asked for: the machine has none */
  "human-monitor-command": (context, args) => {
    if (args["cpu-index"] !== undefined) throw new Refusal("Parameter 'cpu-index' expects a CPU number");
    return context.runMonitorLine(args["command-line"]);
  },
  quit: (context) => {
    context.quit();
  },
} satisfies Handlers<QmpContext>;
