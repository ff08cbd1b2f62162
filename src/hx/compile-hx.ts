import type { Diagnostic } from "../diagnostic/diagnostic.js";
import { Problems } from "../diagnostic/problems.js";
import type { Span } from "../diagnostic/source.js";
import type { SchemaHost } from "../qapi/load/host.js";
import { readSource } from "../qapi/load/read-source.js";
import { folder, join } from "../util/paths.js";
import { parseHx } from "./parse-hx.js";
import { type HxOptions, readTable } from "./read-table.js";
import type { HxTable } from "./table.js";

/** What became of an `.hx` file. */
export interface CompiledHx {
  readonly diagnostics: readonly Diagnostic[];
  /** The file's table; absent when there are diagnostics. */
  readonly table?: HxTable;
  /** The tables that its commands, and theirs, have as sub-tables, by C name. */
  readonly subTables: ReadonlyMap<string, HxTable>;
}

/**
 * Reads an `.hx` file and the files of its sub-tables: QEMU's own naming is taken for a rule, by which
 * the table `hmp_info_cmds` is in `hmp-commands-info.hx`.
 *
 * @param path as the user spelt it; messages repeat it
 */
export function compileHx(path: string, host: SchemaHost, options: HxOptions = {}): CompiledHx {
  const compiler = new Compiler(host, options);
  const table = compiler.readFile(path);
  const diagnostics = compiler.problems.all;
  return { diagnostics, subTables: compiler.subTables, ...(diagnostics.length === 0 && table && { table }) };
}

class Compiler {
  readonly problems = new Problems();
  readonly subTables = new Map<string, HxTable>();
  /** The files that are being read, each a sub-table of the one before. */
  private readonly open: string[] = [];

  constructor(
    private readonly host: SchemaHost,
    private readonly options: HxOptions,
  ) {}

  /** @param reportUnreadable as `readSource` takes it */
  readFile(path: string, reportUnreadable?: (reason: string) => void): HxTable | undefined {
    const source = readSource(path, this.host, this.problems, { reportUnreadable });
    if (source === undefined) return undefined;
    const items = parseHx(source, this.problems);
    if (items === undefined) return undefined;
    const table = readTable(items, source, this.problems, this.options);
    this.open.push(this.host.absolute(path));
    for (const { subTable } of table.commands) {
      if (subTable !== undefined) this.readSubTable(path, subTable.name, subTable.span);
    }
    this.open.pop();
    return table;
  }

  private readSubTable(from: string, name: string, span: Span): void {
    const fileName = subTableFile(name);
    if (fileName === undefined) {
      this.problems.report("hx-sub-table", span, [name, "it is not named like 'hmp_info_cmds'"]);
      return;
    }
    const path = join(folder(from), fileName);
    if (this.open.includes(this.host.absolute(path))) {
      this.problems.report("hx-sub-table-loop", span, [name]);
      return;
    }
    if (this.subTables.has(name)) return;
    const table = this.readFile(path, (reason) => {
      this.problems.report("hx-sub-table", span, [name, `${path}: ${reason}`]);
    });
    if (table !== undefined) this.subTables.set(name, table);
  }
}

/** The file that holds the table of a C name. */
function subTableFile(name: string): string | undefined {
  const topic = /^hmp_(\w+)_cmds$/.exec(name)?.[1];
  return topic === undefined ? undefined : `hmp-commands-${topic.replaceAll("_", "-")}.hx`;
}
