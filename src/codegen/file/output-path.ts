/**
 * A path as file systems compare it for which case and the composition of letters do not count: equal
 * for paths that are one file there.
 */
export function foldPath(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/** The folders that a path leads through, the outermost first: `a/b/c.ts` gives `a` and `a/b`. */
export function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join("/"));
}
