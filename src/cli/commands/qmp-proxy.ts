import { once } from "node:events";
import { closeSync, openSync, writeSync } from "node:fs";
import picocolors from "picocolors";
import type { LogProblem } from "../../conformance/check-log.js";
import { SchemaChecker } from "../../conformance/schema-checker.js";
import type { Finding } from "../../findings/index.js";
import { renderPrettyFinding } from "../../findings/render/pretty.js";
import { writeJson } from "../../json/index.js";
import type { InspectionReceiver } from "../../proxy/inspector.js";
import { type RunningProxy, startProxy } from "../../proxy/proxy.js";
import { readErrorWords } from "../../qapi/load/read-error.js";
import { formatAddress, parseAddress } from "../../util/address.js";
import {
  conformanceLevels,
  conformanceRules,
  messageFinding,
  type ConformanceLevel,
} from "../conformance-findings.js";
import { CommandFailure, UsageError } from "../command-failure.js";
import type { CliContext } from "../context.js";
import { ExitStatus } from "../exit-status.js";
import type { ConnectionOptions } from "../live-client.js";
import { readSchema } from "../read-schema.js";
import type { SchemaOptions } from "../report-diagnostics.js";
import { reportFindings, type FindingOptions } from "../report-findings.js";
import { tell } from "../tell.js";

interface QmpProxyOptions extends SchemaOptions, ConnectionOptions, FindingOptions<ConformanceLevel> {
  /** Where clients connect. */
  readonly listen?: string;
  /** Hold to this schema, not to what the QEMU says of itself. */
  readonly schema?: string;
  /** File to write every message to, a record a line. */
  readonly record?: string;
  readonly tolerant?: boolean;
}

/** More findings than this are counted and told, but not held for a report at the end. */
const MOST_HELD = 100_000;

/**
 * `qapi qmp proxy ADDRESS --listen ADDRESS`: sits between clients and a QEMU and tells what does not conform, at
 * once. The forms that are one document are printed at the end; what is found is on stderr meanwhile.
 */
export async function qmpProxy(
  address: string,
  options: QmpProxyOptions,
  context: CliContext,
): Promise<ExitStatus> {
  if (options.listen === undefined) throw new UsageError("say where clients connect: --listen ADDRESS");
  let record: Recorder | undefined;
  let proxy: RunningProxy | undefined;
  try {
    const [peer, listen] = [parseAddress(address), parseAddress(options.listen)];
    const { diagnostics, docRules, wait, tolerant = false } = options;
    const source = options.schema ?? formatAddress(peer);
    const schema = await readSchema(source, { diagnostics, docRules, wait }, context);
    const checker = new SchemaChecker(schema, { tolerant });
    record = options.record === undefined ? undefined : new Recorder(options.record, context);
    const witness = new Witness(record, options, context);
    proxy = await startProxy({ address: peer, listen, checker, receiver: witness, waitFor: wait });
    tell(`proxy for ${address} at ${proxy.address}`, context);
    const { signal } = context;
    const interrupted = signal.aborted ? [] : [once(signal, "abort").then(() => undefined)];
    const problem = signal.aborted ? undefined : await Promise.race([proxy.ended, ...interrupted]);
    await proxy.close();
    const status = witness.report();
    if (problem !== undefined) throw problem;
    return record?.hasFailed === true ? ExitStatus.failed : status;
  } finally {
    record?.close();
  }
}

/** Writes messages to a file, one record a line. */
class Recorder {
  private readonly file: number;
  /** Whether something could not be written: the record is not whole. */
  hasFailed = false;

  constructor(
    private readonly path: string,
    private readonly context: CliContext,
  ) {
    try {
      // A conversation may hold passwords.
      this.file = openSync(path, "w", 0o600);
    } catch (error) {
      throw new CommandFailure(`cannot write ${path}: ${readErrorWords(error)}`);
    }
  }

  write(line: string): void {
    if (this.hasFailed) return;
    try {
      const bytes = Buffer.from(line);
      for (let at = 0; at < bytes.length;) at += writeSync(this.file, bytes, at);
    } catch (error) {
      this.hasFailed = true;
      const words = `cannot write ${this.path}: ${readErrorWords(error)}`;
      tell(`${words}; nothing more is recorded`, this.context);
    }
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Takes down what goes by and tells what does not conform. */
class Witness implements InspectionReceiver {
  private readonly findings: Finding<ConformanceLevel>[] = [];
  private count = 0;

  constructor(
    private readonly record: Recorder | undefined,
    private readonly options: QmpProxyOptions,
    private readonly context: CliContext,
  ) {}

  message(from: "client" | "server", message: Parameters<typeof writeJson>[0]): number {
    const time = new Date().toISOString();
    this.record?.write(`{"time": "${time}", "from": "${from}", "message": ${writeJson(message)}}\n`);
    return ++this.count;
  }

  nextNumber(): number {
    return this.count + 1;
  }

  problem(problem: LogProblem, text: string): void {
    const finding = messageFinding(problem, this.options.record, text);
    if (this.findings.length < MOST_HELD) this.findings.push(finding);
    const out = this.options.format === "pretty" ? this.context.stdout : this.context.stderr;
    const colors = picocolors.createColors(this.context.color(out));
    out.write(renderPrettyFinding(finding, conformanceLevels, { colors, width: out.columns ?? 100 }));
  }

  /** The forms that are one document. */
  report(): ExitStatus {
    if (this.options.format === "pretty")
      return this.findings.length > 0 ? ExitStatus.findings : ExitStatus.ok;
    const rules = conformanceRules;
    const report = { tool: "qapi qmp proxy", levels: conformanceLevels, rules, findings: this.findings };
    return reportFindings(report, this.options, this.context);
  }
}
