import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync, type Dirent } from "node:fs";
import { CommandFailure } from "../command-failure.js";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { cwd } from "node:process";
import { isGenerated } from "../../codegen/file/generated-file.js";
import { foldPath } from "../../codegen/file/output-path.js";
import { LINE_MAP_PATH } from "../../codegen/line-map.js";

/** Folders whose content is nobody's output: what is in them was installed or is history. */
const passedOver: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/**
 * Refuses outputs that overlap, before anything is written: of two that share a folder, each would
 * take the other's files for its own. Links are followed, and case does not count, since on some
 * systems it does not.
 *
 * @param outputs the folders of one command line, as they were spelt
 * @throws {CommandFailure}
 */
export function refuseOverlaps(outputs: readonly string[]): void {
  const places = outputs.map((output) => ({ output, place: placeOf(output) }));
  // Sorted, a folder stands right before what is in it.
  const keys = places
    .map(({ output, place }) => ({
      output,
      key: `${foldPath(place).replaceAll(sep, "/").replace(/\/$/, "")}/`,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  let outer = keys[0];
  for (const inner of keys.slice(1)) {
    if (outer !== undefined && inner.key.startsWith(outer.key)) {
      const both = inner.key === outer.key ? "are the same folder" : "overlap";
      throw new CommandFailure(
        `the outputs ${outer.output} and ${inner.output} ${both}; give each schema a folder of its own`,
      );
    }
    outer = inner;
  }
  for (const { output, place } of places) refuseFoundOnDisk(output, place);
}

function refuseFoundOnDisk(output: string, place: string): void {
  if (dirname(place) === place) throw new CommandFailure(`${output}: the root folder cannot be an output`);
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new CommandFailure(`${output} is a file; the output goes to a folder`);
  }
  const above = findAbove(place);
  if (above !== undefined) throw overlapping(output, "lies in", above);
  const below = findBelow(place);
  if (below !== undefined) throw overlapping(output, "holds", below);
}

function overlapping(output: string, how: "lies in" | "holds", other: string): CommandFailure {
  const shown = relative(cwd(), other) || ".";
  return new CommandFailure(
    `${output} ${how} ${shown}, which is an output itself (it has a ${LINE_MAP_PATH}); ` +
      `choose a folder beside it, or remove ${shown} if it is no longer needed`,
  );
}

/** Where a folder is or will be: links in the part that exists are followed. */
function placeOf(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const above = dirname(absolute);
    return above === absolute ? absolute : join(placeOf(above), basename(absolute));
  }
}

function findAbove(place: string): string | undefined {
  for (let folder = dirname(place); ; folder = dirname(folder)) {
    if (isOutput(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function findBelow(place: string): string | undefined {
  const pending = foldersIn(place);
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = entriesOf(folder);
    if (entries.some((entry) => entry.name === LINE_MAP_PATH) && isOutput(folder)) return folder;
    for (const each of subfolders(folder, entries)) pending.push(each);
  }
  return undefined;
}

function foldersIn(folder: string): string[] {
  return subfolders(folder, entriesOf(folder));
}

function subfolders(folder: string, entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => entry.isDirectory() && !passedOver.has(entry.name))
    .map((entry) => join(folder, entry.name));
}

/** What is in a folder; nothing where it is not there or not ours to read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Whether a folder has a line map of ours. Only its beginning is read, since it may be large. */
function isOutput(folder: string): boolean {
  const path = join(folder, LINE_MAP_PATH);
  try {
    if (!statSync(path).isFile()) return false;
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(512);
      return isGenerated(head.toString("utf8", 0, readSync(file, head)));
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
