import { QmpConnectionError, QmpError, QmpTimeoutError } from "../client/errors.js";
import type { Commander } from "../client/helpers/commander.js";
import { humanMonitor } from "../client/helpers/human-monitor.js";
import type { Completion } from "./complete.js";
import type { LineResult, LineShell } from "./line-shell.js";
import { namesInHelp } from "./monitor-help.js";
import { findMember, type SchemaIndex } from "./schema-index.js";

/** What can be completed at a monitor. */
interface Vocabulary {
  readonly commands: readonly string[];
  readonly topics: readonly string[];
  readonly parameters: readonly string[];
  readonly capabilities: readonly string[];
}

/** The human monitor of a live QEMU: lines go there, output comes back. */
export class MonitorShell implements LineShell {
  readonly prompt = "(qemu) ";

  private constructor(
    private readonly client: Commander,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** Learns from the monitor's own `help`, and from a schema, what can be completed. */
  static async open(client: Commander, schema?: SchemaIndex): Promise<MonitorShell> {
    const parameters = schema?.commands.get("migrate-set-parameters")?.arguments.members.keys() ?? [];
    return new MonitorShell(client, {
      commands: [...namesInHelp((await humanMonitor(client, "help")).output), "watch"],
      topics: namesInHelp((await humanMonitor(client, "help info")).output),
      parameters: [...parameters],
      capabilities: schema === undefined ? [] : capabilitiesOf(schema),
    });
  }

  async run(line: string): Promise<LineResult> {
    if (line.trim() === "") return { output: "", failed: false };
    const isQuit = /^\s*(quit|q)\s*$/.test(line);
    try {
      return { ...(await humanMonitor(this.client, line)), ended: isQuit };
    } catch (error) {
      const isExpected =
        error instanceof QmpError || error instanceof QmpTimeoutError || error instanceof QmpConnectionError;
      if (!isExpected) throw error;
      // QEMU may be gone before it has answered that it goes.
      if (isQuit) return { output: "", failed: false, ended: true };
      return { output: `${error.message}\n`, failed: true };
    }
  }

  complete(line: string): Completion {
    const words = line.trimStart().split(/\s+/);
    const typed = words.pop() ?? "";
    return { candidates: this.candidates(words).filter((each) => each.startsWith(typed)), typed };
  }

  private candidates([command, ...others]: readonly string[]): readonly string[] {
    const { commands, topics, parameters, capabilities } = this.vocabulary;
    const isFirst = others.length === 0;
    switch (command) {
      case undefined:
        return commands;
      case "help":
      case "?":
        return isFirst ? commands : others[0] === "info" ? topics : [];
      case "info":
        return isFirst ? topics : [];
      case "watch":
        return isFirst ? ["migrate"] : [];
      case "migrate_set_parameter":
        return isFirst ? parameters : [];
      case "migrate_set_capability":
        return isFirst ? capabilities : ["on", "off"];
      default:
        return [];
    }
  }
}

function capabilitiesOf(schema: SchemaIndex): readonly string[] {
  const type = schema.commands.get("migrate-set-capabilities")?.arguments;
  const list = type === undefined ? undefined : findMember(type, "capabilities")?.type();
  const status = list?.kind === "array" ? list.element() : undefined;
  const capability = status?.kind === "object" ? findMember(status, "capability")?.type() : undefined;
  return capability?.kind === "enum" ? capability.values : [];
}
