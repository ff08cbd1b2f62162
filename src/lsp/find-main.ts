import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { append } from "../util/lists.js";

/** More files than this are not looked through in one folder. */
const MOST_FILES = 2000;
/** More text than this is no schema. */
const MOST_BYTES = 16 << 20;
/** Below a client's folder, so many folders are looked through, so deep. */
const MOST_FOLDERS = 1000;
const DEEPEST = 4;
/** What QEMU calls a main file. */
const USUAL_NAME = "qapi-schema.json";

const INCLUDE = /^[^\S\n]*\{\s*'include'\s*:\s*'([^'\\\n]*)'/gm;

/** Finds the main files of schemas by who includes whom. What it has read it remembers. */
export class MainFinder {
  private readonly includes = new Map<string, readonly string[]>();
  private readonly listings = new Map<string, readonly string[]>();
  private readonly below = new Map<string, readonly string[]>();

  /** @param read gives a file's text as it is now, in an editor or on the disk; it may throw */
  constructor(private readonly read: (path: string) => string) {}

  /**
   * The main file of the schema that a file belongs to: in its folder, or in one above it up to the root of
   * its repository, a file that includes it and is itself included by none. The file itself where there is
   * no such file.
   *
   * @param ceiling folders above this one are not looked into
   */
  mainOf(path: string, ceiling: string | undefined): string {
    let main: string | undefined;
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      // What one folder's main file seems to be, a file above may include.
      main = this.mainIn(folder, path) ?? main;
      const isTop = folder === dirname(folder) || folder === ceiling || existsSync(join(folder, ".git"));
      if (isTop || (main !== undefined && ceiling === undefined)) return main ?? path;
    }
  }

  /** The main files in and below a folder that have the name that QEMU gives them. */
  mainsBelow(root: string): readonly string[] {
    const known = this.below.get(root);
    if (known !== undefined) return known;
    const found: string[] = [];
    this.below.set(root, found);
    const open = [{ folder: root, depth: 0 }];
    let looked = 0;
    for (let next = open.shift(); next !== undefined && looked < MOST_FOLDERS; next = open.shift()) {
      looked++;
      const { folder, depth } = next;
      for (const entry of foldersAndFiles(folder)) {
        if (entry.isFile() && entry.name === USUAL_NAME) found.push(join(folder, entry.name));
        if (!entry.isDirectory() || depth >= DEEPEST || /^(?:\.|node_modules$|build)/.test(entry.name))
          continue;
        open.push({ folder: join(folder, entry.name), depth: depth + 1 });
      }
    }
    return found;
  }

  /**
   * Takes in the text that a file has now.
   *
   * @returns whether it includes other files than before
   */
  update(path: string, text: string): boolean {
    const now = includesIn(path, text);
    const before = this.includes.get(path);
    this.includes.set(path, now);
    return before === undefined || before.length !== now.length || before.some((each, i) => each !== now[i]);
  }

  /** Files have come, gone or changed on the disk. */
  forget(): void {
    this.includes.clear();
    this.listings.clear();
    this.below.clear();
  }

  private mainIn(folder: string, path: string): string | undefined {
    const seen = this.reachedFrom(this.filesIn(folder));
    const inner = new Set([...seen].flatMap((file) => this.includedBy(file)));
    const roots = [...seen].filter(
      (file) => !inner.has(file) && file !== path && this.reachedFrom([file]).has(path),
    );
    // Of several, the one that is called as QEMU calls it, else the one that holds most.
    return roots.sort((a, b) => this.rank(b) - this.rank(a))[0];
  }

  private rank(file: string): number {
    return (file.endsWith(`/${USUAL_NAME}`) ? 1e6 : 0) + this.includedBy(file).length;
  }

  private filesIn(folder: string): readonly string[] {
    const known = this.listings.get(folder);
    if (known !== undefined) return known;
    const files = foldersAndFiles(folder)
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".json"))
      .slice(0, MOST_FILES)
      .map((name) => join(folder, name));
    this.listings.set(folder, files);
    return files;
  }

  private includedBy(file: string): readonly string[] {
    const known = this.includes.get(file);
    if (known !== undefined) return known;
    let included: string[] = [];
    try {
      if (statSync(file).size <= MOST_BYTES) included = includesIn(file, this.read(file));
    } catch {
      // What cannot be read includes nothing.
    }
    this.includes.set(file, included);
    return included;
  }

  /** Some files and all that they include, directly or through others. */
  private reachedFrom(files: readonly string[]): ReadonlySet<string> {
    const seen = new Set<string>();
    const open = [...files];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      append(open, this.includedBy(file));
    }
    return seen;
  }
}

function includesIn(file: string, text: string): string[] {
  return [...text.matchAll(INCLUDE)].map(([, name = ""]) => resolve(dirname(file), name));
}

function foldersAndFiles(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
