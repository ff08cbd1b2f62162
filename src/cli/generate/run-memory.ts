import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { cwd } from "node:process";
import { fileURLToPath } from "node:url";
import packageJson from "../../../package.json" with { type: "json" };
import type { GeneratedFile } from "../../codegen/file/generated-file.js";
import { nodeOutputHost } from "../../codegen/node-output-host.js";
import type { OutputHost } from "../../codegen/output-host.js";
import type { Reuse } from "../../codegen/plan/emitter.js";
import type { GenerateJob } from "./job.js";

/** What a run read and wrote, by which the next one sees that nothing changed. */
interface RunRecord {
  /** Which program it was. */
  readonly program: string;
  /** Everything else that decides the output. */
  readonly settings: string;
  /** Digests of files by absolute path. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Digests of files by path within the output folder. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Digests of what the costly ones among these were made from. */
  readonly made: Readonly<Record<string, string>>;
}

/**
 * Remembers one job's last run in `node_modules/.cache`: when nothing changed the next one has nothing to do, and
 * where something did, costly files that it does not concern are taken over.
 */
export class RunMemory {
  private readonly output: OutputHost;
  private readonly made = new Map<string, string>();
  private loaded: { readonly record: RunRecord | undefined } | undefined;

  private constructor(
    private readonly job: GenerateJob,
    private readonly file: string,
    private readonly program: string,
    private readonly settings: string,
  ) {
    this.output = nodeOutputHost(job.output);
  }

  /**
   * The memory of a job; undefined where runs cannot be remembered, without a `node_modules` to keep it in.
   *
   * @param program what the output depends on besides the input; another program remembers anew
   */
  static of(job: GenerateJob, program = programIdentity()): RunMemory | undefined {
    if (program === undefined || !existsSync(join(cwd(), "node_modules"))) return undefined;
    const {
      schema,
      output,
      docRules,
      runtime,
      scalars,
      importExtension,
      excludeDeprecated,
      excludeUnstable,
    } = job;
    const selection = [job.products, job.commands, job.events, excludeDeprecated, excludeUnstable];
    const conditions = job.defines && [...job.defines].sort();
    const options = [docRules, runtime, scalars, importExtension, conditions, selection];
    const settings = JSON.stringify([resolve(schema), options]);
    const name = digest(resolve(output)).slice(0, 16);
    return new RunMemory(job, join(cwd(), "node_modules/.cache/qapi-ts", `${name}.json`), program, settings);
  }

  /** The last run's inputs and size, if the job would read and write exactly what it did then. */
  unchanged(): { readonly inputs: readonly string[]; readonly fileCount: number } | undefined {
    const { record } = this;
    // The code of the user's own emitters is not known.
    if (record?.settings !== this.settings || this.job.emitters.length > 0) return undefined;
    for (const [path, expected] of Object.entries(record.inputs)) {
      if (digestOf(path) !== expected) return undefined;
    }
    // The line map is among them, so what else there is has not been listed by anyone.
    const paths = Object.keys(record.outputs);
    if (paths.some((path) => this.untouched(path, record) === undefined)) return undefined;
    if (this.output.leftovers().length > 0) return undefined;
    return { inputs: Object.keys(record.inputs), fileCount: paths.length };
  }

  /** What the last run made of the same input, if nobody has changed it since. */
  readonly reuse: Reuse = (path, input, make) => {
    const { record } = this;
    const key = digest(input);
    this.made.set(path, key);
    const isMade = record !== undefined && Object.hasOwn(record.made, path) && record.made[path] === key;
    return (isMade ? this.untouched(path, record) : undefined) ?? make();
  };

  /** A file of the output, as the last run left it. */
  private untouched(path: string, { outputs }: RunRecord): string | undefined {
    const text = this.output.read(path);
    return text !== undefined && digest(text) === outputs[path] ? text : undefined;
  }

  /** Notes a run whose output is on disk. What did not come from files cannot be noted. */
  save(inputs: readonly string[], files: readonly GeneratedFile[]): void {
    if (!inputs.includes(this.job.schema)) return;
    const digests = inputs.map((path) => [resolve(path), digestOf(path)]);
    const outputs = files.map(({ path, text }) => [path, digest(text)]);
    const record = {
      program: this.program,
      settings: this.settings,
      inputs: Object.fromEntries(digests) as unknown,
      outputs: Object.fromEntries(outputs) as unknown,
      made: Object.fromEntries(this.made),
    };
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(this.file, JSON.stringify(record));
    } catch {
      // Nowhere to keep it: the next run takes longer, which is all.
    }
  }

  /** The last run's record, where this program made it. */
  private get record(): RunRecord | undefined {
    this.loaded ??= { record: readRecord(this.file) };
    const { record } = this.loaded;
    return record?.program === this.program ? record : undefined;
  }
}

function readRecord(file: string): RunRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(record) ? record : undefined;
  } catch {
    // There is none, or what is there is none: the job runs in full.
    return undefined;
  }
}

function isRecord(value: unknown): value is RunRecord {
  if (typeof value !== "object" || value === null) return false;
  const { program, settings, inputs, outputs, made } = value as Partial<Record<keyof RunRecord, unknown>>;
  const texts = [program, settings];
  return texts.every((each) => typeof each === "string") && [inputs, outputs, made].every(isDigests);
}

function isDigests(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((digest) => typeof digest === "string")
  );
}

/**
 * Which program this is: the package's version and, since a checkout is built many times under one
 * version, when it was built. Undefined when it is run from its sources, any of which may have changed.
 */
function programIdentity(): string | undefined {
  const file = fileURLToPath(import.meta.url);
  return file.endsWith(".ts") ? undefined : `${packageJson.version} ${statSync(file).mtimeMs}`;
}

function digestOf(path: string): string | undefined {
  try {
    return digest(readFileSync(path));
  } catch {
    // It cannot be read: the job will say so.
    return undefined;
  }
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
