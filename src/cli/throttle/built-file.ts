import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { invariant } from "../../util/invariant.js";

/** Where a file of the build is, be this module the bundle itself or the sources beside it. */
export function builtFile(name: string): URL {
  for (let folder = new URL(".", import.meta.url); ; folder = new URL("..", folder)) {
    if (existsSync(new URL("package.json", folder))) {
      const file = new URL(`dist/${name}`, folder);
      invariant(existsSync(file), `dist/${name} is missing; \`npm run build\` makes it`);
      return file;
    }
    invariant(folder.pathname !== "/" && folder.href !== new URL("..", folder).href, "no package.json above");
  }
}

/** The text of a file of the build. */
export function readBuiltFile(name: string): Promise<string> {
  return readFile(builtFile(name), "utf8");
}
