import { statSync } from "node:fs";

/** What is at a path, for `parseSource`. */
export function kindOfPath(path: string): "socket" | "other" | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : found.isSocket() ? "socket" : "other";
}
