import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { serve, type RunningServer } from "../../src/server/index.js";
import { runCommand } from "../support/cli-run.js";

let folder: string;
let server: RunningServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qapi-shell-"));
  server = await serve({ listen: join(folder, "q"), simClock: "step:1000" });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const run = (args: readonly string[], stdin = "") =>
  runCommand((context) => runProgram(args, context), { stdin });

describe("qapi qmp shell", () => {
  it("runs a script: values on stdout, mistakes under the word, events as they come", async () => {
    const script = [
      "query-status",
      "",
      "migrate-set-parameters max-bandwith=5",
      "migrate-set-parameters max-bandwidth=5",
      "migrate-set-parameters cpu-throttle-initial=200",
      "stop",
      "",
    ];
    expect(await run(["qmp", "shell", server.address], script.join("\n"))).toEqual({
      status: 1,
      stderr: "",
      stdout:
        '{\n  "status": "running",\n  "singlestep": false,\n  "running": true\n}\n' +
        "migrate-set-parameters max-bandwith=5\n" +
        "                       ^^^^^^^^^^^^^^ 'max-bandwith' is not expected here; did you mean 'max-bandwidth'?\n" +
        "{}\n" +
        "GenericError: Parameter 'cpu_throttle_initial' expects an integer in the range of 1 to 99\n" +
        "-- STOP\n{}\n",
    });
    expect((await run(["qmp", "shell", server.address], "query-name\n")).status).toBe(0);
  });

  it("prints messages of JSON for programs", async () => {
    const { stdout, status } = await run(
      ["qmp", "shell", server.address, "--json"],
      'query-name\nmigrate-set-parameters max-bandwith=5\ncont x=\n{"execute": "migrate-continue", "arguments": {"state": "active"}}\nquit\n',
    );
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([
      { return: {} },
      { error: { class: "NotSent", desc: expect.stringContaining("is not expected here") as string } },
      { error: { class: "NotSent", desc: expect.stringContaining("is not expected here") as string } },
      { error: { class: "GenericError", desc: expect.any(String) as string } },
      {
        event: "SHUTDOWN",
        data: { guest: false, reason: "host-qmp-quit" },
        timestamp: expect.any(Object) as object,
      },
      { return: {} },
    ]);
    expect(status).toBe(1);
  });

  it("checks by a schema from a file, of either kind", async () => {
    const file = join(folder, "schema.json");
    await writeFile(file, "{ 'command': 'odd', 'data': { 'size': 'int' } }\n");
    const first = await run(["qmp", "shell", server.address, "--schema", file], "odd size=x\nodd size=1\n");
    expect(first.stdout).toBe(
      "odd size=x\n    ^^^^^^ 'size' must be an integer\nCommandNotFound: The command odd has not been found\n",
    );
    const reply = join(folder, "reply.json");
    await writeFile(reply, '[{"meta-type": "command", "name": "mine", "arg-type": "0", "ret-type": "0"}]');
    expect((await run(["qmp", "shell", server.address, "--schema", reply], "query-name\n")).stdout).toContain(
      "there is no such command",
    );
    await writeFile(file, "{ 'command': }");
    const bad = await run(["qmp", "shell", server.address, "--schema", file]);
    expect([bad.status, bad.stderr.includes("schema.json:1")]).toEqual([1, true]);
  });

  it("speaks to the human monitor, blank lines included", async () => {
    const { stdout, status } = await run(
      ["qmp", "shell", "--hmp", server.address],
      "   \n\ninfo status\nnosuch\n",
    );
    expect(stdout).toBe("VM status: running\nunknown command: 'nosuch'\n");
    expect(status).toBe(1);
  });

  it("says where it could not connect, and what is no address", async () => {
    const gone = await run(["qmp", "shell", join(folder, "nobody")]);
    expect([gone.status, gone.stderr]).toEqual([1, expect.stringContaining("cannot connect to unix:")]);
    expect((await run(["qmp", "shell", "tcp:x"])).status).toBe(2);
  });
});

describe("qapi hmp --connect", () => {
  it("is the monitor of a live QEMU", async () => {
    const lines = [
      "hmp",
      "--connect",
      server.address,
      "-c",
      "info status",
      "-c",
      "stop",
      "-c",
      "info status",
    ];
    expect(await run(lines)).toEqual({
      status: 0,
      stderr: "",
      stdout: "VM status: running\nVM status: paused\n",
    });
    expect((await run(["hmp", "--connect", server.address, "-c", "nosuch"])).status).toBe(1);
    expect(
      await run(["hmp", "--connect", server.address], "info status\nnosuch\nquit\ninfo status\n"),
    ).toEqual({
      status: 0,
      stderr: "",
      stdout: "VM status: paused\nunknown command: 'nosuch'\n",
    });
  });
});
