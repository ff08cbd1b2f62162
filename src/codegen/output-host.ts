import type { GeneratedFile } from "./file/generated-file.js";

/** An output folder, as writing needs it. Paths are relative to it, with `/` between folders. */
export interface OutputHost {
  /** A file's text; undefined when there is no such file. */
  read(path: string): string | undefined;
  /**
   * What stands where a file shall go, or on the way there, and is neither a plain file nor a plain
   * folder that leads to it; undefined when nothing does.
   */
  obstacle(path: string): Obstacle | undefined;
  /** What runs that were killed left in the folder, and no living one uses. */
  leftovers(): readonly string[];
  /**
   * Carries out one run's changes while no other run is at work in the same folder: what `changes`
   * returns is removed, then written in its order. All texts are on disk before the first file
   * changes, and whatever fails after that is undone, so that the output is the old or the new one.
   *
   * @throws {OutputBusyError} when another run does not come to its end
   */
  commit(changes: () => OutputChanges): void;
}

export interface OutputChanges {
  readonly write: readonly GeneratedFile[];
  readonly remove: readonly string[];
}

/** Something in the way of a file: where it stands, relative to the output folder, and what it is. */
export interface Obstacle {
  readonly path: string;
  readonly what: "a file" | "a folder" | "a symbolic link" | "something else than a file";
}

/** Another run writes to the same folder. */
export class OutputBusyError extends Error {
  override readonly name = "OutputBusyError";
}
