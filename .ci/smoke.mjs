// Runs every command of the built program once on a good input and holds all its streams to what they
// should be: exit status 0, the result on stdout, nothing on stderr.
//
//     node .ci/smoke.mjs              with the Node that runs this
//     node .ci/smoke.mjs 20.19 22     with these, from npm's package `node`; one that cannot be had is named
import console from "node:console";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath, exit, platform, argv } from "node:process";

const program = join(import.meta.dirname, "..", "dist", "cli.js");
const schema = join(import.meta.dirname, "..", "schema", "qapi-schema.json");
const folder = mkdtempSync(join(tmpdir(), "qapi-smoke-"));

/** Writes a file for a command to read. */
function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const color = "{ 'enum': 'Color', 'data': [ 'red' ] }\n";
const trace = {
  params: { "auto-converge": true },
  syncs: [
    { sync: 1, t_ms: 1000, time_last_ms: 0, period: true, transferred: 4096, num_dirty_pages_period: 9 },
    { sync: 2, t_ms: 2000, time_last_ms: 1000, period: true, transferred: 8192, num_dirty_pages_period: 9 },
  ],
};
const guest = ["--ram", "1G", "--dirty-rate", "100M", "--bandwidth", "1Gbit"];
const socket = join(folder, "qmp");
const output = join(folder, "out");

/** Messages to a language server. */
function lsp(...messages) {
  const texts = messages.map((message) => JSON.stringify({ jsonrpc: "2.0", ...message }));
  return texts.map((text) => `Content-Length: ${text.length}\r\n\r\n${text}`).join("");
}

/**
 * A good call of each command, and what its stdout holds. `input` goes to its stdin, which stays open where
 * the command shall end by itself (`open`); one that serves is ended with `signal` once it has said that it
 * does, and may say so on stderr; `server` needs somebody to talk to.
 */
const calls = {
  check: { words: [schema], stdout: /^$/ },
  dump: { words: [schema], stdout: /^enum QType$/m },
  generate: { words: [schema, "-o", output], stdout: /: \d+ files: \d+ written\n$/ },
  introspect: { words: [schema], stdout: /"meta-type":/ },
  validate: {
    words: [schema, "--command", "migrate-set-parameters", "-"],
    input: '{"execute": "migrate-set-parameters", "arguments": {"max-cpu-throttle": 80}}\n',
    stdout: /^$/,
  },
  format: { words: ["-"], input: color, stdout: /^\{ 'enum': 'Color'/ },
  breaking: { words: [schema, schema], stdout: /^/ },
  history: { words: ["migrate"], stdout: /since/ },
  lint: {
    words: [
      file(
        "color.json",
        "##\n# @Color:\n#\n# What it looks like.\n#\n# @red: as blood\n#\n# Since: 9.0\n##\n" + color,
      ),
      "--fail-on",
      "error",
    ],
    stdout: /^/,
  },
  lsp: {
    words: [],
    open: true,
    input: lsp(
      { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
      { method: "initialized", params: {} },
      { id: 2, method: "shutdown" },
      { method: "exit" },
    ),
    stdout: /"capabilities":/,
  },
  hmp: { words: [], input: "info status\n", stdout: /^VM status: running\n$/ },
  "qmp serve": {
    words: ["--stdio"],
    input: '{"execute": "qmp_capabilities"}\n',
    stdout: /^\{"QMP": .*\r\n\{"return": \{\}\}\r\n$/,
  },
  "qmp proxy": {
    words: [socket, "--listen", join(folder, "proxy")],
    server: true,
    signal: "SIGTERM",
    stdout: /^$/,
    stderr: /^qapi: proxy for \S+ at \S+\n$/,
  },
  "qmp shell": { words: [socket], server: true, input: "query-status\n", stdout: /"?running"?/ },
  "throttle replay": { words: [file("trace.json", JSON.stringify(trace))], stdout: /^./ },
  "throttle simulate": { words: guest, stdout: /^./ },
  "throttle advise": { words: guest, stdout: /^./ },
  "throttle serve": { words: ["--port", "0"], signal: "SIGTERM", stdout: /^http:\/\/127\.0\.0\.1:\d+\/\n$/ },
};

/** Runs the program and gives what came of it. */
function run(node, words, { input = "", open = false, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...words], { env: { ...env, NODE_OPTIONS: "" }, timeout: 60_000 });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      if (signal !== undefined) child.kill(signal);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
      if (signal !== undefined) child.kill(signal);
    });
    child.stdin.on("error", () => undefined).write(input);
    if (!open) child.stdin.end();
    child.on("error", reject).on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** A server to talk to, once it listens. */
function serve(node) {
  return new Promise((resolve, reject) => {
    const server = spawn(node, [program, "qmp", "serve", "--socket", socket], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    server.once("error", reject).once("exit", () => reject(new Error("qmp serve ended")));
    server.stderr.once("data", () => resolve(server));
  });
}

/** The commands that `--help` lists, those of groups by both words. */
async function listCommands(node, group = []) {
  const { stdout } = await run(node, [...group, "--help"]);
  const [, list = ""] = stdout.split("\nCommands:\n");
  const names = [...list.matchAll(/^ {2}([a-z]\S*)(?: \[options\])?/gm)].map(([, name]) => name);
  const commands = [];
  for (const name of names.filter((name) => name !== "help")) {
    const below = group.length > 0 ? [] : await listCommands(node, [name]);
    if (below.length > 0) commands.push(...below);
    else commands.push([...group, name].join(" "));
  }
  return commands;
}

/** Holds one Node to all calls, and gives what is amiss. */
async function smoke(node) {
  const problems = [];
  rmSync(output, { recursive: true, force: true });
  const commands = await listCommands(node);
  for (const name of commands) if (!(name in calls)) problems.push(`${name}: has no call in .ci/smoke.mjs`);
  for (const [
    name,
    { words, server: needsServer, stdout: out, stderr: err = /^$/, ...how },
  ] of Object.entries(calls)) {
    if (!commands.includes(name)) problems.push(`${name}: is in .ci/smoke.mjs, but is no command`);
    const server = needsServer === true ? await serve(node) : undefined;
    const { status, stdout, stderr } = await run(node, [...name.split(" "), ...words], how);
    server?.removeAllListeners("exit").kill();
    if (status !== 0) problems.push(`${name}: ended with ${status}`);
    if (!err.test(stderr)) problems.push(`${name}: said on stderr: ${stderr}`);
    if (!out.test(stdout)) problems.push(`${name}: said on stdout: ${JSON.stringify(stdout.slice(0, 500))}`);
  }
  return { commands, problems };
}

/** The program `node` of a version; undefined where it cannot be had. */
function install(version) {
  const prefix = join(folder, `node-${version}`);
  const words = [
    "install",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--prefix",
    prefix,
    `node@${version}`,
  ];
  const path = join(prefix, "node_modules", "node", "bin", platform === "win32" ? "node.exe" : "node");
  try {
    execFileSync("npm", words, { stdio: "ignore", timeout: 180_000 });
    execFileSync(path, ["--version"], { stdio: "ignore" });
    return path;
  } catch {
    return undefined;
  }
}

let hasFailed = false;
try {
  const versions = argv.slice(2);
  for (const version of versions.length === 0 ? [undefined] : versions) {
    const node = version === undefined ? execPath : install(version);
    if (node === undefined) {
      console.log(`smoke: Node ${version} cannot be had from npm here: NOT tried`);
      continue;
    }
    const called = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    const { commands, problems } = await smoke(node);
    for (const problem of problems) console.log(`smoke: Node ${called}: ${problem}`);
    if (problems.length === 0)
      console.log(`smoke: Node ${called}: ${commands.length} commands, all streams clean`);
    hasFailed ||= problems.length > 0;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
exit(hasFailed ? 1 : 0);
