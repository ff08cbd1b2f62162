import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import type { OutputHost } from "./output-host.js";

/** Texts wait here, within the output folder, so that moving them out is a rename. */
const STAGING_PREFIX = ".qapi-ts-";

/** An output folder of the file system. */
export function nodeOutputHost(folder: string): OutputHost {
  const locate = (path: string): string => join(folder, path);
  return {
    list: () => listFiles(folder),
    read: (path) => readIfPresent(locate(path)),
    commit({ write, remove }) {
      makeFolder(folder);
      removeLeftovers(folder);
      const staging = mkdtempSync(join(folder, STAGING_PREFIX));
      try {
        write.forEach(({ text }, index) => {
          writeFileSync(join(staging, String(index)), text);
        });
        for (const { path } of write) makeFolder(dirname(locate(path)));
        write.forEach(({ path }, index) => {
          renameSync(join(staging, String(index)), locate(path));
        });
        for (const path of remove) removeFile(locate(path), folder);
      } finally {
        rmSync(staging, { recursive: true, force: true });
      }
    },
  };
}

/**
 * Makes a folder and those above it. Node's own way (`recursive`) never ends where a folder cannot be
 * made although the one above it is there, as in /proc.
 */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (hasCode(error, "EEXIST") && statSync(path).isDirectory()) return;
    const above = dirname(path);
    if (!hasCode(error, "ENOENT") || existsSync(above)) throw error;
    makeFolder(above);
    mkdirSync(path);
  }
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
      .map((path) => path.split(sep).join("/"))
      .filter((path) => !path.startsWith(STAGING_PREFIX));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** What an interrupted run left. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(STAGING_PREFIX)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes a file, and the folders up to the output folder that are empty without it. */
function removeFile(path: string, folder: string): void {
  rmSync(path);
  for (let parent = dirname(path); parent.length > folder.length; parent = dirname(parent)) {
    if (readdirSync(parent).length > 0) return;
    rmdirSync(parent);
  }
}

function isMissing(error: unknown): boolean {
  return hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
