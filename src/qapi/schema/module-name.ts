import { relativePath } from "../../util/paths.js";

/** Names schema files as modules. */
export class ModuleNames {
  private readonly mainFolder: readonly string[];

  /**
   * @param mainPath the schema's main file
   * @param absolute makes a path absolute, with `.` and `..` worked out on the text
   */
  constructor(
    mainPath: string,
    private readonly absolute: (path: string) => string,
  ) {
    this.mainFolder = steps(absolute(mainPath)).slice(0, -1);
  }

  /**
   * The name of the module that a file is: its path relative to the main file's folder (QEMU's
   * `_module_name`). QEMU takes a path that starts with `./` for the name of a module of its own, so
   * such paths stay as they are.
   */
  of(path: string): string {
    if (path.startsWith("./")) return path;
    return relativePath(this.mainFolder, steps(this.absolute(path)));
  }
}

function steps(path: string): string[] {
  return path.split("/").filter((step) => step !== "");
}
