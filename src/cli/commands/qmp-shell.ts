import type { QmpClient } from "../../client/index.js";
import type { LiveQapi } from "../../live-schema/live-qapi.js";
import { LiveMonitor } from "../../shell/live-monitor.js";
import { QmpShell } from "../../shell/qmp-shell.js";
import { UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { keepStdinFor } from "../take-stdin.js";
import { converse, isInteractive } from "../converse.js";
import { ExitStatus } from "../exit-status.js";
import {
  askAgent,
  askSchema,
  greetingOf,
  runLines,
  withClient,
  type ConnectionOptions,
} from "../live-client.js";
import type { SchemaOptions } from "../report-diagnostics.js";

interface QmpShellOptions extends SchemaOptions, ConnectionOptions {
  /** The peer is a guest agent. */
  readonly agent?: boolean;
  /** A QAPI schema, or what `query-qmp-schema` returned, in place of what the QEMU says of itself. */
  readonly schema?: string;
  /** Lines are the human monitor's. */
  readonly hmp?: boolean;
  /** Print one message of JSON a line. */
  readonly json?: boolean;
}

/**
 * `qapi qmp shell ADDRESS`: talk QMP to a live QEMU. On a terminal there is a prompt; lines from elsewhere
 * are run one after the other, and the exit status tells whether one was refused.
 */
export async function qmpShell(
  address: string,
  options: QmpShellOptions,
  context: CliContext,
): Promise<ExitStatus> {
  keepStdinFor("the shell's lines", [options.schema]);
  const given = options.schema === undefined ? undefined : await schemaFrom(options.schema, options, context);
  const { agent = false, hmp = false, wait } = options;
  if (agent && hmp)
    throw new UsageError("a guest agent has no human monitor: --agent and --hmp exclude each other");
  const connection = {
    agent,
    ...(wait !== undefined && { waitFor: wait }),
    // A line of the monitor may take its time: savevm, migrate.
    ...(hmp && { timeout: Infinity }),
  };
  return withClient(address, connection, context, async (client, closed) =>
    talk(client, given ?? (agent ? undefined : await askSchema(client, context)), options, context, closed),
  );
}

async function talk(
  client: QmpClient,
  schema: LiveQapi | undefined,
  { agent = false, hmp = false, json = false }: QmpShellOptions,
  context: CliContext,
  closed: AbortSignal,
): Promise<ExitStatus> {
  const { stdout, signal } = context;
  // What can be completed is of interest to people only.
  const isAsked = agent && schema === undefined && isInteractive(context);
  const commands = isAsked ? await askAgent(client) : [];
  const qmp = new QmpShell({ client, schema, json, commands });
  const shell = hmp ? await LiveMonitor.open(client, schema) : qmp;
  if (!isInteractive(context)) {
    if (!hmp) client.onRawEvent((event) => stdout.write(qmp.showEvent(event)));
    const isWell = await runLines(shell, undefined, context, closed);
    if (signal.aborted) return ExitStatus.interrupted;
    return isWell ? ExitStatus.ok : ExitStatus.failed;
  }
  const conversation = {
    shell,
    historyName: hmp ? "hmp-history" : "qmp-history",
    greeting: greetingOf(client),
    signal: AbortSignal.any([signal, closed]),
  };
  return converse(
    {
      ...conversation,
      onOpen: (terminal) => {
        client.onRawEvent((event) => {
          terminal.notice(qmp.showEvent(event));
        });
      },
    },
    context,
  );
}

/** What a schema that was named has. */
async function schemaFrom(source: string, options: QmpShellOptions, context: CliContext): Promise<LiveQapi> {
  // The compiler is loaded by those who want it.
  const [{ readSchema }, { liveQapi }] = await Promise.all([
    import("../read-schema.js"),
    import("../../live-schema/live-qapi.js"),
  ]);
  return liveQapi(await readSchema(source, options, context));
}
