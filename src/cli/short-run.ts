import { setFlagsFromString } from "node:v8";
import type { SchemaHost } from "../qapi/load/host.js";
import { nodeHost } from "../qapi/load/node-host.js";

/** From so many bytes of schema on, optimised code is worth its while. */
const LARGE = 4_000_000;

/**
 * Tells the engine that this process will not live long, by a flag that V8 documents: functions are not
 * optimised. Most of a short run is over before that pays, and what the optimiser does meanwhile costs as
 * much again as the run itself where cores are few.
 *
 * @returns the file system, watched: once a large schema has been read, functions are optimised after all
 */
export function expectShortRun(): SchemaHost {
  setFlagsFromString("--no-opt");
  let total = 0;
  return {
    absolute: (path) => nodeHost.absolute(path),
    read: (path) => {
      const content = nodeHost.read(path);
      total += content.length;
      if (total > LARGE) setFlagsFromString("--opt");
      return content;
    },
  };
}
