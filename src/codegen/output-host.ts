/** An output folder, as writing needs it. Paths are relative to it, with `/` between folders. */
export interface OutputHost {
  /** All files in the folder, however deep; none when it does not exist. */
  list(): readonly string[];
  /** A file's text; undefined when there is no such file. */
  read(path: string): string | undefined;
  /**
   * Replaces or creates some files and removes others. All texts are on disk before the first file
   * changes, so that an interrupted run leaves the old output.
   */
  commit(changes: { readonly write: readonly OutputFile[]; readonly remove: readonly string[] }): void;
}

export interface OutputFile {
  readonly path: string;
  readonly text: string;
}
