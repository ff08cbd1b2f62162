import { once } from "node:events";
import { createInterface } from "node:readline";
import { createMonitor } from "../../hmp/create-monitor.js";
import type { Monitor } from "../../hmp/monitor.js";
import type { MachineSettings } from "../../migration/create-machine.js";
import type { Terminal } from "../../terminal/terminal.js";
import { decodeKeepingBytes, encodeModifiedUtf8 } from "../../qmp/wire/modified-utf8.js";
import { escapeControls } from "../../util/escape-controls.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { keepStdinFor } from "../take-stdin.js";
import { machineFailure, machineSettings, type MachineFlags } from "../machine-settings.js";

interface HmpOptions extends MachineFlags, Partial<SchemaOptions>, ConnectionOptions {
  /** Lines to run instead of reading them. */
  readonly command?: readonly string[];
  /** A QEMU's own schema, to take parameters and capabilities from. */
  readonly schema?: string;
  /** Where a live QEMU's QMP is, whose monitor is wanted in place of ours. */
  readonly connect?: string;
}

/**
 * `qapi hmp`: sit at a monitor. On a terminal there is a prompt; otherwise the output is what the monitor
 * prints and nothing else. Lines given with `-c` decide the exit status, lines from stdin do not.
 */
export async function hmp(options: HmpOptions, context: CliContext): Promise<ExitStatus> {
  if (options.connect !== undefined) {
    const { connectMonitor } = await import("../connect-monitor.js");
    return connectMonitor(options.connect, options, context);
  }
  if (options.command === undefined) keepStdinFor("the monitor's lines", [options.schema]);
  const quit = new AbortController();
  const settings = machineSettings(options, context);
  // Where a line is being typed, what QEMU says on its stderr goes between the lines.
  let { report } = settings;
  let monitor: Monitor;
  try {
    const types = options.schema === undefined ? {} : await typesFrom(options.schema, options, context);
    monitor = createMonitor({
      ...settings,
      ...types,
      profile: settings.profile ?? types.profile,
      report: (text) => report?.(text),
      onQuit: () => {
        quit.abort();
      },
    });
  } catch (error) {
    throw machineFailure(error, context);
  }

  const { command, stdin, stdout, signal } = { ...options, ...context };
  if (command === undefined && stdin.isTTY === true && stdout.isTTY === true) {
    const [{ converse }, { LocalMonitor }] = await Promise.all([
      import("../converse.js"),
      import("../../shell/local-monitor.js"),
    ]);
    const shell = new LocalMonitor(monitor, () => quit.signal.aborted);
    const { greeting } = shell;
    const onOpen = (terminal: Terminal): void => {
      report = (text) => {
        terminal.notice(`${text}\n`);
      };
    };
    const outcome = await converse({ shell, historyName: "hmp-history", greeting, signal, onOpen }, context);
    // A migration that was let go of must not keep the process.
    monitor.machine.close();
    return outcome;
  }
  // A line may wait for a migration that never ends.
  const interrupted = once(signal, "abort").then(() => undefined);
  let status: ExitStatus = ExitStatus.ok;
  for await (const line of command ?? linesOf(context)) {
    if (signal.aborted) break;
    const result = await Promise.race([monitor.run(line), interrupted]);
    if (result === undefined) break;
    // What goes elsewhere is what QEMU's monitor prints, byte for byte.
    if (stdout.isTTY === true) stdout.write(escapeControls(result.output));
    else stdout.write(encodeModifiedUtf8(result.output), "latin1");
    if (result.failed && command !== undefined) status = ExitStatus.failed;
    if (quit.signal.aborted) break;
  }
  return signal.aborted ? ExitStatus.interrupted : status;
}

/** The lines of stdin; bytes that are no character are kept, since the monitor hands them back. */
async function* linesOf({ stdin, signal }: CliContext): AsyncGenerator<string> {
  stdin.setEncoding("latin1");
  for await (const line of createInterface({ input: stdin, crlfDelay: Infinity, signal })) {
    yield decodeKeepingBytes(line);
  }
}

/** What a schema says of settings. */
async function typesFrom(
  source: string,
  { diagnostics = "pretty", docRules = "lenient", wait }: HmpOptions,
  context: CliContext,
): Promise<Pick<MachineSettings, "types" | "profile">> {
  // The compiler is read only by those who want it.
  const [{ readSchema }, { schemaTypesOf }] = await Promise.all([
    import("../read-schema.js"),
    import("../schema-types.js"),
  ]);
  const schema = await readSchema(source, { diagnostics, docRules, wait }, context);
  const { types, nearest } = schemaTypesOf(schema, source);
  return { types, profile: nearest.name };
}
