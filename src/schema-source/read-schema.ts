import { readFileSync } from "node:fs";
import { type CompileOptions, type CompileResult, compileSchema } from "../qapi/index.js";
import { findIntrospection } from "../qapi/introspected/find-introspection.js";
import type { SchemaHost } from "../qapi/load/host.js";
import { nodeHost } from "../qapi/load/node-host.js";
import type { AskOptions } from "./ask-qemu.js";
import { kindOfPath } from "./kind-of-path.js";
import { parseSource, type SchemaFile, type SchemaSource } from "./source-form.js";

/** How a schema is read, in whichever form it comes. */
export interface ReadSchemaOptions extends CompileOptions, AskOptions {
  /** What stands on stdin; default is to read it. */
  readonly stdin?: () => Promise<Uint8Array>;
}

/** A schema that was read, or what is wrong with it. */
export interface ReadSchemaResult extends CompileResult {
  /** Introspection tells less than a QAPI schema: no docs, no names of types, no widths of integers. */
  readonly form: "qapi" | "introspection";
}

/**
 * Reads a schema in any of its forms.
 *
 * @param source a QAPI file; a file with what `query-qmp-schema` returned, by itself or in a transcript; the
 *   address of a live QEMU or guest agent (`unix:PATH`, `tcp:HOST:PORT`, `HOST:PORT`, a socket's path);
 *   `git:REV:PATH`, a file and its includes as they stood at a revision; `-`, which is stdin
 * @throws {SchemaSourceError} when there is nothing to read, or it is no schema at all
 */
export async function readSchema(source: string, options: ReadSchemaOptions = {}): Promise<ReadSchemaResult> {
  const { docRules, defines } = options;
  const opened = await open(source, options);
  if (opened.kind === "address") return askQemu(opened.address, options);
  if (opened.kind === "introspection") return fromIntrospection(opened.path, opened.text);
  const { path, host } = opened;
  const compiled = compileSchema(path, { host, ...(docRules && { docRules }), ...(defines && { defines }) });
  return { ...compiled, form: "qapi" };
}

/**
 * The main file of a schema that is to be had as a source, for those who compile it themselves.
 *
 * @returns undefined where it is known by introspection alone
 * @throws {SchemaSourceError} as {@link readSchema} does
 */
export async function openSchema(
  source: string,
  options: ReadSchemaOptions = {},
): Promise<SchemaFile | undefined> {
  const opened = await open(source, options);
  return opened.kind === "qapi" ? opened : undefined;
}

/** What a source turns out to be. */
type Opened =
  | Extract<SchemaSource, { kind: "address" }>
  | { readonly kind: "introspection"; readonly path: string; readonly text: string }
  | ({ readonly kind: "qapi" } & SchemaFile);

async function open(source: string, options: ReadSchemaOptions): Promise<Opened> {
  const place = parseSource(source, kindOfPath);
  if (place.kind === "address") return place;
  const file = await openSource(place, options.host ?? nodeHost, options);
  const content = contentOf(file);
  const text = typeof content === "object" ? new TextDecoder().decode(content) : (content ?? "");
  return findIntrospection(text) === undefined
    ? { kind: "qapi", ...keeping(content, file) }
    : { kind: "introspection", path: file.path, text };
}

/** What was read once may be a pipe. */
function keeping(content: Uint8Array | string | undefined, { path, host }: SchemaFile): SchemaFile {
  let kept = content;
  const read = (each: string): Uint8Array | string => {
    const first = each === path ? kept : undefined;
    // Whoever reads again, and again, wants what is there by then.
    if (first !== undefined) kept = undefined;
    return first ?? host.read(each);
  };
  return { path, host: { read, absolute: (each) => host.absolute(each) } };
}

const STDIN = "<stdin>";

async function openSource(
  place: Exclude<SchemaSource, { kind: "address" }>,
  host: SchemaHost,
  { stdin = readStdin }: ReadSchemaOptions,
): Promise<SchemaFile> {
  switch (place.kind) {
    case "file":
      return { path: place.path, host };
    case "git": {
      const { fileAtRevision } = await import("./git-host.js");
      return fileAtRevision(place.revision, place.path);
    }
    case "stdin": {
      const content = await stdin();
      const read = (path: string) => (path === STDIN ? content : host.read(path));
      return { path: STDIN, host: { read, absolute: (path) => host.absolute(path) } };
    }
  }
}

function readStdin(): Promise<Uint8Array> {
  return Promise.resolve(readFileSync(0));
}

/** Undefined where the file cannot be read: the compiler says so in its words. */
function contentOf({ path, host }: SchemaFile): Uint8Array | string | undefined {
  try {
    return host.read(path);
  } catch {
    return undefined;
  }
}

/** Loaded by those who need it, since most schemas are QAPI files. */
async function fromIntrospection(path: string, text: string): Promise<ReadSchemaResult> {
  const { introspectedSchema } = await import("./introspected-schema.js");
  return { schema: introspectedSchema(path, text), diagnostics: [], form: "introspection" };
}

/** The schema that a QEMU tells of itself. The client is loaded by those who ask one. */
async function askQemu(address: string, options: ReadSchemaOptions): Promise<ReadSchemaResult> {
  const { schemaOfQemu } = await import("./ask-qemu.js");
  return fromIntrospection("query-qmp-schema", await schemaOfQemu(address, options));
}
