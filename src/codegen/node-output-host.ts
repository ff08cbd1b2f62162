import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { dirname, join } from "node:path";
import { kill, pid } from "node:process";
import type { GeneratedFile } from "./file/generated-file.js";
import { foldersAbove } from "./file/output-path.js";
import { OutputBusyError, type Obstacle, type OutputHost } from "./output-host.js";

/**
 * Texts wait in a folder of this name, within the output folder, so that moving them out is a rename.
 * The number of the process follows: a folder whose process is gone is a leftover.
 */
const STAGING_PREFIX = ".qapi-ts-";

/** Held by the process that is at work in the folder, whose number it contains. */
const LOCK = ".qapi-ts-lock";

/** How long another run's lock is waited for, and between two looks at it, in milliseconds. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 20;

/** How long a process may be between making its lock and writing its number into it, in milliseconds. */
const INSTANT_MS = 2_000;

/** An output folder of the file system. */
export function nodeOutputHost(folder: string): OutputHost {
  const locate = (path: string): string => join(folder, path);
  let isHeld = false;
  const leftovers = (): string[] => findLeftovers(folder).filter((name) => !isHeld || name !== LOCK);
  return {
    read: (path) => readIfPresent(locate(path)),
    obstacle: (path) => findObstacle(folder, path),
    leftovers,
    commit(changes) {
      createFolder(folder);
      const lock = takeLock(locate(LOCK), folder);
      isHeld = true;
      try {
        const { write, remove } = changes();
        for (const name of findLeftovers(folder).filter((each) => each !== LOCK))
          rmSync(locate(name), { recursive: true, force: true });
        replaceFiles(folder, write, remove);
      } finally {
        isHeld = false;
        unlinkSync(lock);
      }
    },
  };
}

function replaceFiles(folder: string, write: readonly GeneratedFile[], remove: readonly string[]): void {
  const staging = mkdtempSync(join(folder, `${STAGING_PREFIX}${pid}-`));
  const undo: (() => void)[] = [];
  try {
    const moves = stage(folder, staging, write);
    // First what goes: where case does not count, it may be what comes by another name.
    remove.forEach((path, index) => {
      undo.push(setAside(folder, path, join(staging, `old-${index}`)));
    });
    for (const move of moves) undo.push(carryOut(move, folder));
  } catch (error) {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) attempt(step);
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** A file, or a folder that is new as a whole, to be moved to its place. */
interface Move {
  readonly from: string;
  /** Relative to the output folder. */
  readonly path: string;
}

/** Puts all texts on disk. What a new folder holds is moved by one rename. */
function stage(folder: string, staging: string, write: readonly GeneratedFile[]): Move[] {
  const fresh = join(staging, "fresh");
  const newFolders = new Map<string, boolean>();
  const made = new Set<string>();
  const moves = new Map<string, Move>();
  write.forEach(({ path, text }, index) => {
    const [top] = foldersAbove(path);
    if (top !== undefined && !newFolders.has(top))
      newFolders.set(top, statOf(join(folder, top)) === undefined);
    if (top === undefined || newFolders.get(top) !== true) {
      const from = join(staging, String(index));
      writeFileSync(from, text);
      moves.set(`${index}`, { from, path });
      return;
    }
    const above = dirname(join(fresh, path));
    if (!made.has(above)) createFolder(above);
    made.add(above);
    writeFileSync(join(fresh, path), text);
    moves.set(`/${top}`, { from: join(fresh, top), path: top });
  });
  return [...moves.values()];
}

/** Takes a file out of the output; the result undoes that. */
function setAside(folder: string, path: string, aside: string): () => void {
  const place = join(folder, path);
  renameSync(place, aside);
  removeEmptyFolders(folder, path);
  return () => {
    createFolder(dirname(place));
    renameSync(aside, place);
  };
}

/** Does what can still be done after a failure, which is the one to be told of. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // The others are still worth trying.
  }
}

/** Moves something to its place; the result undoes that. */
function carryOut({ from, path }: Move, folder: string): () => void {
  const to = join(folder, path);
  const old = readIfPresent(to);
  createFolder(dirname(to));
  renameSync(from, to);
  return () => {
    if (old !== undefined) {
      writeFileSync(to, old);
      return;
    }
    rmSync(to, { recursive: true, force: true });
    removeEmptyFolders(folder, path);
  };
}

/**
 * Creates a lock file, once no living process holds it.
 *
 * @returns its path
 * @throws {OutputBusyError}
 */
function takeLock(lock: string, folder: string): string {
  const end = Date.now() + PATIENCE_MS;
  while (true) {
    try {
      writeFileSync(lock, `${pid}\n`, { flag: "wx" });
      return lock;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
    if (isStale(lock)) rmSync(lock, { force: true });
    else if (Date.now() > end) {
      throw new OutputBusyError(
        `${folder}: another qapi generate is writing to it; if none is, remove ${lock}`,
      );
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

/** Whether a lock's process is gone, so that it ought to be. */
function isStale(lock: string): boolean {
  const holder = Number.parseInt(readIfPresent(lock) ?? "", 10);
  if (!Number.isNaN(holder)) return !isRunning(holder);
  // Its process is about to write its number, or was killed before it could.
  const made = statOf(lock)?.mtimeMs;
  return made !== undefined && Date.now() - made > INSTANT_MS;
}

function isRunning(number: number): boolean {
  if (number === pid) return false;
  try {
    kill(number, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

function findLeftovers(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => name.startsWith(STAGING_PREFIX))
    .filter((name) => {
      if (name === LOCK) return isStale(join(folder, name));
      const owner = Number.parseInt(name.slice(STAGING_PREFIX.length), 10);
      return Number.isNaN(owner) || !isRunning(owner);
    })
    .sort();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function findObstacle(folder: string, path: string): Obstacle | undefined {
  for (const above of foldersAbove(path)) {
    const stat = statOf(join(folder, above));
    if (stat === undefined) return undefined;
    if (!stat.isDirectory()) return { path: above, what: describe(stat) };
  }
  const stat = statOf(join(folder, path));
  return stat === undefined || stat.isFile() ? undefined : { path, what: describe(stat) };
}

function describe(stat: Stats): Obstacle["what"] {
  if (stat.isSymbolicLink()) return "a symbolic link";
  if (stat.isDirectory()) return "a folder";
  return stat.isFile() ? "a file" : "something else than a file";
}

/** What stands at a path, a link itself rather than what it leads to. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Makes a folder and those above it. Node's own way (`recursive`) never ends where a folder cannot be
 * made although the one above it is there, as in /proc.
 */
function createFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (hasCode(error, "EEXIST") && statSync(path).isDirectory()) return;
    const above = dirname(path);
    if (!hasCode(error, "ENOENT") || statSync(above, { throwIfNoEntry: false }) !== undefined) throw error;
    createFolder(above);
    mkdirSync(path);
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Removes the folders of what was removed, up to the output folder, that are empty without it. */
function removeEmptyFolders(folder: string, path: string): void {
  for (const above of foldersAbove(path).reverse()) {
    if (namesIn(join(folder, above)).length > 0) return;
    rmdirSync(join(folder, above));
  }
}

function isMissing(error: unknown): boolean {
  return hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
