import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.js";
import { type RunningServer, serve } from "../../src/server/index.js";
import { runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-live-"));
const socket = join(folder, "qmp.sock");
const qapi = (argv: string[], stdin = "") => runCommand((context) => runProgram(argv, context), { stdin });
let server: RunningServer;

beforeAll(async () => {
  server = await serve({ listen: `unix:${socket}` });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a schema asked of a live QEMU", () => {
  it.each([{ address: socket }, { address: `unix:${socket}` }])(
    "is introspected: $address",
    async ({ address }) => {
      const { status, stdout } = await qapi(["introspect", address]);
      expect(status).toBe(0);
      expect(stdout).toContain('"name": "migrate-set-parameters"');
    },
  );

  it("holds documents", async () => {
    const validate = (text: string) =>
      qapi(["validate", socket, "--command", "migrate-set-parameters", "-"], text);
    expect(await validate('{ "max-cpu-throttle": 80 }')).toMatchObject({ status: 0 });
    const { status, stdout } = await validate('{ "max-cpu-throttle": "80" }');
    expect({ status, stdout }).toEqual({
      status: 100,
      stdout: expect.stringContaining("/max-cpu-throttle") as string,
    });
  });

  it("is generated from", async () => {
    const output = join(folder, "out");
    const argv = ["generate", socket, "-o", output, "--emit", "types,commands"];
    expect(await qapi(argv)).toMatchObject({ status: 0 });
    expect(await qapi([...argv, "--check"])).toMatchObject({ status: 0, stdout: "" });
  });

  it("fails where nobody answers", async () => {
    const { status, stderr } = await qapi(["introspect", `unix:${join(folder, "nobody")}`]);
    expect(stderr).toContain("cannot connect");
    expect(status).toBe(1);
  });
});
