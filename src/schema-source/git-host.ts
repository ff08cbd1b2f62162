import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, posix, relative, resolve } from "node:path";
import type { SchemaHost } from "../qapi/load/host.js";
import { type SchemaFile, SchemaSourceError } from "./source-form.js";

const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * A file and what it includes as they stood at a revision. The repository is the one that the path lies in;
 * where no such file is there, the path may begin at the root of the working folder's repository.
 *
 * @param revision anything that git takes for a commit or a tree
 * @param path from the working folder
 * @throws {SchemaSourceError} when there is no git, no repository, no such revision, or no such file in it
 */
export function fileAtRevision(revision: string, path: string): SchemaFile {
  const there = placeOf(dirname(resolve(path)));
  const here = placeOf(process.cwd());
  const known = there ?? here;
  if (known === undefined) throw new SchemaSourceError(`${path} lies in no git repository`);
  const candidates = [
    ...(there === undefined ? [] : [{ root: there.root, main: posix.join(there.prefix, basename(path)) }]),
    ...(here === undefined ? [] : [{ root: here.root, main: posix.normalize(path) }]),
  ];
  for (const { root, main } of candidates) {
    if (main.startsWith("../") || main.startsWith("/")) continue;
    const tree = new Tree(root, revision, main, path);
    if (tree.has(main)) return { path: tree.spelling, host: tree };
  }
  throw new SchemaSourceError(`there is no file ${path} at the revision '${revision}' of ${known.root}`);
}

/** The files of one revision. Those that a file names are fetched with it, since each call of git has its price. */
class Tree implements SchemaHost {
  /** The main file's path in messages. It has a slash, so that includes are spelt with the revision as well. */
  readonly spelling: string;
  private readonly id: string;
  private readonly prefix: string;
  private readonly mainFolder: string;
  /** By the path from the root; undefined where there is no file. */
  private readonly contents = new Map<string, Buffer | undefined>();

  /** @param path of the main file as the user spelt it */
  constructor(
    private readonly root: string,
    revision: string,
    private readonly main: string,
    path: string,
  ) {
    const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{tree}`];
    const { status, stdout } = git(root, words);
    if (status !== 0) throw new SchemaSourceError(`there is no revision '${revision}' in ${root}`);
    this.id = stdout.toString().trim();
    this.prefix = `git:${revision}:`;
    this.spelling = this.prefix + (path.includes("/") ? path : `./${path}`);
    this.mainFolder = posix.dirname(posix.resolve(path));
  }

  has(path: string): boolean {
    this.fetch([path]);
    return this.contents.get(path) !== undefined;
  }

  read(spelt: string): Uint8Array {
    const path = this.inTree(spelt);
    if (!this.contents.has(path)) this.fetch([path]);
    const content = this.contents.get(path);
    if (content === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    const named = [...content.toString("latin1").matchAll(/'include'\s*:\s*'([^'\n]+)'/g)].map(
      ([, name = ""]) => posix.join(posix.dirname(path), name),
    );
    this.fetch(named.filter((each) => !this.contents.has(each)));
    return content;
  }

  absolute(spelt: string): string {
    return `/${this.inTree(spelt)}`;
  }

  /** Includes are spelt from the main file's folder, wherever the working folder is. */
  private inTree(spelt: string): string {
    const path = spelt.startsWith(this.prefix) ? spelt.slice(this.prefix.length) : spelt;
    return posix.join(posix.dirname(this.main), posix.relative(this.mainFolder, posix.resolve(path)));
  }

  private fetch(paths: readonly string[]): void {
    // A line of its own asks for each, so a name with a line end cannot be asked for.
    const asked = paths.filter((path) => !path.includes("\n"));
    for (const path of paths) this.contents.set(path, undefined);
    if (asked.length === 0) return;
    const input = asked.map((path) => `${this.id}:${path}\n`).join("");
    const { stdout } = git(this.root, ["cat-file", "--batch", "--follow-symlinks"], input);
    let at = 0;
    for (const path of asked) {
      const line = stdout.indexOf("\n", at);
      const [, kind, size] =
        / ?(blob|tree|commit|symlink|dangling|loop|notdir) (\d+)$/.exec(stdout.toString("utf8", at, line)) ??
        [];
      at = line + 1;
      if (size === undefined) continue;
      const end = at + Number(size);
      if (kind === "blob") this.contents.set(path, stdout.subarray(at, end));
      at = end + 1;
    }
  }
}

/** The repository that a folder lies in, and the folder in it; the folder itself need not be there any more. */
function placeOf(folder: string): { readonly root: string; readonly prefix: string } | undefined {
  const standing = nearestFolder(folder);
  const { status, stdout } = git(standing, ["rev-parse", "--show-toplevel", "--show-prefix"]);
  const [root, prefix = ""] = stdout.toString().split("\n");
  if (status !== 0 || root === undefined) return undefined;
  return { root, prefix: posix.join(prefix, relative(standing, folder)) };
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function git(
  folder: string,
  words: readonly string[],
  input = "",
): { status: number | null; stdout: Buffer } {
  const { error, status, stdout } = spawnSync("git", ["-C", folder, ...words], {
    input,
    maxBuffer: MOST_BYTES,
  });
  if (error === undefined) return { status, stdout };
  const isMissing = "code" in error && error.code === "ENOENT";
  throw new SchemaSourceError(isMissing ? "git is not installed here" : `git does not run: ${error.message}`);
}
