import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { introspection } from "../../generated/qapi/introspect.js";
import { hmp } from "../../src/cli/commands/hmp.js";
import { qmpServe } from "../../src/cli/commands/qmp-serve.js";
import { profiles } from "../../src/migration/profile/profiles.js";
import { type CliOutcome, runCommand } from "../support/cli-run.js";

describe("qapi hmp", () => {
  it("runs the lines of a pipe and prints nothing of its own", async () => {
    const stdin = "info status\r\n\nnosuch\nquit\ninfo version\n";
    expect(await runCommand((context) => hmp({}, context), { stdin })).toEqual({
      status: 0,
      stdout: "VM status: running\nunknown command: 'nosuch'\n",
      stderr: "",
    });
  });

  it("runs a last line without line end", async () => {
    expect((await runCommand((context) => hmp({}, context), { stdin: "info status" })).stdout).toBe(
      "VM status: running\n",
    );
  });

  it("fails when one of the lines given was refused, and runs the others all the same", async () => {
    const command = ["migrate_set_parameter nosuch 1", "info status"];
    expect(await runCommand((context) => hmp({ command }, context))).toEqual({
      status: 1,
      stdout: "Error: invalid parameter value: nosuch\nVM status: running\n",
      stderr: "",
    });
  });

  const faults: [options: Parameters<typeof hmp>[0], status: number, stderr: RegExp][] = [
    [
      { global: ["migration.x-nosuch=1"] },
      1,
      /^qapi: can't apply global .*: Property 'migration.x-nosuch' not found\n$/,
    ],
    [{ global: ["x=1"] }, 1, /^qapi: /],
    [{ guest: "ram=x" }, 2, /^qapi: --guest: ram: /],
    [{ simClock: "fast" }, 2, /^qapi: --sim-clock: /],
  ];
  it.each(faults)("does not start with %j", async (options, status, stderr) => {
    const outcome = await runCommand((context) => hmp({ ...options, command: [] }, context));
    expect(outcome.status).toBe(status);
    expect(outcome.stderr).toMatch(stderr);
  });
});

describe("qapi hmp --schema", () => {
  const schema = `
{ 'enum': 'MigrationParameter', 'data': [ 'max-cpu-throttle', 'x-new' ] }
{ 'enum': 'MigrationCapability', 'data': [ 'x-shiny' ] }
{ 'struct': 'Parameters', 'data': { '*max-cpu-throttle': 'uint8', '*x-new': 'uint16' } }
{ 'command': 'migrate-set-parameters', 'boxed': true, 'data': 'Parameters' }
{ 'command': 'query-migrate-parameters', 'returns': 'Parameters' }
`;
  const run = async (text: string, ...command: string[]): Promise<CliOutcome> => {
    const folder = await mkdtemp(join(tmpdir(), "qapi-hmp-"));
    const path = join(folder, "schema.json");
    await writeFile(path, text);
    const outcome = await runCommand((context) => hmp({ schema: path, command }, context));
    await rm(folder, { recursive: true });
    return outcome;
  };

  it("sets and shows what only the schema knows, by its type", async () => {
    const lines = [
      "migrate_set_parameter x-new 70000",
      "migrate_set_parameter x-new 0x10",
      "migrate_set_capability x-shiny on",
    ];
    expect((await run(schema, ...lines, "info migrate_parameters", "info migrate_capabilities")).stdout).toBe(
      "Error: Parameter 'x-new' expects uint16_t\nmax-cpu-throttle: 99\nx-new: 16\nx-shiny: on\n",
    );
  });

  it.each(profiles)("is the nearest QEMU, $name here, also by what one says of itself", async (profile) => {
    const reply = JSON.stringify(introspection(profile.defines));
    const lines = ["info version", "migrate_set_parameter nosuch 1", "migrate_set_capability multifd on"];
    const command = [...lines, "info migrate_parameters", "info migrate_capabilities"];
    const { stdout } = await runCommand((context) => hmp({ profile: profile.name, command }, context));
    expect((await run(reply, ...command)).stdout).toBe(stdout);
  });

  it("wants a schema with migration in it", async () => {
    const { status, stderr } = await run("{ 'command': 'stop' }");
    expect(status).toBe(1);
    expect(stderr).toMatch(/the schema has no command migrate-set-parameters\n$/);
    expect((await run("{ 'struct': 'stop' }")).status).toBe(1);
  });
});

describe("qapi qmp serve", () => {
  it("answers over stdio until its input ends", async () => {
    const stdin = '{"execute": "qmp_capabilities"}{"execute": "query-status", "id": 1}';
    const { status, stdout } = await runCommand(
      (context) => qmpServe({ stdio: true, profile: "qemu-10.0" }, context),
      {
        stdin,
      },
    );
    expect(status).toBe(0);
    expect(stdout.split("\r\n").slice(1)).toEqual([
      '{"return": {}}',
      '{"return": {"status": "running", "running": true}, "id": 1}',
      "",
    ]);
  });

  it("ends when asked to quit, the reply being out", async () => {
    const stdin = '{"execute": "qmp_capabilities"}{"execute": "quit"}';
    const { status, stdout } = await runCommand((context) => qmpServe({ stdio: true }, context), { stdin });
    expect(status).toBe(0);
    expect(stdout).toMatch(/"host-qmp-quit"\}\}\r\n\{"return": \{\}\}\r\n$/);
  });

  it("wants to know where, once", async () => {
    expect((await runCommand((context) => qmpServe({}, context))).status).toBe(2);
    expect((await runCommand((context) => qmpServe({ stdio: true, socket: "x" }, context))).status).toBe(2);
    expect((await runCommand((context) => qmpServe({ tcp: "nonsense" }, context))).status).toBe(2);
  });
});
