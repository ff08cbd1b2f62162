import type { SchemaHost } from "../qapi/load/host.js";

/** What the text by which a schema is named says of where it is. */
export type SchemaSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stdin" }
  /** The file as it stood at a revision of the repository that it lies in. */
  | { readonly kind: "git"; readonly revision: string; readonly path: string }
  /** A live QEMU, or its guest agent. */
  | { readonly kind: "address"; readonly address: string };

/** A QAPI schema's main file, and how it and what it includes are read. */
export interface SchemaFile {
  /** As messages name it, and as includes are spelt after it. */
  readonly path: string;
  readonly host: SchemaHost;
}

/** A schema that cannot be had, for another reason than what it says; the message names it. */
export class SchemaSourceError extends Error {
  override readonly name = "SchemaSourceError";
}

/**
 * Reads how a schema is named: `-`, `git:REV:PATH`, `unix:PATH`, `tcp:HOST:PORT`, `HOST:PORT`, else a path.
 *
 * @param kindOf what is at a path: a socket is somebody to ask, and what is a file is no `HOST:PORT`
 * @throws {SchemaSourceError} when it begins as one of these and does not go on as one
 */
export function parseSource(
  text: string,
  kindOf: (path: string) => "socket" | "other" | undefined,
): SchemaSource {
  if (text === "-") return { kind: "stdin" };
  if (text === "") throw new SchemaSourceError("no schema is called '': name a file, or - for stdin");
  if (text.startsWith("git:")) {
    const [, revision, path] = /^git:([^:]+):(.+)$/s.exec(text) ?? [];
    if (revision !== undefined && path !== undefined) return { kind: "git", revision, path };
    throw new SchemaSourceError(`'${text}' is not of the form git:REV:PATH, as in git:main:qapi/schema.json`);
  }
  const address = { kind: "address", address: text } as const;
  if (/^(unix|tcp):/.test(text)) return address;
  const there = kindOf(text);
  if (there === "socket") return address;
  const isPlace = there === undefined && /^(\[[^\]/]*\]|[^:/[\]]*):\d{1,5}(,|$)/.test(text);
  return isPlace ? address : { kind: "file", path: text };
}
