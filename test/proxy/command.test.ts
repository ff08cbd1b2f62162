import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { connect, type QmpClient } from "../../src/client/index.js";
import { runProgram } from "../../src/cli/program.js";
import { checkLog } from "../../src/conformance/check-log.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { type RunningServer, serve } from "../../src/server/index.js";
import { type CliOutcome, runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-proxy-command-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let paths = 0;
const freePath = () => join(folder, `${paths++}`);

const schemaFile = join(folder, "schema.json");
writeFileSync(
  schemaFile,
  `{ 'pragma': { 'command-name-exceptions': [ 'qmp_capabilities' ] } }
{ 'enum': 'QmpCapability', 'data': [ 'oob' ] }
{ 'command': 'qmp_capabilities', 'data': { '*enable': ['QmpCapability'] } }
{ 'struct': 'Status', 'data': { 'running': 'bool' } }
{ 'command': 'query-status', 'returns': 'Status' }
{ 'command': 'yank', 'data': { 'names': ['str'] }, 'allow-oob': true }
{ 'command': 'quit' }
`,
);

const servers: RunningServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A QEMU of that schema, at an address. */
async function standIn(listen = freePath()): Promise<RunningServer> {
  const { schema } = await readSchema(schemaFile);
  const server: RunningServer = await serve({ schema: schema!, listen });
  servers.push(server);
  return server;
}

interface RunningProxy {
  readonly address: string;
  /** Ends it as Ctrl-C does. */
  stop(): void;
  readonly outcome: Promise<CliOutcome>;
}

/** `qapi qmp proxy`, once it listens. */
async function startProxy(
  peer: string,
  words: readonly string[],
  listen = freePath(),
): Promise<RunningProxy> {
  const ended = new AbortController();
  let tell: (address: string) => void;
  const address = new Promise<string>((resolve) => (tell = resolve));
  const outcome = runCommand(
    (context) => runProgram(["qmp", "proxy", peer, "--listen", listen, ...words], context),
    {
      signal: ended.signal,
      onStderr: (text) => {
        const [, found] = / at (\S+)\n/.exec(text) ?? [];
        if (found !== undefined) tell(found);
      },
    },
  );
  const early = outcome.then(({ stderr }) => Promise.reject(new Error(stderr)));
  return {
    address: await Promise.race([address, early]),
    stop: () => {
      ended.abort();
    },
    outcome,
  };
}

async function talk(address: string, say: (client: QmpClient) => Promise<unknown>): Promise<void> {
  const client = await connect(address);
  await say(client);
  await client.close();
}

/** Asks rightly, and then wrongly, which the QEMU refuses. */
async function slip(client: QmpClient): Promise<void> {
  await client.executeRaw("query-status");
  await client.executeRaw("query-status", { wanted: true }).catch(() => undefined);
}

describe("qapi qmp proxy", () => {
  it.each([
    ["pretty", "error[document/unexpected]: /arguments/wanted is not expected here"],
    ["json", '"path": "query-status/arg-type/wanted"'],
    ["github", "::error file=RECORD,line=6,"],
    ["sarif", '"startLine": 6'],
    ["junit", "<testsuites"],
    ["markdown", "| error |"],
  ])("tells what does not conform, as %s, and ends with 100", async (format, says) => {
    const { address } = await standIn();
    const record = freePath();
    const words = ["--schema", schemaFile, "--record", record, "--format", format];
    const proxy = await startProxy(address, words);
    await talk(proxy.address, slip);
    proxy.stop();
    const { status, stdout } = await proxy.outcome;
    expect(stdout).toContain(says.replace("RECORD", record));
    expect(status).toBe(100);
    expect(existsSync(proxy.address.replace("unix:", ""))).toBe(false);
  });

  it("records what can be checked and replayed, for its user alone", async () => {
    const { address } = await standIn();
    const record = freePath();
    const proxy = await startProxy(address, ["--schema", schemaFile, "--record", record]);
    await talk(proxy.address, slip);
    await talk(proxy.address, (client) => client.executeOob("yank", { names: [] } as never));
    proxy.stop();
    expect((await proxy.outcome).status).toBe(100);
    expect(statSync(record).mode & 0o777).toBe(0o600);
    const text = readFileSync(record, "utf8");
    const records = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { time: string; from: string; message: object });
    expect(records.map(({ from, message }) => `${from} ${Object.keys(message).join()}`).slice(0, 4)).toEqual([
      "server QMP",
      "client execute,arguments,id",
      "server return,id",
      "client execute,id",
    ]);
    expect(records.every(({ time }) => !Number.isNaN(Date.parse(time)))).toBe(true);
    const { schema } = await readSchema(schemaFile);
    const problems = checkLog(new SchemaChecker(schema!), text);
    expect(problems.map(({ path }) => path)).toEqual(["query-status/arg-type/wanted"]);
    const replayed = await serve({ schema: schema!, replies: text, listen: freePath() });
    servers.push(replayed);
    await talk(replayed.address, async (client) => {
      expect(await client.executeRaw("query-status")).toEqual({ running: true });
    });
  });

  it("says nothing of what conforms, over TCP on both sides, and ends with 0", async () => {
    const { address } = await standIn("tcp:127.0.0.1:0");
    const proxy = await startProxy(address, ["--schema", schemaFile, "--format", "json"], "tcp:127.0.0.1:0");
    expect(proxy.address).toMatch(/^tcp:127\.0\.0\.1:\d+$/);
    for (let turn = 0; turn < 3; turn++) {
      await talk(proxy.address, (client) => client.executeRaw("query-status"));
    }
    proxy.stop();
    expect(await proxy.outcome).toMatchObject({ status: 0, stdout: "[]\n" });
  });

  it("ends with its QEMU", async () => {
    const { address } = await standIn();
    const proxy = await startProxy(address, ["--schema", schemaFile]);
    await talk(proxy.address, (client) => client.executeRaw("quit"));
    expect(await proxy.outcome).toMatchObject({ status: 0, stdout: "" });
  });

  it("waits for a QEMU that does not listen yet, and asks it for its schema", async () => {
    const path = freePath();
    const waiting = startProxy(path, ["--wait", "30s"]);
    const server = await serve({ listen: path });
    servers.push(server);
    const proxy = await waiting;
    await talk(proxy.address, (client) => client.executeRaw("query-migrate"));
    proxy.stop();
    expect((await proxy.outcome).status).toBe(0);
  });

  it.each([
    { words: [], says: "cannot connect to" },
    { words: ["--schema", "nowhere.json"], says: "nowhere.json" },
  ])("fails without a QEMU, or a schema: $words", async ({ words, says }) => {
    const argv = ["qmp", "proxy", freePath(), "--listen", freePath(), ...words];
    const { status, stderr } = await runCommand((context) => runProgram(argv, context));
    expect(stderr).toContain(says);
    expect(status).toBe(1);
  });

  it("refuses a record that cannot be written, and to have no place to listen", async () => {
    const { address } = await standIn();
    const argv = ["qmp", "proxy", address, "--schema", schemaFile];
    const run = (...more: string[]) => runCommand((context) => runProgram([...argv, ...more], context));
    expect(await run()).toMatchObject({ status: 2 });
    expect(await run("--listen", freePath(), "--record", folder)).toMatchObject({ status: 1 });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends on %s, and tells what it has found", async (signal) => {
    const { address } = await standIn();
    const listen = freePath();
    const argv = ["qmp", "proxy", address, "--listen", listen, "--schema", schemaFile, "--format", "github"];
    const child = spawn(process.execPath, ["dist/cli.js", ...argv], { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    await once(child.stderr, "data");
    await talk(listen, slip);
    child.kill(signal);
    const [status] = (await once(child, "close")) as [number];
    expect(stdout).toContain("::error");
    expect({ status, isThere: existsSync(listen) }).toEqual({ status: 100, isThere: false });
  });
});
