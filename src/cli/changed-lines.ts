import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";
import { CommandFailure } from "./command-failure.js";
import type { LineRange } from "../format/format-schema.js";

const run = promisify(execFile);
const MOST_BYTES = 1 << 28;

/**
 * The lines of a file that are not as they were at a revision of the repository it lies in; all of them
 * where git does not know the file.
 *
 * @throws {CommandFailure} if there is no such repository or revision
 */
export async function changedLines(path: string, revision: string): Promise<LineRange[]> {
  const [folder, file] = [dirname(path), `./${basename(path)}`];
  await git(
    folder,
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`],
    () => `'${revision}' is no revision of the repository that ${path} lies in`,
  );
  const known = await git(folder, ["ls-files", "--", file]);
  if (known === "") return [{ from: 1, to: Infinity }];
  const diff = await git(folder, ["diff", "--no-color", "--no-ext-diff", "-U0", revision, "--", file]);
  return [...diff.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].map(([, start = "0", count = "1"]) => {
    const from = Number(start);
    // Where lines have gone, what stands around the place has changed.
    return count === "0" ? { from, to: from + 1 } : { from, to: from + Number(count) - 1 };
  });
}

async function git(folder: string, words: readonly string[], problem?: () => string): Promise<string> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...words], { maxBuffer: MOST_BYTES });
    return stdout;
  } catch (error) {
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") throw new CommandFailure("git is not installed, and --since asks it");
    const [said = ""] = stderr.split("\n");
    throw new CommandFailure(said !== "" ? said : (problem?.() ?? "git failed"));
  }
}
