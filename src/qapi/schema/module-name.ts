import { relativePath } from "../../util/paths.js";

/**
 * Names schema files as modules, by their paths relative to the main file's folder (QEMU's `_module_name`).
 * QEMU takes a path that starts with `./` for the name of a module of its own, so such paths stay as they are.
 * @param main path of the schema's main file
 * @param absolute makes a path absolute, with `.` and `..` worked out on the text
 */
export function moduleNaming(main: string, absolute: (path: string) => string): (path: string) => string {
  const mainFolder = steps(absolute(main)).slice(0, -1);
  return (path) => (path.startsWith("./") ? path : relativePath(mainFolder, steps(absolute(path))));
}

function steps(path: string): string[] {
  return path.split("/").filter((step) => step !== "");
}
