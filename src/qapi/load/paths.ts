/**
 * Paths as Python's `posixpath` puts them together; messages and module names repeat the result,
 * so that Node's own functions, which tidy up, will not do.
 */

/** The folder of a path, as `os.path.dirname` gives it. */
export function folder(path: string): string {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, "");
}

/** Two paths put together, as `os.path.join` does it. */
export function join(base: string, path: string): string {
  if (path.startsWith("/")) return path;
  return base === "" || base.endsWith("/") ? base + path : `${base}/${path}`;
}
