import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { LogProblem } from "../../src/conformance/check-log.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { writeJson } from "../../src/json/index.js";
import { type RunningProxy, startProxy } from "../../src/proxy/proxy.js";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { parseAddress } from "../../src/util/address.js";
import { compileText } from "../support/compile-text.js";

/** Whether it may take minutes. */
const isLong = process.env["QAPI_TEST_LONG"] === "1";

const folder = mkdtempSync(join(tmpdir(), "qapi-proxy-"));
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const checker = new SchemaChecker(
  compileText(`
{ 'command': 'query-status', 'returns': 'Status' }
{ 'struct': 'Status', 'data': { 'running': 'bool' } }
{ 'command': 'stop' }
`),
);

let count = 0;
const freePath = () => join(folder, `${count++}.sock`);

interface Witnessed {
  readonly proxy: RunningProxy;
  readonly path: string;
  readonly problems: string[];
  readonly messages: string[];
}

async function proxyTo(address: string, held: SchemaChecker = checker): Promise<Witnessed> {
  const path = freePath();
  const problems: string[] = [];
  const messages: string[] = [];
  const proxy = await startProxy({
    address: parseAddress(address),
    listen: parseAddress(path),
    checker: held,
    receiver: {
      message: (from, message) => messages.push(`${from} ${writeJson(message)}`),
      nextNumber: () => messages.length + 1,
      problem: ({ from, command, pointer, message }: LogProblem) =>
        problems.push(`${from} ${command ?? "-"}: ${pointer} ${message}`),
    },
  });
  cleanUps.push(() => proxy.close());
  return { proxy, path, problems, messages };
}

/** A server in QEMU's place. */
async function stand(onClient: (socket: Socket) => void): Promise<{ path: string; server: Server }> {
  const path = freePath();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    onClient(socket);
  });
  server.listen(path);
  await once(server, "listening");
  cleanUps.push(() => server.close());
  return { path, server };
}

async function collect(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => undefined);
  socket.resume();
  await once(socket, "close");
  return Buffer.concat(chunks);
}

/** Numbers that look random and are the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

describe("the proxy", () => {
  it("passes half messages at once", async () => {
    const { path } = await stand((socket) => socket.on("data", (chunk) => socket.write(chunk)));
    const witnessed = await proxyTo(path);
    const client = createConnection(witnessed.path);
    client.write('{"execute": "st');
    const [chunk] = (await once(client, "data")) as [Buffer];
    expect(chunk.toString()).toBe('{"execute": "st');
    expect(witnessed.messages).toEqual([]);
    client.destroy();
  });

  it("tells faults of both sides, junk and messages cut off", async () => {
    const { path } = await stand((socket) => {
      socket.on("data", () => {
        socket.write('{"return": {"running": 1, "id": 2}}\r\n{"return": {}, "id": 9}\r\nHuh?\r\n{"return"');
        socket.end();
      });
    });
    const witnessed = await proxyTo(path);
    const client = createConnection(witnessed.path);
    client.write('{"execute": "query-status", "arguments": {"x": 1}}');
    await collect(client);
    expect(witnessed.problems).toEqual([
      "client query-status: /arguments/x is not expected here",
      "server query-status: /return/id is not expected here",
      "server query-status: /return/running must be true or false",
      "server -:  answers no command",
      expect.stringMatching(/^server -: {2}is not JSON: /),
      "server -:  is cut off: the connection ended within it",
    ]);
  });

  it("takes clients one after another", async () => {
    let open = 0;
    let most = 0;
    const { path } = await stand((socket) => {
      most = Math.max(most, ++open);
      socket.on("data", (chunk) => socket.write(chunk));
      socket.on("end", () => {
        open--;
        socket.end();
      });
    });
    const witnessed = await proxyTo(path);
    const texts = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        const client = createConnection(witnessed.path);
        client.end(`{"execute": "stop", "id": ${index}}`);
        return (await collect(client)).toString();
      }),
    );
    expect(texts).toEqual(texts.map((_, index) => `{"execute": "stop", "id": ${index}}`));
    expect(most).toBe(1);
  });

  it("listens for its user alone, and not where somebody does", async () => {
    const { path } = await stand(() => undefined);
    const witnessed = await proxyTo(path);
    expect(statSync(witnessed.path).mode & 0o777).toBe(0o600);
    const again = startProxy({
      address: parseAddress(path),
      listen: parseAddress(witnessed.path),
      checker,
      receiver: { message: () => 1, nextNumber: () => 1, problem: () => undefined },
    });
    await expect(again).rejects.toThrow("is in use");
    await witnessed.proxy.close();
    expect(existsSync(witnessed.path)).toBe(false);
  });

  it("ends with its QEMU", async () => {
    const { path, server } = await stand((socket) => {
      server.close();
      socket.end('{"QMP": {}}');
    });
    const witnessed = await proxyTo(path);
    const client = createConnection(witnessed.path);
    expect((await collect(client)).toString()).toBe('{"QMP": {}}');
    expect(await witnessed.proxy.ended).toBeUndefined();
  });

  it("says that there was no QEMU", async () => {
    const witnessed = await proxyTo(join(folder, "nobody.sock"));
    await collect(createConnection(witnessed.path));
    expect((await witnessed.proxy.ended)?.message).toMatch(/^cannot connect to /);
  });

  it("holds back a side whose other is slow, and loses nothing", async () => {
    const size = 32 * 2 ** 20;
    const { path } = await stand((socket) => {
      socket.end(Buffer.alloc(size, " "));
      socket.resume();
    });
    const witnessed = await proxyTo(path);
    const client = createConnection(witnessed.path);
    client.pause();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await collect(client)).length).toBe(size);
  });

  it("passes whatever comes from either side, cut anywhere", async () => {
    const random = randomNumbers(7);
    const pieces = [
      "{",
      "}",
      "[",
      "]",
      '"',
      "\\",
      "\0",
      "\u00ff",
      "'",
      "\n",
      '{"return": {}}',
      '{"execute": 1}',
      ",",
      "e1",
    ];
    const chunk = () =>
      Buffer.from(
        Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)]).join(""),
        "latin1",
      );
    const chunks = (isLong ? 100_000 : 2000) / 20;
    let received: Promise<Buffer> = Promise.resolve(Buffer.alloc(0));
    let sentByServer: Buffer = Buffer.alloc(0);
    const { path } = await stand((socket) => {
      received = collect(socket);
      const answers = Array.from({ length: chunks }, chunk);
      sentByServer = Buffer.concat(answers);
      for (const answer of answers) socket.write(answer);
      socket.on("end", () => socket.end());
    });
    const witnessed = await proxyTo(path);
    for (let round = 0; round < 10; round++) {
      const client = createConnection(witnessed.path);
      const came = collect(client);
      const sent = Array.from({ length: chunks }, chunk);
      for (const each of sent) client.write(each);
      client.end();
      expect((await came).equals(sentByServer)).toBe(true);
      expect((await received).equals(Buffer.concat(sent))).toBe(true);
    }
  });
});

const qemu = "qemu-system-x86_64";
const hasQemu = spawnSync(qemu, ["--version"]).status === 0;

async function liveQemu(): Promise<string> {
  const path = freePath();
  const child = spawn(
    qemu,
    ["-machine", "none", "-display", "none", "-S", "-qmp", `unix:${path},server=on,wait=off`],
    { stdio: "ignore" },
  );
  cleanUps.push(async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 20));
  return path;
}

/** What QEMU says to these bytes, sent in these cuts. */
async function converse(path: string, bytes: Buffer, cuts: readonly number[]): Promise<string> {
  const client = createConnection(path);
  const came: Buffer[] = [];
  const isDone = new Promise<void>((resolve) => {
    client.on("data", (chunk: Buffer) => {
      came.push(chunk);
      if (Buffer.concat(came.slice(-2)).includes('"id": "last"')) resolve();
    });
  });
  let at = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (cut <= at) continue;
    client.write(bytes.subarray(at, cut));
    at = cut;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await isDone;
  client.end();
  await once(client, "close");
  return Buffer.concat(came).toString();
}

describe.skipIf(!hasQemu)("the proxy before a real QEMU", () => {
  it("is not to be told from it, wherever bytes are cut", { timeout: 600_000 }, async () => {
    const path = await liveQemu();
    const { schema } = await readSchema(`unix:${path}`);
    if (schema === undefined) throw new Error("QEMU's own schema is one");
    const witnessed = await proxyTo(path, new SchemaChecker(schema));
    const random = randomNumbers(3);
    const exchanges = isLong ? 10_000 : 300;
    const requests = [
      '{"execute": "query-status"}',
      '{"execute": "query-version", "id": {"é": 1}}',
      '{"execute": "query-status", "arguments": {"x": 1}}',
      '{"execute": "nosuch", "id": 5}',
      "{'execute': 'query-kvm'}",
      "oops ",
      '{"execute": 1}',
    ];
    for (let done = 0; done < exchanges; done += 50) {
      const lines = Array.from({ length: 50 }, () => requests[random(requests.length)] ?? "");
      const text = [
        '{"execute": "qmp_capabilities"}',
        ...lines,
        '{"execute": "query-name", "id": "last"}',
      ].join("\n");
      const bytes = Buffer.from(text);
      const cuts = Array.from({ length: 40 }, () => random(bytes.length)).sort((a, b) => a - b);
      const direct = await converse(path, bytes, cuts);
      expect(await converse(witnessed.path, bytes, cuts)).toBe(direct);
    }
    expect(witnessed.problems.filter((problem) => problem.startsWith("server"))).toEqual([]);
  });
});
