import type { Diagnostic } from "../../src/diagnostic/diagnostic.js";
import { compileHx, type CompiledHx, type HxCommand } from "../../src/hx/index.js";
import type { SchemaHost } from "../../src/qapi/load/host.js";

/** Compiles `main.hx` out of files given by name. */
export function compileFiles(
  files: Readonly<Record<string, string>>,
  defines?: readonly string[],
): CompiledHx {
  const host: SchemaHost = {
    absolute: (path) => `/${path}`,
    read: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(path), { code: "ENOENT" });
      return text;
    },
  };
  return compileHx("main.hx", host, { defines: defines && new Set(defines) });
}

/** The commands of a text that has no problems. */
export function commandsOf(text: string, defines?: readonly string[]): readonly HxCommand[] {
  const { diagnostics, table } = compileFiles({ "main.hx": text }, defines);
  if (table === undefined) throw new Error(diagnostics.map(describeProblem).join("\n"));
  return table.commands;
}

/** An entry with the fields that every command has, those given replaced or added. */
export function entry(fields: Readonly<Record<string, string>> = {}): string {
  const all = { name: '"a"', args_type: '""', params: '""', help: '""', ...fields };
  const lines = Object.entries(all).map(([key, value]) => `  .${key} = ${value},`);
  return ["{", ...lines, "},", ""].join("\n");
}

/** The problems of a text, each `line:column-line:column code: message`. */
export function problemsOf(text: string): string[] {
  return compileFiles({ "main.hx": text }).diagnostics.map(describeProblem);
}

export function describeProblem({ span, code, message }: Diagnostic): string {
  const start = span.file.position(span.start);
  const end = span.file.position(span.end);
  return `${start.line}:${start.column}-${end.line}:${end.column} ${code}: ${message}`;
}
