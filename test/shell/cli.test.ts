import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
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
    await writeFile(
      reply,
      '[{"meta-type": "command", "name": "mine", "arg-type": "0", "ret-type": "0"}, {"meta-type": "object", "name": "0", "members": []}]',
    );
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

describe("what connects", () => {
  it("waits for a QEMU that is not up yet", async () => {
    const listen = join(folder, "late");
    const asked = run(["qmp", "shell", "--wait", "20s", listen], "query-name\n");
    const monitor = run(["hmp", "--wait", "20s", "--connect", listen, "-c", "info status"]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const late = await serve({ listen });
    expect(await asked).toEqual({ status: 0, stderr: "", stdout: "{}\n" });
    expect(await monitor).toEqual({ status: 0, stderr: "", stdout: "VM status: running\n" });
    await late.close();
  });

  it("gives up in time, and knows what no time is", async () => {
    const gone = await run(["hmp", "--wait", "50ms", "--connect", join(folder, "nobody"), "-c", "info name"]);
    expect([gone.status, gone.stdout]).toEqual([1, ""]);
    expect(gone.stderr).toContain("cannot connect to unix:");
    const wrong = await run(["qmp", "shell", "--wait", "soon", server.address]);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("300ms, 10s, 5min") as string]);
  });

  it("says of QEMU's own options after an address that they are QEMU's", async () => {
    const { stdout, stderr, status } = await run(
      ["qmp", "shell", `${server.address},server=on,wait=off`],
      "query-name\n",
    );
    expect([stdout, status]).toEqual(["{}\n", 0]);
    expect(stderr).toBe(
      "qapi: note: ',server=on,wait=off' after the address is for QEMU's own -qmp, and left out\n",
    );
  });

  it.each([
    "migrate_set_parameter cpu-throttle-initial",
    "migrate_set_parameter cpu-throttle-initial 0",
    "migrate_set_capability auto-converge maybe",
    "migrate",
    "migrate -z",
    "info migrate -z",
    "info nosuch",
    "help nosuch",
    "nosuch",
    "info status",
    "help info",
    "",
  ])("tells as the monitor itself whether %j was refused", async (line) => {
    const local = await run(["hmp", "-c", line]);
    expect(await run(["hmp", "--connect", server.address, "-c", line])).toEqual(local);
    const shell = await run(["qmp", "shell", "--hmp", server.address], `${line}\n`);
    expect(shell).toEqual(local);
  });

  it("speaks to guest agents, which have no human monitor", async () => {
    const agent = createServer((socket) => {
      let text = "";
      socket.on("data", (bytes) => {
        text += bytes.toString("latin1").replaceAll("\xff", "");
        for (let end; (end = text.indexOf("\n")) >= 0; text = text.slice(end + 1)) {
          const request = JSON.parse(text.slice(0, end)) as { execute: string; arguments?: { id: number } };
          const reply =
            request.execute === "guest-sync-delimited"
              ? `\xff{"return": ${request.arguments?.id ?? 0}}\n`
              : request.execute === "guest-get-host-name"
                ? '{"return": {"host-name": "guest7"}}\n'
                : '{"error": {"class": "CommandNotFound", "desc": "no"}}\n';
          socket.write(Buffer.from(reply, "latin1"));
        }
      });
    });
    const path = join(folder, "qga");
    await new Promise<void>((resolve) => agent.listen(path, resolve));
    expect(await run(["qmp", "shell", "--agent", path], "guest-get-host-name\n")).toEqual({
      status: 0,
      stderr: "",
      stdout: '{\n  "host-name": "guest7"\n}\n',
    });
    expect((await run(["qmp", "shell", "--agent", path], "nosuch\n")).status).toBe(1);
    expect((await run(["qmp", "shell", "--agent", "--hmp", path])).status).toBe(2);
    await new Promise((resolve) => agent.close(resolve));
  });

  it("says so of a transaction that is never closed", async () => {
    expect(await run(["qmp", "shell", server.address], "transaction(\n")).toEqual({
      status: 1,
      stderr: "",
      stdout: "not sent: the transaction was not closed\n",
    });
  });
});
