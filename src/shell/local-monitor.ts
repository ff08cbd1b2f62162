import { onOff } from "../hmp/commands/c-format.js";
import type { Monitor } from "../hmp/monitor.js";
import type { HmpCommand } from "../visitor/hmp-command.js";
import type { Machine } from "../migration/machine.js";
import type { Completion, LineShell, ShellResult } from "../terminal/line-shell.js";
import type { MigrationFigures } from "../terminal/migration-lines.js";
import type { EnumVisit } from "../visitor/type-visit.js";
import { completeMonitorLine } from "./complete-monitor-line.js";
import { hintForMonitorLine } from "./hint-monitor-line.js";
import type { MonitorVocabulary } from "./monitor-vocabulary.js";
import { qemuCommandNames, qemuInfoNames } from "./qemu-names.js";

/** Our own monitor, with somebody at it: it keeps a history. */
export class LocalMonitor implements LineShell {
  readonly prompt = "(qemu) ";
  readonly greeting: string;
  private readonly vocabulary: MonitorVocabulary;

  /** @param hasQuit whether a line has ended the emulator */
  constructor(
    private readonly monitor: Monitor,
    private readonly hasQuit: () => boolean,
  ) {
    const { major, minor, micro } = monitor.machine.profile.version;
    this.greeting = `QEMU ${major}.${minor}.${micro} monitor - type 'help' for more information`;
    this.vocabulary = vocabularyOf(monitor);
  }

  async run(line: string): Promise<ShellResult> {
    this.remember(line);
    const result = await this.monitor.run(line);
    return { ...result, ended: this.hasQuit() };
  }

  complete(line: string): Completion {
    return completeMonitorLine(line, this.vocabulary);
  }

  hint(line: string): string | undefined {
    return hintForMonitorLine(line, this.vocabulary);
  }

  watch(line: string): (() => MigrationFigures) | undefined {
    if (line.trim() !== "watch migrate") return undefined;
    this.remember(line);
    const { machine } = this.monitor;
    return () => machine.command(() => figuresOf(machine));
  }

  /** Notes a line, once: an earlier one that is the same gives way (QEMU `readline_hist_add`). */
  private remember(line: string): void {
    const { history } = this.monitor;
    if (line === "") return;
    const earlier = history.indexOf(line);
    if (earlier >= 0) history.splice(earlier, 1);
    history.push(line);
  }
}

function figuresOf({ migration }: Machine): MigrationFigures {
  const stats = migration.stats();
  const ram = stats?.ram;
  return {
    status: migration.status,
    isRunning: migration.isRunning,
    error: undefined,
    totalTimeMs: stats?.totalTime ?? 0n,
    syncs: ram?.["dirty-sync-count"] ?? 0n,
    total: ram?.total,
    remaining: ram?.remaining,
    throughput: ram?.mbps ?? 0,
    dirtyRate: Number(ram?.["dirty-pages-rate"] ?? 0n) * Number(ram?.["page-size"] ?? 0n),
    throttlePercentage: stats?.throttlePercentage === 0 ? undefined : stats?.throttlePercentage,
  };
}

function vocabularyOf({ table, machine }: Monitor): MonitorVocabulary {
  const { types, parameters } = machine;
  const info = table.find(({ names }) => names.includes("info"));
  return {
    commands: flagsByName(table).set("watch", []),
    topics: flagsByName(info?.subTable ?? []),
    parameters: types.parameter.values.map(({ name }) => name),
    parameterValues: (name) => {
      const type = types.setParameters.members.get(name)?.type;
      if (type?.kind === "enum") return (type as EnumVisit<string>).values.map((value) => value.name);
      if (type?.name === "bool") return ["on", "off"];
      // A number has no list of values; the one it has is a place to begin.
      const current: unknown = Object.entries(parameters.values).find(([key]) => key === name)?.[1];
      return typeof current === "bigint" || typeof current === "number" ? [String(current)] : [];
    },
    capabilities: types.capability.values.map(({ name }) => name),
    capabilityValues: (name) => (types.capability.has(name) ? [onOff(true), onOff(false)] : []),
    firstWords: new Map([
      ["migrate", ["sim:"]],
      ["migrate_continue", ["pre-switchover"]],
    ]),
    elsewhere: { commands: qemuCommandNames, topics: qemuInfoNames },
  };
}

function flagsByName(table: readonly HmpCommand[]): Map<string, readonly string[]> {
  return new Map(
    table.flatMap(({ names, arguments: specs }) => {
      const flags = specs.flatMap(({ flag }) => (flag === undefined ? [] : [`-${flag}`]));
      return names.map((name): [string, readonly string[]] => [name, flags]);
    }),
  );
}
