import { posix } from "node:path";
import type { SchemaHost } from "../../src/qapi/load/host.js";

/** A host whose files are given; paths are relative to `/`. */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array>>): SchemaHost {
  const byPath = new Map(Object.entries(files).map(([path, content]) => [absolute(path), content]));
  return {
    read(path) {
      const content = byPath.get(absolute(path));
      if (content === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
      return content;
    },
    absolute,
  };
}

function absolute(path: string): string {
  return posix.resolve("/", path);
}
