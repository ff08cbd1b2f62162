import { describe, expect, expectTypeOf, it } from "vitest";
import { type Commands, type Events, type MigrationCapability, qapi } from "../../generated/qapi/index.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { type Handlers, type RunningServer, serve, type ServeOptions } from "../../src/server/index.js";
import type { Exact, Sent } from "../../src/visitor/index.js";

type Served = Commands<Exact, Sent>;

const listen = "unix:/nowhere";
const schema = qapi;
const isLate = Date.now() > 0;

// What follows is for the compiler, and never runs.

/** A handler in each form in which one is written. */
async function forms(): Promise<void> {
  await serve({ listen, schema, handlers: { "query-status": () => ({ status: "running", running: true }) } });
  await serve({
    listen,
    schema,
    // eslint-disable-next-line @typescript-eslint/require-await -- a form that tests are written in
    handlers: { "query-status": async () => ({ status: "running", running: true }) },
  });
  await serve({
    schema,
    listen,
    handlers: {
      "query-status"() {
        return { status: "running", running: true };
      },
      async "query-version"() {
        await Promise.resolve();
        return { package: "", qemu: { major: 1, minor: 2n, micro: 3 } };
      },
      "query-migrate-capabilities": () => {
        if (isLate) throw new Error("late");
        return [{ capability: "xbzrle", state: true }];
      },
      "query-name": function () {
        return isLate ? { name: "x" } : {};
      },
      "query-uuid": () => Promise.resolve({ UUID: "" }),
      "query-migrate": async () => {
        await Promise.resolve();
        if (isLate) return { status: "active", "total-time": 5 };
        return { status: "completed", "total-time": 5n, downtime: undefined };
      },
      "query-migrate-parameters": () => {
        throw new Error("none");
      },
    },
  });
  // The schema may come after.
  await serve({ handlers: { "query-status": () => ({ status: "paused", running: false }) }, schema, listen });
}

async function argumentsAndNothing(): Promise<void> {
  await serve({ listen, schema, handlers: { stop: () => {}, cont: () => undefined } });
  await serve({ listen, schema, handlers: { stop: () => ({}), cont: async () => {} } });
  await serve({ listen, schema, handlers: { stop: () => Promise.resolve({}) } });
  await serve({
    listen,
    schema,
    handlers: {
      migrate: ({ uri, resume }) => {
        expectTypeOf(uri).toEqualTypeOf<string | undefined>();
        expectTypeOf(resume).toEqualTypeOf<boolean | undefined>();
      },
      "migrate-set-parameters"(args) {
        expectTypeOf(args["max-bandwidth"]).toEqualTypeOf<bigint | undefined>();
      },
      "migrate-set-capabilities": async ({ capabilities }) => {
        await Promise.resolve();
        expectTypeOf(capabilities).items.toHaveProperty("capability").toEqualTypeOf<MigrationCapability>();
      },
      "query-status": (args) => {
        expectTypeOf(args).toEqualTypeOf<undefined>();
        return { status: "running", running: true };
      },
      "human-monitor-command": (args) => args["command-line"],
    },
  });
}

async function mistakes(): Promise<void> {
  // @ts-expect-error -- a value that the enum has not
  await serve({ listen, schema, handlers: { "query-status": () => ({ status: "runs", running: true }) } });
  // @ts-expect-error -- a member of another type
  await serve({ listen, schema, handlers: { "query-status": () => ({ status: "running", running: 1 }) } });
  // @ts-expect-error -- a member that must be there
  await serve({ listen, schema, handlers: { "query-status": () => ({ status: "running" }) } });
  // @ts-expect-error -- a member that the schema has not
  await serve({ listen, schema, handlers: { "query-name": () => ({ name: "x", zork: 1 }) } });
  // @ts-expect-error -- the same, later
  await serve({ listen, schema, handlers: { "query-name": () => Promise.resolve({ name: "x", zork: 1 }) } });
  const qemu = { major: 1, minor: 2, micro: 3, nano: 4 };
  // @ts-expect-error -- the same, further in
  await serve({ listen, schema, handlers: { "query-version": () => ({ package: "", qemu }) } });
  const capabilities = [{ capability: "xbzrle", state: true, zork: 1 }] as const;
  // @ts-expect-error -- the same, in a list
  await serve({ listen, schema, handlers: { "query-migrate-capabilities": () => [...capabilities] } });
  await serve({
    listen,
    schema,
    handlers: {
      // @ts-expect-error -- a command that the schema has not
      "query-statuss": () => ({ status: "running", running: true }),
    },
  });
  // @ts-expect-error -- something of a command that returns nothing
  await serve({ listen, schema, handlers: { stop: () => ({ a: 1 }) } });
  // @ts-expect-error -- an argument that the command has not
  await serve({ listen, schema, handlers: { migrate: (args) => expect(args.url) } });
}

async function events(): Promise<void> {
  const server = await serve({ listen, schema });
  expectTypeOf(server).toEqualTypeOf<RunningServer<Events<Sent>>>();
  server.emit("STOP");
  server.emit("MIGRATION_PASS", { pass: 5 });
  server.emit("SHUTDOWN", { guest: true, reason: "guest-shutdown" });
  // @ts-expect-error -- data that must be there
  server.emit("SHUTDOWN");
  // @ts-expect-error -- a member that must be there
  server.emit("SHUTDOWN", { guest: true });
  // @ts-expect-error -- a value that the enum has not
  server.emit("SHUTDOWN", { guest: true, reason: "whim" });
  // @ts-expect-error -- a member that the schema has not
  server.emit("MIGRATION_PASS", { pass: 5n, fail: 1 });
  // @ts-expect-error -- an event without data
  server.emit("STOP", { a: 1 });
  // @ts-expect-error -- an event that the schema has not
  server.emit("STOPP");
}

/** Of a schema that was read at run time the compiler knows nothing. */
async function untyped(read: Schema): Promise<void> {
  const handlers = { "query-name": () => ({ name: "x" }) };
  const server = await serve({ listen, schema: read, handlers });
  server.emit("STOP");
  server.emit("RTC_CHANGE", { offset: 5n });
  await serve({ listen, schema: read, handlers: { anything: (args) => ({ echo: args["text"] }) } });
  (await serve({ listen })) satisfies RunningServer;
}

/** Handlers by themselves, and options that are handed on. */
async function apart<Others, Sends>(options: ServeOptions<Others, Sends>): Promise<void> {
  const declared: Handlers<Served> = { "query-status": () => ({ status: "running", running: true }) };
  await serve({ listen, schema, handlers: declared });
  const checked = {
    "query-status": () => ({ status: "running", running: true }),
    stop: () => undefined,
  } satisfies Handlers<Served>;
  await serve({ listen, schema, handlers: checked });
  await serve<Others, Sends>({ ...options, listen });
}

describe("handlers", () => {
  it("are typed by the schema, which the compiler checks", () => {
    for (const each of [forms, argumentsAndNothing, mistakes, events, untyped, apart])
      expectTypeOf(each).toBeFunction();
  });
});
