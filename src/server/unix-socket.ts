import { lstat, unlink } from "node:fs/promises";
import { createConnection } from "node:net";

/** A socket's path that somebody else uses. */
export class AddressInUseError extends Error {
  override readonly name = "AddressInUseError";
}

/**
 * Makes way for a socket at a path: one that nobody listens on any more is removed.
 *
 * @throws {AddressInUseError} when somebody listens there, or the path is no socket
 */
export async function clearSocketPath(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) throw new AddressInUseError(`${path} exists and is not a socket`);
  if (await isListening(path)) throw new AddressInUseError(`${path} is in use`);
  await unlink(path);
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection({ path });
    probe.on("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.on("error", () => {
      resolve(false);
    });
  });
}
