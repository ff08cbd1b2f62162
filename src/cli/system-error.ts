import { readErrorWords } from "../qapi/load/read-error.js";
import { escapeControls } from "../util/escape-controls.js";

const verbs: ReadonlyMap<string, string> = new Map([
  ["open", "open"],
  ["read", "read"],
  ["write", "write"],
  ["mkdir", "make the folder"],
  ["scandir", "list"],
  ["unlink", "remove"],
  ["rename", "replace"],
  ["listen", "listen at"],
  ["connect", "connect to"],
]);

/** What a call of the system failed at, without the names of its codes; undefined for any other error. */
export function describeSystemError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  const { syscall, path, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  const verb = verbs.get(String(syscall)) ?? "reach";
  const place = path ?? (address === undefined ? undefined : [address, port].join(":"));
  // Node writes `ENOENT: no such file or directory, open 'x'`, and `listen EADDRINUSE: address already in use …`.
  const words = readErrorWords(error)
    .replace(/^(?:\w+ )?[A-Z]+: /, "")
    .replace(/,? (?:\w+ '.*'|[\d.:[\]]+)$/, "");
  return escapeControls(
    place === undefined ? `cannot ${verb}: ${words}` : `cannot ${verb} ${place}: ${words}`,
  );
}
