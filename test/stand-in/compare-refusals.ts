import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isJsonObject, parseJson, writeJson, type JsonValue } from "../../src/json/index.js";
import { liveQapi } from "../../src/live-schema/live-qapi.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { serve } from "../../src/server/index.js";
import { corpus } from "../support/shared-data.js";
import { wrongEnvelopes, type WrongRequest, wrongRequests } from "./wrong-requests.js";

/** What two servers said of requests that neither should take. */
export interface ComparedRefusals {
  readonly count: number;
  /** What a server took. */
  readonly accepted: readonly string[];
  /** Where the stand-in's error is another than QEMU's. */
  readonly different: readonly string[];
}

/** The schema of QEMU 7.2 as Debian builds it, out of its QAPI files. */
export async function schemaOf72(): Promise<Schema> {
  const folder = join(corpus ?? "", "qemu-7.2");
  const defines = new Set(readFileSync(join(folder, "golden/defines.txt"), "utf8").split("\n"));
  const { schema } = await readSchema(join(folder, "qapi/qapi-schema.json"), {
    docRules: "lenient",
    defines,
  });
  if (schema === undefined) throw new Error("QEMU's own schema is one");
  return schema;
}

/**
 * Sends wrong requests for every command to a real QEMU and to the stand-in for its schema.
 *
 * @param qemu the path of a QEMU's socket
 * @param path a free one
 * @param depth how deep in the arguments faults are made
 */
export async function compareRefusals(
  schema: Schema,
  qemu: string,
  path: string,
  depth: number,
): Promise<ComparedRefusals> {
  const server = await serve({ schema, listen: path });
  const names = (await commandsOf(qemu)).filter((name) => schema.definitions.has(name));
  const { commands } = liveQapi(schema);
  const ofCommands = names.flatMap((name) => {
    const command = commands[name];
    // What QEMU reads without the schema it would act upon.
    return command === undefined || command.gen === false ? [] : wrongRequests(name, command, depth);
  });
  const requests = [...wrongEnvelopes, ...ofCommands];
  const [theirs, ours] = await Promise.all([refusals(qemu, requests), refusals(path, requests)]);
  await server.close();
  const accepted: string[] = [];
  const different: string[] = [];
  for (const [at, { what, request }] of requests.entries()) {
    const [their = "", our = ""] = [theirs[at], ours[at]];
    if (their === TAKEN || our === TAKEN) accepted.push(`${what} ${writeJson(request)}`);
    if (their !== our) different.push(`${what} ${writeJson(request)}\n  QEMU: ${their}\n  ours: ${our}`);
  }
  return { count: requests.length, accepted, different };
}

const TAKEN = "taken";

async function commandsOf(path: string): Promise<readonly string[]> {
  const [reply] = await replies(path, [{ execute: "query-commands" }]);
  const list = isJsonObject(reply) ? reply["return"] : undefined;
  const names = Array.isArray(list) ? list.map((each) => (isJsonObject(each) ? each["name"] : "")) : [];
  return names.filter((name) => typeof name === "string");
}

/** The error that each gets, class and description. */
async function refusals(path: string, requests: readonly WrongRequest[]): Promise<string[]> {
  const got = await replies(
    path,
    requests.map(({ request }) => request),
  );
  return got.map((reply) => {
    const error = isJsonObject(reply) ? reply["error"] : undefined;
    return error === undefined ? TAKEN : writeJson(error);
  });
}

/** Replies to requests by their place, all of which are sent ahead. */
async function replies(path: string, requests: readonly Record<string, JsonValue>[]): Promise<JsonValue[]> {
  const socket = createConnection(path);
  await once(socket, "connect");
  const got: JsonValue[] = [];
  const isDone = (async () => {
    let left = requests.length;
    for await (const line of createInterface(socket)) {
      const message = parseJson(line);
      if (!isJsonObject(message) || typeof message["id"] !== "bigint") continue;
      got[Number(message["id"])] = message;
      if (--left === 0) break;
    }
  })();
  socket.write('{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}}\n');
  for (const [at, request] of requests.entries()) {
    if (!socket.write(`${writeJson({ ...request, id: BigInt(at) })}\n`)) await once(socket, "drain");
  }
  await isDone;
  socket.destroy();
  return got;
}
