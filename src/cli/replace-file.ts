import { randomUUID } from "node:crypto";
import { chmodSync, chownSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readErrorWords } from "../qapi/load/read-error.js";
import { CommandFailure } from "./command-failure.js";

/**
 * Gives a file a new text, which stands there whole or not at all: where the disk is full, or the process
 * killed, the old one stays. The file keeps its mode and its owner, and a link stays a link. What is no
 * regular file, and a file in a folder that takes no other, is written in place.
 *
 * Packages that do this were left: write-file-atomic 7 takes a write that a full disk cuts short for whole.
 *
 * @throws {CommandFailure} where it cannot be written
 */
export function replaceFile(path: string, text: string): void {
  try {
    write(path, text);
  } catch (error) {
    throw new CommandFailure(`cannot write ${path}: ${readErrorWords(error)}`);
  }
}

function write(path: string, text: string): void {
  const old = statSync(path, { throwIfNoEntry: false });
  if (old?.isFile() !== true) {
    writeFileSync(path, text);
    return;
  }
  const place = realpathSync(path);
  const fresh = `${place}.${randomUUID()}`;
  try {
    writeFileSync(fresh, text, { flag: "wx", mode: old.mode, flush: true });
    chmodSync(fresh, old.mode);
    chownSync(fresh, old.uid, old.gid);
    renameSync(fresh, place);
  } catch (error) {
    rmSync(fresh, { force: true });
    if (!isRefusal(error)) throw error;
    writeFileSync(path, text);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}
