/** How the loader reaches files; nothing else in `src/qapi` does. */
export interface SchemaHost {
  /**
   * The content of a file, whose path is spelt as the user or an `include` spelt it.
   *
   * @throws Error if the file cannot be read; its `code`, such as `ENOENT`, is put into words
   */
  read(path: string): Uint8Array | string;
  /**
   * A path that is equal for equal files: absolute, with `.` and `..` worked out on the text alone,
   * as Python's `os.path.abspath` does it.
   */
  absolute(path: string): string;
}
