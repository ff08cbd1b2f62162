/**
 * Paths as text. Messages and module names repeat what they give, so that Node's own functions, which
 * tidy up, will not do.
 */

/** The folder of a path, as Python's `os.path.dirname` gives it. */
export function folder(path: string): string {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, "");
}

/** Two paths put together, as Python's `os.path.join` does it. */
export function join(base: string, path: string): string {
  if (path.startsWith("/")) return path;
  return base === "" || base.endsWith("/") ? base + path : `${base}/${path}`;
}

/** A path without `.` and, where that can be, without `..`. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The way from a folder to a file, each given by its steps from one root. */
export function relativePath(from: readonly string[], to: readonly string[]): string {
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).fill(".."), ...to.slice(shared)].join("/");
}
