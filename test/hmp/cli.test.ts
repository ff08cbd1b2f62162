import { describe, expect, it } from "vitest";
import { hmp } from "../../src/cli/commands/hmp.js";
import { qmpServe } from "../../src/cli/commands/qmp-serve.js";
import { runCommand } from "../support/cli-run.js";

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
