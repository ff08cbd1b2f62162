import { describe, expectTypeOf, it } from "vitest";
import type {
  Commands,
  migrateRecover,
  qapi,
  queryMigrateParameters,
  quit,
} from "../../generated/qapi/index.js";
import type { JsonObject, JsonValue } from "../../src/json/index.js";
import type { connect, migrate, QmpClient, ReturnsOf } from "../../src/client/index.js";
import type { Qapi, Unrecognized } from "../../src/visitor/index.js";

type ClientOf<Schema> =
  Schema extends Qapi<infer Commands, infer Events> ? QmpClient<Commands, Events> : never;
type Client = ClientOf<typeof qapi>;

declare const commands: {
  readonly parameters: typeof queryMigrateParameters;
  readonly quit: typeof quit;
  readonly recover: typeof migrateRecover;
};

/** What follows is for the compiler, and never runs. */
async function typed(client: Client): Promise<void> {
  const parameters = await client.execute("query-migrate-parameters");
  expectTypeOf(parameters["max-bandwidth"]).toEqualTypeOf<bigint | undefined>();
  expectTypeOf(parameters["cpu-throttle-increment"]).toEqualTypeOf<number | undefined>();
  expectTypeOf<ReturnsOf<Commands, "migrate">>().toEqualTypeOf<undefined>();

  // Plain numbers do for 64-bit arguments; all-optional arguments may be left out.
  await client.execute("migrate-set-parameters", { "max-bandwidth": 5, "downtime-limit": 5n });
  await client.execute("migrate-set-parameters", {}, { timeout: 5 });
  await client.execute("migrate-set-parameters");
  await client.execute("query-status", undefined, { signal: AbortSignal.timeout(5) });
  await client.executeOob("migrate-recover", { uri: "tcp:x" });

  // Commands by their own exports, of any client.
  const other = await client.execute(commands.parameters);
  expectTypeOf(other["max-bandwidth"]).toEqualTypeOf<bigint | undefined>();
  expectTypeOf(client.execute(commands.quit, undefined, { timeout: 5 })).resolves.toEqualTypeOf<undefined>();
  await client.executeOob(commands.recover, { uri: "tcp:x" });
  // @ts-expect-error -- arguments that must be there
  await client.execute(commands.recover);
  // @ts-expect-error -- a misspelt member
  await client.execute(commands.recover, { url: "tcp:x" });

  // @ts-expect-error -- a misspelt command
  await client.execute("query-statuss");
  // @ts-expect-error -- a misspelt member
  await client.execute("migrate-set-parameters", { "max-bandwith": 5 });
  // @ts-expect-error -- a value that the enum has not
  await client.execute("migrate-set-capabilities", { capabilities: [{ capability: "nosuch", state: true }] });
  // @ts-expect-error -- arguments that must be there
  await client.execute("human-monitor-command");
  // @ts-expect-error -- a command without arguments
  await client.execute("query-status", { a: 1 });

  for await (const event of client.events({ names: ["MIGRATION", "STOP"] })) {
    expectTypeOf(event.event).toEqualTypeOf<"MIGRATION" | "STOP">();
    if (event.event === "MIGRATION" && event.data.status !== "completed") {
      if (event.data.status === "failed") return;
      expectTypeOf<Unrecognized>().toExtend<typeof event.data.status>();
    }
  }
  for await (const event of client.events())
    if (event.event === "SHUTDOWN") event.data.guest satisfies boolean;
  // @ts-expect-error -- an event that the schema has not
  client.events({ names: ["NOSUCH"] });
  const { data } = await client.waitForEvent({
    names: ["MIGRATION_PASS"],
    where: (pass) => pass.data.pass > 3n,
  });
  expectTypeOf(data.pass).toEqualTypeOf<bigint>();
  client.onEvent(
    ({ event }) => {
      expectTypeOf(event).toEqualTypeOf<"STOP">();
    },
    { names: ["STOP"] },
  );
}

/** The helpers do not mind what schema a client has. */
function helped(client: Client, helper: typeof migrate): void {
  helper(client, { to: "sim:" }) satisfies AsyncIterable<{ readonly status: string }>;
}

async function untyped(open: typeof connect): Promise<void> {
  const client = await open("unix:/q");
  expectTypeOf(await client.execute("anything", { goes: 5 })).toEqualTypeOf<JsonValue>();
  for await (const { event, data } of client.events()) {
    expectTypeOf(event).toEqualTypeOf<string>();
    expectTypeOf(data).toEqualTypeOf<JsonObject | undefined>();
  }
}

describe("types", () => {
  it("hold, which the compiler checks", () => {
    expectTypeOf(typed).toBeFunction();
    expectTypeOf(untyped).toBeFunction();
    expectTypeOf(helped).toBeFunction();
  });
});
