import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chmod, link, lstat, rename, rm, unlink } from "node:fs/promises";
import { createConnection, type Server } from "node:net";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { isMainThread } from "node:worker_threads";
import { MAX_UNIX_PATH } from "../util/address.js";

/** A socket's path that somebody else uses. */
export class AddressInUseError extends Error {
  override readonly name = "AddressInUseError";
}

/** A path that a server listens at, and what gives it up. */
export interface HeldPath {
  /** Removes the socket, unless the path has come to be somebody else's. */
  release(): Promise<void>;
}

/**
 * Makes a server listen at a path that only the user may connect to. A socket that nobody listens at any
 * more gives way.
 *
 * The socket is made under a name that nobody knows and linked to its path when it is ready: so there is no
 * moment at which others may connect, a path that has been taken meanwhile stays taken, and Node, which
 * removes the name it has bound whatever is there, does not remove what somebody else has put in its place.
 *
 * @throws {AddressInUseError} when somebody listens there, or the path is no socket
 */
export async function listenAtPath(server: Server, path: string): Promise<HeldPath> {
  await removeStale(path);
  const made = await listenUnderFreeName(server, path);
  try {
    await chmod(made, 0o600);
    const { dev, ino } = await lstat(made, { bigint: true });
    await link(made, path);
    return {
      release: async () => {
        // The number stays ours for as long as the server listens.
        const found = await identify(path);
        // It may be gone already: a server may be closed twice.
        if (found?.dev === dev && found.ino === ino) await rm(path, { force: true });
      },
    };
  } catch (error) {
    server.close();
    if (codeOf(error) === "EEXIST") throw new AddressInUseError(`${path} is in use`);
    throw error;
  } finally {
    await unlink(made).catch(() => undefined);
  }
}

/** What is at a path, if anything is. */
async function identify(path: string) {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Takes a socket away from its path if nobody listens at it. */
async function removeStale(path: string): Promise<void> {
  const found = await identify(path);
  if (found === undefined) return;
  if (!found.isSocket()) throw new AddressInUseError(`${path} exists and is not a socket`);
  if (await isListening(path)) throw new AddressInUseError(`${path} is in use`);

  // Another server may have replaced it since: what is removed is looked at once it is out of the way.
  const aside = siblingOf(path, 16);
  await rename(path, aside).catch(ignore("ENOENT"));
  const taken = await identify(aside);
  if (taken === undefined) return;
  const isWhatWasFound = taken.ino === found.ino && taken.mtimeNs === found.mtimeNs;
  if (!isWhatWasFound) await link(aside, path).catch(ignore("EEXIST"));
  await unlink(aside);
}

/** Only a connection that is refused says that nobody listens; a full backlog, for one, says the opposite. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection({ path });
    probe.on("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.on("error", (error) => {
      resolve(codeOf(error) !== "ECONNREFUSED" && codeOf(error) !== "ENOENT");
    });
  });
}

/** @returns the name, in the folder of `path` */
async function listenUnderFreeName(server: Server, path: string): Promise<string> {
  for (;;) {
    // No longer than the path where that is as long as the system allows.
    const spare = MAX_UNIX_PATH - Buffer.byteLength(path);
    const name = siblingOf(path, Math.min(Buffer.byteLength(basename(path)) + spare, 12));
    if (name === path) continue;
    try {
      await listen(server, name);
      return name;
    } catch (error) {
      if (codeOf(error) === "EADDRINUSE") continue;
      // libuv speaks of permission where there is no folder.
      await lstat(dirname(path));
      throw Object.assign(error as Error, { address: path, port: undefined });
    }
  }
}

async function listen(server: Server, path: string): Promise<void> {
  const listening = once(server, "listening");
  // A socket gets its mode while this call lasts; a worker cannot say which.
  const mask = isMainThread ? process.umask(0o177) : undefined;
  try {
    server.listen(path);
  } finally {
    if (mask !== undefined) process.umask(mask);
  }
  await listening;
}

/** A random name in the folder of a path, hidden unless it is of one letter. */
function siblingOf(path: string, length: number): string {
  const letters = Array.from({ length }, () => randomInt(36).toString(36)).join("");
  return join(dirname(path), length === 1 ? letters : `.${letters.slice(1)}`);
}

function ignore(code: string): (error: unknown) => void {
  return (error) => {
    if (codeOf(error) !== code) throw error;
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
