import { isGenerated, type GeneratedFile } from "./file/generated-file.js";
import { LINE_MAP_PATH, listedFiles, withListed } from "./line-map.js";
import type { Obstacle, OutputChanges, OutputHost } from "./output-host.js";

/** How an output folder differs from what was generated. */
export interface Difference {
  readonly kind: "missing" | "differs" | "extra";
  readonly path: string;
}

/** Something that was not generated stands where a file shall go. Nothing was written. */
export class OutputBlockedError extends Error {
  override readonly name = "OutputBlockedError";

  /** @param obstacles what is in the way, by path within the output folder */
  constructor(readonly obstacles: readonly (Obstacle | ForeignFile)[]) {
    super(`in the way: ${obstacles.map(({ path }) => path).join(", ")}`);
  }
}

/** A file that does not say that it was generated. */
export interface ForeignFile {
  readonly path: string;
  readonly what: "not generated";
}

/**
 * Compares an output folder with what was generated, sorted by path. A file is extra when the
 * folder's own line map lists it, it says itself that it was generated, and it is no longer produced.
 */
export function compareOutput(files: readonly GeneratedFile[], host: OutputHost): Difference[] {
  const produced = new Set(files.map(({ path }) => path));
  const differences = files.flatMap(({ path, text }): Difference[] => {
    const old = host.read(path);
    if (old === text) return [];
    return [{ kind: old === undefined ? "missing" : "differs", path }];
  });
  const stale = listedFiles(host.read(LINE_MAP_PATH)).filter(
    (path) => !produced.has(path) && host.obstacle(path) === undefined && isGenerated(host.read(path) ?? ""),
  );
  const extra = [...stale, ...host.leftovers()].map((path): Difference => ({ kind: "extra", path }));
  return [...differences, ...extra].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Brings an output folder up to date: files that are as they should be are not touched.
 *
 * @throws {OutputBlockedError} when a file would have to go where something of another hand stands
 * @throws {OutputBusyError}
 */
export function writeOutput(files: readonly GeneratedFile[], host: OutputHost): Difference[] {
  let differences = compareOutput(files, host);
  if (differences.length === 0) return differences;
  refuseObstacles(differences, host);
  host.commit(() => {
    // Another run may have been here until now.
    differences = compareOutput(files, host);
    refuseObstacles(differences, host);
    return changesFor(differences, files, new Set(host.leftovers()));
  });
  return differences;
}

function refuseObstacles(differences: readonly Difference[], host: OutputHost): void {
  const goes = new Set(differences.filter(({ kind }) => kind === "extra").map(({ path }) => path));
  const obstacles = differences.flatMap(({ kind, path }): (Obstacle | ForeignFile)[] => {
    if (kind === "extra") return [];
    const obstacle = host.obstacle(path);
    if (obstacle !== undefined) return makesWay(obstacle, goes) ? [] : [obstacle];
    return kind === "differs" && !isGenerated(host.read(path) ?? "") ? [{ path, what: "not generated" }] : [];
  });
  const byPath = new Map(obstacles.map((obstacle) => [obstacle.path, obstacle]));
  if (byPath.size > 0) throw new OutputBlockedError([...byPath.values()]);
}

/** Whether something is of an earlier run, which had a file where now a folder shall be or the reverse. */
function makesWay({ path, what }: Obstacle, goes: ReadonlySet<string>): boolean {
  if (what === "a file") return goes.has(path);
  return what === "a folder" && [...goes].some((gone) => gone.startsWith(`${path}/`));
}

/**
 * The line map goes first, and lists what was there as well as what is to come: whenever a run is
 * killed, the next one knows all that may be its own. What is left of it in the end goes last.
 */
function changesFor(
  differences: readonly Difference[],
  files: readonly GeneratedFile[],
  leftovers: ReadonlySet<string>,
): OutputChanges {
  const changed = new Set(differences.map(({ path }) => path));
  // Leftovers of other runs are the folder's own business.
  const remove = differences
    .filter(({ kind, path }) => kind === "extra" && !leftovers.has(path))
    .map(({ path }) => path);
  const write = files.filter(({ path }) => changed.has(path));
  const map = files.find(({ path }) => path === LINE_MAP_PATH);
  if (map === undefined) return { write, remove };
  const first = withListed(map, remove);
  const others = write.filter((file) => file !== map);
  if (first !== map) return { write: [first, ...others, map], remove };
  return { write: changed.has(LINE_MAP_PATH) ? [map, ...others] : others, remove };
}
