/**
 * Every budget in one table of Markdown:
 *
 *     npm run build && QEMU_SRC=/path/to/qemu npm run bench [-- PART …]
 *
 * Each part is a script of this folder, run with few rounds by the Node that runs this; what has no peer on this
 * machine fails and is said to have. All of it takes less than ten minutes on a quiet machine. PART names some of them.
 */
import { spawn } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { corpus } from "../test/support/shared-data.js";
import { tableHead } from "./row.js";

const introspection = `${corpus ?? ""}/qemu-10.2.2/golden/introspect.json`;
const qemu = process.env["QEMU_SRC"] ?? "";
const whole = `${qemu}/qapi/qapi-schema.json`;

/** Scripts, and how they are called to be done soon. */
const parts: readonly (readonly [script: string, ...args: readonly string[]])[] = [
  ["check.ts", whole, "11"],
  ["first-prompt.py", "11"],
  ["generate.ts", whole, "7"],
  ["compile-generated.ts", whole, "3"],
  ["validator.ts", "11"],
  ["decode.ts", introspection, "60"],
  ["qmp-rate.py"],
  ["proxy-rate.py"],
  ["throttle.ts", "syncs"],
  ["breaking.ts", "7"],
  ["format.ts", "5"],
  ["lsp.ts", `${qemu}/qapi`, "100"],
  ["growth.ts", "1"],
];

/** Passes on what a script prints: rows as they come, all else to stderr. */
async function run(script: string, args: readonly string[]): Promise<void> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const [program, ...before] = script.endsWith(".py") ? ["python3"] : [process.execPath, "--import", "tsx"];
  const child = spawn(program, [...before, path, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE: process.execPath },
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("| ")) console.log(line);
    else console.error(line);
  }
  const status = await ended;
  if (status !== 0) console.error(`${script} ended with ${String(status)}`);
}

const wanted = process.argv.slice(2);
const load = loadavg().map((each) => each.toFixed(1));
const [processor] = cpus();
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${processor?.model ?? "?"}, ` +
    `load average before: ${load.join(" ")}\n\n${tableHead}`,
);
for (const [script, ...args] of parts)
  if (wanted.length === 0 || wanted.some((part) => script.startsWith(part))) await run(script, args);
console.log(
  `\nLoad average after: ${loadavg()
    .map((each) => each.toFixed(1))
    .join(" ")}`,
);
