import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { cwd } from "node:process";
import { isGenerated, type GeneratedFile } from "../../codegen/file/generated-file.js";
import { nodeOutputHost } from "../../codegen/node-output-host.js";
import type { GenerateJob } from "./job.js";

/** What a run read and wrote, by which the next one sees that nothing changed. */
interface RunRecord {
  /** Everything else that decides the output: the options, and the program itself. */
  readonly settings: string;
  /** Digests of files by absolute path. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Digests of files by path within the output folder. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The bundler names this file by its content and all it imports, so its name stands for the program. */
const BUNDLED = /-[A-Z0-9]{8}\.js$/;

/** Remembers one job's last run in `node_modules/.cache`. */
export class RunMemory {
  private constructor(
    private readonly job: GenerateJob,
    private readonly file: string,
    private readonly settings: string,
  ) {}

  /**
   * The memory of a job; undefined where runs cannot be remembered: without a `node_modules` to keep
   * it in, with emitters of the user's own, or when the program is run from its sources.
   */
  static of(job: GenerateJob): RunMemory | undefined {
    const program = basename(import.meta.url);
    if (!BUNDLED.test(program) || job.emitters.length > 0 || !existsSync("node_modules")) return undefined;
    const { schema, output, docRules, runtime, scalars, excludeDeprecated, excludeUnstable } = job;
    const selection = [job.products, job.commands, job.events, excludeDeprecated, excludeUnstable];
    const conditions = job.defines && [...job.defines].sort();
    const options = [docRules, runtime, scalars, conditions, selection];
    const settings = JSON.stringify([program, ajvVersion(), resolve(schema), options]);
    const name = digest(resolve(output)).slice(0, 16);
    return new RunMemory(job, join(cwd(), "node_modules/.cache/qapi-ts", `${name}.json`), settings);
  }

  /** The last run's inputs and size, if the job would read and write exactly what it did then. */
  unchanged(): { readonly inputs: readonly string[]; readonly fileCount: number } | undefined {
    const record = this.load();
    if (record?.settings !== this.settings) return undefined;
    for (const [path, expected] of Object.entries(record.inputs)) {
      if (digestOf(path) !== expected) return undefined;
    }
    const host = nodeOutputHost(this.job.output);
    const missing = new Set(Object.keys(record.outputs));
    for (const path of host.list()) {
      const text = host.read(path) ?? "";
      const expected = record.outputs[path];
      if (expected === undefined ? isGenerated(text) : digest(text) !== expected) return undefined;
      missing.delete(path);
    }
    if (missing.size > 0) return undefined;
    return { inputs: Object.keys(record.inputs), fileCount: Object.keys(record.outputs).length };
  }

  /** Notes a run whose output is on disk. What did not come from files cannot be noted. */
  save(inputs: readonly string[], files: readonly GeneratedFile[]): void {
    if (!inputs.includes(this.job.schema)) return;
    const digests = inputs.map((path) => [resolve(path), digestOf(path)]);
    const outputs = files.map(({ path, text }) => [path, digest(text)]);
    const record = {
      settings: this.settings,
      inputs: Object.fromEntries(digests) as unknown,
      outputs: Object.fromEntries(outputs) as unknown,
    };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(record));
  }

  private load(): RunRecord | undefined {
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as RunRecord;
    } catch {
      // There is none, or what is there is none: the job runs in full.
      return undefined;
    }
  }
}

function ajvVersion(): string {
  const { version } = createRequire(import.meta.url)("ajv/package.json") as { version: string };
  return version;
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
