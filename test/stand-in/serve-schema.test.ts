import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { connect, QmpError, type QmpClient } from "../../src/client/index.js";
import { writeJson } from "../../src/json/index.js";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { HandlerValueError, Refusal, serve, type ServeOptions } from "../../src/server/index.js";
import { createStandIn } from "../../src/server/create-stand-in.js";
import { qapi, type VersionInfo } from "../../generated/qapi/index.js";
import type { Sent } from "../../src/visitor/forms.js";
import type { JsonObject } from "../../src/json/value.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { corpus, evolution } from "../support/shared-data.js";
import { unfitAnswers } from "./unfit-answers.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-stand-in-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
let sockets = 0;

async function withServer<Commands, Events>(
  options: Omit<ServeOptions<Commands, Events>, "listen">,
  use: (client: QmpClient, server: Awaited<ReturnType<typeof serve<Commands, Events>>>) => Promise<void>,
): Promise<void> {
  const server = await serve<Commands, Events>({ ...options, listen: join(folder, `s${sockets++}`) });
  const client = await connect(server.address);
  try {
    await use(client, server);
  } finally {
    await client.close();
    await server.close();
  }
}

async function schemaFrom(text: string): Promise<Schema> {
  const { schema } = await readSchema("-", { stdin: () => Promise.resolve(Buffer.from(text)) });
  return schema!;
}

const small = `
{ 'pragma': { 'command-returns-exceptions': [ 'query-qmp-schema' ], 'command-name-exceptions': [ 'qmp_capabilities' ] } }
{ 'enum': 'Kind', 'data': [ 'disk', 'tape' ] }
{ 'struct': 'Node', 'data': { 'node-name': 'str', 'kind': 'Kind', '*size': 'uint64', 'parts': ['Node'] } }
{ 'enum': 'QmpCapability', 'data': [ 'oob' ] }
{ 'command': 'qmp_capabilities', 'data': { '*enable': ['QmpCapability'] } }
{ 'command': 'query-nodes', 'returns': ['Node'] }
{ 'command': 'query-node', 'data': { 'node-name': 'str' }, 'returns': 'Node' }
{ 'command': 'anything', 'gen': false }
{ 'command': 'query-qmp-schema', 'returns': 'any' }
{ 'event': 'NODE_GONE', 'data': { 'node-name': 'str' } }
`;

describe("a stand-in for the QEMU of a schema", () => {
  it("answers with the smallest value, and checks arguments in QEMU's words", async () => {
    await withServer({ schema: await schemaFrom(small) }, async (client) => {
      expect(await client.executeRaw("query-nodes")).toEqual([]);
      expect(await client.executeRaw("query-node", { "node-name": "x" })).toEqual({
        "node-name": "node0",
        kind: "disk",
        parts: [],
      });
      expect(await client.executeRaw("anything", { a: 1n, b: [true] })).toEqual({});
      await expect(client.executeRaw("query-node")).rejects.toThrow("Parameter 'node-name' is missing");
      await expect(client.executeRaw("query-node", { "node-name": "x", more: 1n })).rejects.toThrow(
        "Parameter 'more' is unexpected",
      );
      await expect(client.executeRaw("query-nobody")).rejects.toThrow(
        "The command query-nobody has not been found",
      );
      const told = (await client.executeRaw("query-qmp-schema")) as JsonObject[];
      expect(told.filter((entry) => entry["meta-type"] === "command").map(({ name }) => name)).toContain(
        "query-node",
      );
    });
  });

  it("may say that it has no answer", async () => {
    await withServer({ schema: await schemaFrom(small), answer: "error" }, async (client) => {
      await expect(client.executeRaw("query-nodes")).rejects.toThrow(
        "The stand-in has no answer to query-nodes",
      );
    });
  });

  it("gives recorded replies again: by arguments, in order, the last one again and again, with their events", async () => {
    const replies = `
-> { "execute": "query-node", "arguments": { "node-name": "a" } }
<- { "return": { "node-name": "a", "kind": "tape", "parts": [] } }
<- { "event": "NODE_GONE", "data": { "node-name": "a" }, "timestamp": { "seconds": 1, "microseconds": 2 } }
-> { "execute": "query-node", "arguments": { "node-name": "b" } }
<- { "error": { "class": "DeviceNotFound", "desc": "no b" } }
-> { "execute": "query-nodes" }
<- { "return": [] }
-> { "execute": "query-nodes" }
<- { "return": [ { "node-name": "z", "kind": "disk", "parts": [] } ] }
`;
    await withServer({ schema: await schemaFrom(small), replies }, async (client) => {
      const events = client.events({ names: ["NODE_GONE"] });
      const next = events.next();
      expect(await client.executeRaw("query-node", { "node-name": "a" })).toMatchObject({ kind: "tape" });
      expect((await next).value).toMatchObject({ event: "NODE_GONE", data: { "node-name": "a" } });
      await expect(client.executeRaw("query-node", { "node-name": "b" })).rejects.toMatchObject({
        message: "no b",
        class: "DeviceNotFound",
      });
      const sizes = [];
      for (let i = 0; i < 3; i++) sizes.push(((await client.executeRaw("query-nodes")) as unknown[]).length);
      expect(sizes).toEqual([0, 1, 1]);
    });
  });

  it("asks handlers first, holds what they return to the schema, and sends events", async () => {
    const handlers = {
      "query-name": () => ({ name: "mine" }),
      "query-status": () => Promise.resolve({ running: true, status: "running" as const }),
      "query-uuid": () => ({ UUID: 5 as unknown as string }),
    };
    await withServer({ schema: qapi, handlers, onHandlerError: () => undefined }, async (client, server) => {
      expect(await client.executeRaw("query-name")).toEqual({ name: "mine" });
      expect(await client.executeRaw("query-status")).toMatchObject({ status: "running" });
      await expect(client.executeRaw("query-uuid")).rejects.toThrow(
        "What the handler of query-uuid returned does not fit the schema",
      );
      // What nobody handles our machine answers.
      expect(await client.executeRaw("query-migrate")).toEqual({});
      const next = client.events().next();
      server.emit("STOP");
      expect((await next).value).toMatchObject({ event: "STOP" });
      expect(() => {
        server.emit("MIGRATION", { status: 5 } as never);
      }).toThrow("does not fit the schema");
      expect(() => {
        server.emit("NO_SUCH" as never);
      }).toThrow("has no event NO_SUCH");
    });
  });

  it("answers what a handler throws by an error, and tells of what is no answer", async () => {
    const told: string[] = [];
    const onHandlerError = (error: unknown, command: string): void => {
      told.push(`${command}: ${error instanceof Error ? error.message : String(error)}`);
    };
    const wrong: Record<"nothing" | "version" | "list", unknown> = {
      nothing: { a: 1 },
      version: { package: 5 },
      list: {
        then: (give: (value: unknown) => void) => {
          give([]);
        },
      },
    };
    const handlers = {
      "query-name": () => {
        throw new Error("boom");
      },
      "query-uuid": async () => {
        await Promise.resolve();
        throw new TypeError("late boom");
      },
      "query-status": () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a test may do
        throw "just text";
      },
      stop: () => {
        throw new QmpError("no such device", "DeviceNotFound", "stop", 1);
      },
      cont: () =>
        Promise.reject(Object.assign(new Error("not this"), { class: "DeviceNotActive", desc: "off" })),
      migrate: () => {
        throw new Refusal("not today");
      },
      migrate_cancel: () => wrong.nothing as undefined,
      "query-version": () => Promise.resolve(wrong.version as VersionInfo<Sent>),
      "query-migrate-capabilities": () => wrong.list as never[],
    };
    await withServer({ schema: qapi, handlers, onHandlerError }, async (client) => {
      const errors: string[] = [];
      for (const command of Object.keys(handlers)) {
        await client.executeRaw(command, command === "migrate" ? { uri: "sim:" } : {}).then(
          (value) => errors.push(writeJson(value)),
          (error: unknown) =>
            errors.push(error instanceof QmpError ? `${error.class}: ${error.message}` : "?"),
        );
      }
      expect(errors).toEqual([
        "GenericError: boom",
        "GenericError: late boom",
        "GenericError: just text",
        "DeviceNotFound: no such device",
        "DeviceNotActive: off",
        "GenericError: not today",
        "GenericError: What the handler of migrate_cancel returned does not fit the schema: the command returns nothing",
        expect.stringMatching(
          /^GenericError: What the handler of query-version returned does not fit the schema: /,
        ),
        "[]",
      ]);
      // The refusals are answers.
      expect(told.map((line) => line.slice(0, 60))).toEqual([
        "query-name: boom",
        "query-uuid: late boom",
        "query-status: just text",
        "migrate_cancel: What the handler of migrate_cancel returned ",
        "query-version: What the handler of query-version returned do",
      ]);
    });
  });

  it("answers by an error where what should go wrong goes wrong itself", async () => {
    const told: unknown[] = [];
    const inject = (): undefined => {
      throw new Error("no plan");
    };
    const onHandlerError = (error: unknown): void => {
      told.push(error);
    };
    await withServer({ inject, onHandlerError }, async (client) => {
      await expect(client.executeRaw("query-status")).rejects.toThrow("no plan");
    }).catch((error: unknown) => {
      // The negotiation is a command too.
      expect(error).toMatchObject({ message: "no plan" });
    });
    expect(told).toMatchObject([{ message: "no plan" }]);
  });

  it("answers late by the error of a handler that fails at once", async () => {
    const inject: NonNullable<ServeOptions["inject"]> = ({ command }) =>
      command === "query-name" ? { kind: "delay", ms: 50 } : undefined;
    const handlers = { "query-name": () => Promise.reject(new Error("no name")) };
    await withServer({ schema: qapi, inject, handlers, onHandlerError: () => undefined }, async (client) => {
      await expect(client.executeRaw("query-name")).rejects.toThrow("no name");
    });
  });

  it.each([2 ** 40, Infinity])("does not answer before its time, which is %s ms", async (ms) => {
    const warnings: string[] = [];
    const onWarning = ({ message }: Error): void => {
      warnings.push(message);
    };
    process.on("warning", onWarning);
    const inject: NonNullable<ServeOptions["inject"]> = ({ command }) =>
      command === "query-status" ? { kind: "delay", ms } : undefined;
    await withServer({ schema: qapi, inject }, async (client) => {
      await expect(client.executeRaw("query-status", {}, { timeout: 50 })).rejects.toThrow(
        "no answer within",
      );
    });
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });

  it.each([-1, NaN])("tells of a delay of %s ms, which is none", async (ms) => {
    const told: unknown[] = [];
    const inject: NonNullable<ServeOptions["inject"]> = ({ command }) =>
      command === "query-status" ? { kind: "delay", ms } : undefined;
    const onHandlerError = (error: unknown) => told.push(error);
    await withServer({ schema: qapi, inject, onHandlerError }, async (client) => {
      await expect(client.executeRaw("query-status")).rejects.toThrow(`a delay cannot be ${ms} ms`);
    });
    expect(told).toMatchObject([{ name: "RangeError" }]);
  });

  it("holds no answer back for a client that has gone", async () => {
    const script = `
      import { serve } from "./src/server/index.ts";
      import { connect } from "./src/client/index.ts";
      const inject = ({ command }) => (command === "stop" ? { kind: "delay", ms: 1e9 } : undefined);
      const server = await serve({ listen: "tcp:127.0.0.1:0", inject });
      const client = await connect(server.address);
      client.executeRaw("stop").catch(() => undefined);
      await client.executeOob("query-status").catch(() => undefined);
      await client.close();
      await server.close();
    `;
    const tsx = fileURLToPath(new URL("../../node_modules/tsx/dist/cli.mjs", import.meta.url));
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const run = execFile(process.execPath, [tsx, "--input-type=module", "-e", script], {
      cwd,
      timeout: 20_000,
    });
    expect(await once(run, "exit")).toEqual([0, null]);
  });

  it("refuses events whose data does not fit, and data of an event that has none", async () => {
    await withServer({ schema: qapi }, (_client, server) => {
      const emit = (event: string, data?: unknown) => () => {
        server.emit(event as "STOP", data as undefined);
      };
      for (const [event, data] of [
        ["STOP", { a: 1 }],
        ["STOP", 5],
        ["SHUTDOWN", undefined],
        ["SHUTDOWN", { guest: true }],
        ["SHUTDOWN", { guest: "yes", reason: "none" }],
        ["SHUTDOWN", { guest: true, reason: "whim" }],
        ["MIGRATION_PASS", { pass: 1n, more: 2 }],
      ] as const) {
        expect(emit(event, data)).toThrow(HandlerValueError);
        expect(emit(event, data)).toThrow("does not fit the schema");
      }
      expect(emit("STOP", {})).not.toThrow();
      return Promise.resolve();
    });
  });

  it("greets and negotiates by a part of a schema, unless that is a guest agent's", async () => {
    const some = await schemaFrom(
      "{ 'struct': 'Some', 'data': { 'a': 'int' } } { 'command': 'query-s', 'returns': 'Some' }",
    );
    for (const schema of [some, { commands: {}, events: {} }]) {
      await withServer<unknown, unknown>({ schema }, (client) => {
        expect(client.greeting).toMatchObject({ version: {} });
        return Promise.resolve();
      });
    }
    await withServer({ schema: some }, async (client) => {
      expect(await client.executeRaw("query-s")).toEqual({ a: 0n });
      await expect(client.executeRaw("qmp_capabilities")).rejects.toThrow("already complete");
    });
    const agent = await schemaFrom("{ 'command': 'guest-ping' }");
    const server = await serve({ schema: agent, listen: join(folder, `s${sockets++}`) });
    const client = await connect(server.address, { agent: true });
    expect(await client.executeRaw("guest-ping")).toEqual({});
    await client.close();
    await server.close();
  });

  it("demands what the schema demands of a command that takes anything besides", async () => {
    const schema = await schemaFrom(`
{ 'pragma': { 'command-name-exceptions': [ 'device_add' ] } }
{ 'command': 'device_add', 'gen': false, 'data': { 'driver': 'str', '*bus': 'str', '*id': 'str' } }
{ 'command': 'numbers', 'gen': false, 'data': { 'first': 'int', 'second': 'int' } }
`);
    await withServer({ schema }, async (client) => {
      const add = (args?: JsonObject) => client.executeRaw("device_add", args);
      for (const args of [undefined, {}, { id: "x", addr: 5n }, { driver: null }, { driver: {} }])
        await expect(add(args)).rejects.toThrow("Parameter 'driver' is missing");
      expect(await add({ driver: "e1000", netdev: "n0", mac: 5n })).toEqual({});
      await expect(client.executeRaw("numbers", { first: 1n })).rejects.toThrow(
        "Parameter 'second' is missing",
      );
      expect(await client.executeRaw("numbers", { second: 0n, first: 0n, third: null })).toEqual({});
    });
  });

  it("has what our monitor does not know from the record", async () => {
    const hmp = (line: string): JsonObject => ({
      execute: "human-monitor-command",
      arguments: { "command-line": line },
    });
    const replies = [
      [hmp("info block"), "floppy0: [not inserted]\r\n"],
      [hmp("help"), "all of them\r\n"],
      [hmp("info"), "more of them\r\n"],
      [hmp("info name"), "recorded\r\n"],
      [hmp("info block"), "now: [inserted]\r\n"],
    ].flatMap(([request, text]) => [request as JsonObject, { return: text as string }]);
    const { schema } = await readSchema("schema/qapi-schema.json");
    await withServer({ schema: schema!, replies, guest: "name=ours" }, async (client) => {
      const run = (line: string) => client.executeRaw("human-monitor-command", { "command-line": line });
      expect(await run("info block")).toBe("floppy0: [not inserted]\r\n");
      expect(await run("info block")).toBe("now: [inserted]\r\n");
      expect(await run("info name")).toBe("ours\r\n");
      expect(await run("help")).toBe("all of them\r\n");
      expect(await run("info")).toBe("more of them\r\n");
      expect(await run("info mtree")).toBe("unknown command: 'info mtree'\r\n");
    });
  });

  it("sends recorded events right after their reply", async () => {
    const replies = `{"execute": "query-nodes"} {"return": []}
{"event": "NODE_GONE", "data": {"node-name": "a"}, "timestamp": {"seconds": 1, "microseconds": 2}}
{"execute": "query-node", "arguments": {"node-name": "b"}} {"error": {"class": "GenericError", "desc": "no"}}
{"event": "NODE_GONE", "data": {"node-name": "b"}, "timestamp": {"seconds": 1, "microseconds": 2}}`;
    const { emulator } = await createStandIn({ schema: await schemaFrom(small), replies });
    const sent: string[] = [];
    const connection = emulator.qmp.connect((line) => sent.push(line));
    connection.receive(
      Buffer.from(`{"execute": "qmp_capabilities"} {"execute": "query-nodes", "id": 1}
{"execute": "query-node", "arguments": {"node-name": "b"}, "id": 2} {"execute": "query-node", "arguments": {"node-name": "b"}, "id": 3}`),
    );
    const kinds = sent.map((line) => /"(id": \d|QMP|node-name": "\w)/.exec(line)?.[1] ?? "");
    expect(kinds).toEqual([
      "QMP",
      "",
      'id": 1',
      'node-name": "a',
      'id": 2',
      'node-name": "b',
      'id": 3',
      'node-name": "b',
    ]);
  });

  it("is the QEMU of the record, by its greeting or by what it said of its version", async () => {
    const schema = await schemaFrom(`
{ 'pragma': { 'command-name-exceptions': [ 'qmp_capabilities' ] } }
{ 'struct': 'Triple', 'data': { 'major': 'int', 'minor': 'int', 'micro': 'int' } }
{ 'struct': 'Version', 'data': { 'qemu': 'Triple', 'package': 'str' } }
{ 'command': 'query-version', 'returns': 'Version' }
{ 'command': 'qmp_capabilities', 'data': { '*enable': ['str'] } }
`);
    const version = { qemu: { micro: 3n, minor: 1n, major: 9n }, package: "theirs" };
    const [greeted, told] = [
      `{"QMP": {"version": V, "capabilities": ["oob"]}}`,
      `{"return": V, "id": 1}`,
    ].map((text) => text.replace("V", writeJson(version)));
    for (const replies of [greeted, `{"execute": "query-version", "id": 1} ${told ?? ""}`]) {
      await withServer({ schema, replies }, async (client) => {
        expect(client.greeting).toMatchObject({ version });
        expect(await client.executeRaw("query-version")).toEqual(version);
      });
    }
  });

  it("tells word for word what its QEMU told, and lists what is registered by hand first", async () => {
    const entries = [
      { "meta-type": "command", name: "qmp_capabilities", "arg-type": "11", "ret-type": "7" },
      { "meta-type": "command", name: "device_add", "arg-type": "7", "ret-type": "7" },
      { "meta-type": "command", name: "query-commands", "arg-type": "7", "ret-type": "[9]" },
      { "meta-type": "command", name: "query-qmp-schema", "arg-type": "7", "ret-type": "[9]" },
      { "meta-type": "object", name: "7", members: [] },
      { "meta-type": "object", name: "11", members: [{ name: "enable", default: null, type: "[str]" }] },
      { "meta-type": "array", name: "[str]", "element-type": "str" },
      { "meta-type": "array", name: "[9]", "element-type": "9" },
      { "meta-type": "object", name: "9", members: [{ name: "name", type: "str" }] },
      { "meta-type": "builtin", name: "str", "json-type": "string" },
      { "meta-type": "enum", name: "12", members: [{ name: "left-over" }], values: ["left-over"] },
    ];
    await withServer({ schema: await schemaFrom(JSON.stringify(entries)) }, async (client) => {
      expect(await client.executeRaw("query-qmp-schema")).toEqual(entries);
      expect(await client.executeRaw("query-commands")).toEqual(
        ["device_add", "query-qmp-schema", "query-commands", "qmp_capabilities"].map((name) => ({ name })),
      );
    });
  });

  it("has the migration settings of its schema, those that our machine does not know included", async () => {
    const schema = await schemaFrom(`
{ 'pragma': { 'command-name-exceptions': [ 'qmp_capabilities' ] } }
{ 'command': 'qmp_capabilities', 'data': { '*enable': ['str'] } }
{ 'enum': 'MigrationCapability', 'data': [ 'newest', 'auto-converge', 'xbzrle' ] }
{ 'struct': 'Status', 'data': { 'capability': 'MigrationCapability', 'state': 'bool' } }
{ 'command': 'migrate-set-capabilities', 'data': { 'capabilities': ['Status'] } }
{ 'command': 'query-migrate-capabilities', 'returns': ['Status'] }
{ 'struct': 'Parameters', 'data': { '*max-cpu-throttle': 'uint8', '*novelty': 'str' } }
{ 'command': 'migrate-set-parameters', 'boxed': true, 'data': 'Parameters' }
{ 'command': 'query-migrate-parameters', 'returns': 'Parameters' }
`);
    await withServer({ schema }, async (client) => {
      const states = async () =>
        ((await client.executeRaw("query-migrate-capabilities")) as JsonObject[]).map(
          ({ capability = null, state = null }) => `${writeJson(capability)} ${writeJson(state)}`,
        );
      expect(await states()).toEqual(['"newest" false', '"auto-converge" false', '"xbzrle" false']);
      const capabilities = ["newest", "xbzrle"].map((capability) => ({ capability, state: true }));
      await client.executeRaw("migrate-set-capabilities", { capabilities });
      expect(await states()).toEqual(['"newest" true', '"auto-converge" false', '"xbzrle" true']);
      await client.executeRaw("migrate-set-parameters", { novelty: "x", "max-cpu-throttle": 60n });
      expect(await client.executeRaw("query-migrate-parameters")).toEqual({
        "max-cpu-throttle": 60n,
        novelty: "x",
      });
      await expect(
        client.executeRaw("migrate-set-parameters", { novelty: "y", "max-cpu-throttle": 200n }),
      ).rejects.toThrow("max_cpu_throttle");
      expect(await client.executeRaw("query-migrate-parameters")).toMatchObject({ novelty: "x" });
    });
  });

  it.skipIf(corpus === undefined).each([
    ["qemu-7.2", 7n],
    ["qemu-10.2.2", 10n],
  ])("is the nearest that our machine can be: %s", async (name, major) => {
    const { schema } = await readSchema(join(corpus ?? "", name, "qapi/qapi-schema.json"));
    await withServer({ schema: schema! }, (client) => {
      expect(client.greeting).toMatchObject({ version: { qemu: { major } } });
      return Promise.resolve();
    });
  });

  it("does as QEMU with commands that are special: early, out of band, without a reply", async () => {
    const schema = await schemaFrom(`
{ 'pragma': { 'command-name-exceptions': [ 'qmp_capabilities' ] } }
{ 'enum': 'QmpCapability', 'data': [ 'oob' ] }
{ 'command': 'qmp_capabilities', 'data': { '*enable': ['QmpCapability'] }, 'allow-preconfig': true }
{ 'command': 'x-exit-preconfig', 'allow-preconfig': true }
{ 'command': 'query-early', 'data': { '*wanted': 'bool' }, 'allow-preconfig': true }
{ 'command': 'suspend', 'data': { '*mode': 'str' }, 'success-response': false }
{ 'command': 'yank', 'allow-oob': true }
{ 'command': 'slow' }
`);
    const inject: NonNullable<ServeOptions["inject"]> = ({ command }) =>
      command === "slow" ? { kind: "delay", ms: 200 } : undefined;
    await withServer({ schema, preconfig: true, inject }, async (client) => {
      expect(await client.executeRaw("query-early")).toEqual({});
      // Before its arguments are looked at.
      await expect(client.executeRaw("suspend", { x: 1n })).rejects.toThrow(
        "The command 'suspend' is permitted only after machine initialization has completed",
      );
      expect(await client.executeRaw("x-exit-preconfig")).toEqual({});
      await expect(client.executeRaw("x-exit-preconfig")).rejects.toThrow(
        "The command is permitted only before machine initialization",
      );
      await expect(client.executeRaw("suspend", { mode: 1n })).rejects.toThrow("expected: string");
      await expect(client.executeRaw("suspend", {}, { timeout: 50 })).rejects.toThrow(/no answer within/);
      const order: string[] = [];
      const slow = client.executeRaw("slow").then(() => order.push("slow"));
      const behind = client.executeRaw("query-early").then(() => order.push("behind"));
      await client.executeOob("yank");
      order.push("out of band");
      await Promise.all([slow, behind]);
      expect(order).toEqual(["out of band", "slow", "behind"]);
      await expect(client.executeOob("slow")).rejects.toThrow("The command slow does not support OOB");
    });
  });

  it("lets go wrong what a test wants to", async () => {
    const inject: NonNullable<ServeOptions["inject"]> = ({ command, before }) => {
      if (command === "query-nodes" && before === 0) return { kind: "error", desc: "not now" };
      if (command === "query-nodes" && before === 1) return { kind: "silence" };
      if (command === "query-nodes" && before === 2) return { kind: "delay", ms: 50 };
      return command === "query-node" ? { kind: "half" } : undefined;
    };
    await withServer({ schema: await schemaFrom(small), inject }, async (client) => {
      await expect(client.executeRaw("query-nodes")).rejects.toThrow("not now");
      await expect(client.executeRaw("query-nodes", {}, { timeout: 50 })).rejects.toThrow(/no answer within/);
      expect(await client.executeRaw("query-nodes")).toEqual([]);
      await expect(client.executeRaw("query-node", { "node-name": "x" })).rejects.toThrow();
    });
  });
});

describe.skipIf(corpus === undefined)("every command of real schemas", () => {
  const schemas = ["qemu-10.2.2/qapi", "qemu-10.2.2/qga"].map((name) =>
    join(corpus ?? "", name, "qapi-schema.json"),
  );
  const told = evolution === undefined ? [] : [join(evolution, "introspect/7.2_x86_64.json")];

  it.each([...schemas, ...told])("is answered by what conforms: %s", { timeout: 60_000 }, async (path) => {
    const { schema } = await readSchema(path);
    expect(await unfitAnswers(schema!, join(folder, `s${sockets++}`))).toEqual([]);
  });
});
