import { QmpConnectionError, QmpError, QmpTimeoutError } from "../client/errors.js";
import type { Commander } from "../client/helpers/commander.js";
import { humanMonitor } from "../client/helpers/human-monitor.js";
import { readProgress } from "../client/helpers/migration.js";
import { member } from "../json/value.js";
import type { LiveQapi } from "../live-schema/live-qapi.js";
import type { Completion, LineShell, ShellResult } from "../terminal/line-shell.js";
import type { MigrationFigures } from "../terminal/migration-lines.js";
import { escapeControls } from "../util/escape-controls.js";
import type { TypeVisit } from "../visitor/type-visit.js";
import { completeMonitorLine } from "./complete-monitor-line.js";
import { hintForMonitorLine } from "./hint-monitor-line.js";
import { namesInHelp } from "./monitor-help.js";
import type { MonitorVocabulary } from "./monitor-vocabulary.js";
import { argumentsOf, asObject, elementOf, enumValues, memberType } from "./schema-members.js";

const RUNNING = /^(setup|active|postcopy.*|pre-switchover|device|wait-unplug|cancelling|colo)$/;

/** The human monitor of a live QEMU: lines go there, output comes back. */
export class LiveMonitor implements LineShell {
  readonly prompt = "(qemu) ";

  private constructor(
    private readonly client: Commander,
    private readonly vocabulary: MonitorVocabulary,
  ) {}

  /** Learns from the monitor's own `help`, and from a schema, what can be completed. */
  static async open(client: Commander, schema?: LiveQapi): Promise<LiveMonitor> {
    const [{ output: commands }, { output: topics }] = await Promise.all([
      humanMonitor(client, "help"),
      humanMonitor(client, "help info"),
    ]);
    const parameters = argumentsOf(schema, "migrate-set-parameters");
    const capabilities = capabilitiesOf(schema);
    return new LiveMonitor(client, {
      commands: namesInHelp(commands).set("watch", []),
      topics: namesInHelp(topics),
      parameters: [...(parameters?.members.keys() ?? [])],
      parameterValues: (name) => valuesOf(parameters?.members.get(name)?.type),
      capabilities,
      capabilityValues: (name) => (capabilities.includes(name) ? ["on", "off"] : []),
      firstWords: new Map([["migrate_continue", ["pre-switchover"]]]),
      elsewhere: { commands: new Set(), topics: new Set() },
    });
  }

  async run(line: string): Promise<ShellResult> {
    if (line.trim() === "") return { output: "", failed: false };
    const isQuit = /^\s*(quit|q)\s*$/.test(line);
    try {
      const { output, failed } = await humanMonitor(this.client, line);
      return { output: escapeControls(output), failed, ended: isQuit };
    } catch (error) {
      const isExpected =
        error instanceof QmpError || error instanceof QmpTimeoutError || error instanceof QmpConnectionError;
      if (!isExpected) throw error;
      // QEMU may be gone before it has answered that it goes.
      if (isQuit) return { output: "", failed: false, ended: true };
      return { output: `${escapeControls(error.message)}\n`, failed: true };
    }
  }

  complete(line: string): Completion {
    return completeMonitorLine(line, this.vocabulary);
  }

  hint(line: string): string | undefined {
    return hintForMonitorLine(line, this.vocabulary);
  }

  watch(line: string): (() => Promise<MigrationFigures>) | undefined {
    return line.trim() === "watch migrate" ? () => askFigures(this.client) : undefined;
  }
}

async function askFigures(client: Commander): Promise<MigrationFigures> {
  const progress = readProgress(await client.executeRaw("query-migrate"));
  const { status, error, total, remaining, totalTime = 0n, passes = 0n, throttlePercentage } = progress;
  const ram = member(progress.info, "ram");
  const pageSize = Number(member(ram, "page-size") ?? 4096n);
  return {
    status: escapeControls(status),
    isRunning: RUNNING.test(status),
    error: error === undefined ? undefined : escapeControls(error),
    totalTimeMs: totalTime,
    syncs: passes,
    total,
    remaining,
    throughput: Number(member(ram, "mbps") ?? 0),
    dirtyRate: Number(member(ram, "dirty-pages-rate") ?? 0n) * pageSize,
    throttlePercentage,
  };
}

function capabilitiesOf(schema: LiveQapi | undefined): readonly string[] {
  const list = memberType(argumentsOf(schema, "migrate-set-capabilities"), "capabilities");
  return enumValues(memberType(asObject(elementOf(list)), "capability"));
}

function valuesOf(type: TypeVisit<unknown> | undefined): readonly string[] {
  return type?.name === "bool" ? ["on", "off"] : enumValues(type);
}
