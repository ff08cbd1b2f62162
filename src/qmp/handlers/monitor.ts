import { introspection } from "../../../generated/qapi/introspect.js";
import { visitSchemaInfo } from "../../../generated/qapi/visitors/introspect.js";
import { visitArray } from "../../visitor/array-type.js";
import { fromJson } from "../../visitor/json-input.js";
import { Refusal } from "../../migration/refusal.js";
import type { Handler, QmpContext } from "./handler.js";

/** @throws {ClassifiedError} when the connection is open for commands already */
export const qmpCapabilities: Handler<"qmp_capabilities", QmpContext> = (context, { enable = [] }) => {
  context.negotiate(enable);
};

export const queryCommands: Handler<"query-commands", QmpContext> = ({ commandNames }) =>
  commandNames.map((name) => ({ name }));

/** @throws {Refusal} when a CPU is asked for: the machine has none */
export const humanMonitorCommand: Handler<"human-monitor-command", QmpContext> = (context, args) => {
  if (args["cpu-index"] !== undefined) throw new Refusal("Parameter 'cpu-index' expects a CPU number");
  return context.runMonitorLine(args["command-line"]);
};

/** The schema that this connection speaks, as the profile has it. */
export const queryQmpSchema: Handler<"query-qmp-schema"> = ({ machine }) =>
  fromJson(schemaInfos, introspection(machine.profile.defines));

const schemaInfos = visitArray(visitSchemaInfo);

export const quit: Handler<"quit", QmpContext> = (context) => {
  context.quit();
};
