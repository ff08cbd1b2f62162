import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** More files than this are not looked through in one folder. */
const MOST_FILES = 2000;
/** More text than this is no schema. */
const MOST_BYTES = 16 << 20;

const include = /^[^\S\n]*\{\s*'include'\s*:\s*'([^'\\\n]*)'/gm;

/**
 * The main file of the schema that a file belongs to: in its folder, or in one above it up to the root of
 * its repository, a file that includes it and is itself included by none. The file itself where there is
 * no such file.
 *
 * @param ceiling folders above this one are not looked into
 */
export function findMain(path: string, ceiling: string | undefined): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const main = mainIn(folder, path);
    if (main !== undefined) return main;
    const isTop = folder === dirname(folder) || folder === ceiling || existsSync(join(folder, ".git"));
    if (isTop) return path;
  }
}

function mainIn(folder: string, path: string): string | undefined {
  const includes = new Map<string, readonly string[]>();
  const open = candidates(folder);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (includes.has(file)) continue;
    const included = includedBy(file);
    includes.set(file, included);
    for (const each of included) open.push(each);
  }
  const inner = new Set([...includes.values()].flat());
  const roots = [...includes.keys()].filter(
    (file) => !inner.has(file) && file !== path && reaches(includes, file, path),
  );
  // Of several, the one that is called as QEMU calls it, else the one that holds most.
  return roots.sort((a, b) => rank(b, includes) - rank(a, includes))[0];
}

function rank(file: string, includes: ReadonlyMap<string, readonly string[]>): number {
  return (file.endsWith("/qapi-schema.json") ? 1e6 : 0) + (includes.get(file)?.length ?? 0);
}

function candidates(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .slice(0, MOST_FILES)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function includedBy(file: string): string[] {
  try {
    if (statSync(file).size > MOST_BYTES) return [];
    return [...readFileSync(file, "utf8").matchAll(include)].map(([, name = ""]) =>
      resolve(dirname(file), name),
    );
  } catch {
    return [];
  }
}

function reaches(includes: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (file === to) return true;
    if (seen.has(file)) continue;
    seen.add(file);
    for (const each of includes.get(file) ?? []) open.push(each);
  }
  return false;
}
