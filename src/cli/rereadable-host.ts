import type { SchemaHost } from "../qapi/load/host.js";

/** A host that reads every file once: what is asked for again may be a pipe, and is told from memory. */
export function rereadable(host: SchemaHost): SchemaHost {
  const known = new Map<string, ReturnType<SchemaHost["read"]>>();
  return {
    absolute: (path) => host.absolute(path),
    read: (path) => {
      const content = known.get(path) ?? host.read(path);
      known.set(path, content);
      return content;
    },
  };
}
