import { isGenerated, type GeneratedFile } from "./file/generated-file.js";
import type { OutputHost } from "./output-host.js";

/** How an output folder differs from what was generated. */
export interface Difference {
  readonly kind: "missing" | "differs" | "extra";
  readonly path: string;
}

/**
 * Compares an output folder with what was generated, sorted by path. A file is extra when it is no
 * longer produced and says itself that it was generated.
 */
export function compareOutput(files: readonly GeneratedFile[], host: OutputHost): Difference[] {
  const produced = new Set(files.map(({ path }) => path));
  const differences = files.flatMap(({ path, text }): Difference[] => {
    const old = host.read(path);
    if (old === text) return [];
    return [{ kind: old === undefined ? "missing" : "differs", path }];
  });
  const extra = host
    .list()
    .filter((path) => !produced.has(path) && isGenerated(host.read(path) ?? ""))
    .map((path): Difference => ({ kind: "extra", path }));
  return [...differences, ...extra].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Brings an output folder up to date: files that are as they should be are not touched. */
export function writeOutput(files: readonly GeneratedFile[], host: OutputHost): Difference[] {
  const differences = compareOutput(files, host);
  if (differences.length === 0) return differences;
  const changed = new Set(differences.map(({ path }) => path));
  host.commit({
    write: files.filter(({ path }) => changed.has(path)),
    remove: differences.filter(({ kind }) => kind === "extra").map(({ path }) => path),
  });
  return differences;
}
