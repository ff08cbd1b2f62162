import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { createMachine, Emulator, type MachineSettings, Refusal } from "qapi-ts/server";
import { profiles } from "../../src/migration/profile/profiles.js";
import { qemuVersion } from "../client/qemu.js";

/** A monitor line; a QMP command; or a request's text as it is, one JSON value. */
export type Step =
  | string
  | readonly [command: string, args?: Readonly<Record<string, unknown>>]
  | { readonly request: string };

/** What is asked of one machine, and how it is started. */
export interface Session {
  readonly settings: MachineSettings;
  readonly steps: readonly Step[];
  /** Whether the steps come before there is a `qmp_capabilities`, if they do not have one themselves. */
  readonly isEarly?: boolean;
}

/** What a session said, events and replies in order, without times; or why there was none. */
export type Outcome = { readonly said: readonly string[] } | { readonly refused: string };

/** The profile of the QEMU at hand; undefined without one of a release that has a profile. */
export const profileAtHand = findProfileAtHand();

function findProfileAtHand(): string | undefined {
  const found = profiles.find(({ version: { major, minor } }) =>
    qemuVersion?.startsWith(`${major}.${minor}.`),
  );
  if (found === undefined && qemuVersion !== undefined)
    process.stderr.write(`QEMU ${qemuVersion}: no profile; what is held to one is skipped\n`);
  return found?.name;
}

function requestsOf({ steps, isEarly = false }: Session): string[] {
  const all: readonly Step[] = isEarly ? steps : [["qmp_capabilities"], ...steps];
  return all.map(requestOf);
}

function requestOf(step: Step): string {
  if (typeof step === "string")
    return JSON.stringify({ execute: "human-monitor-command", arguments: { "command-line": step } });
  if ("request" in step) return step.request;
  const [execute, args] = step;
  return JSON.stringify({ execute, ...(args && { arguments: args }) });
}

const timeless = (line: string): string => line.replace(/"timestamp": \{[^}]*\}, /, "");
const isReply = (line: string): boolean => !line.startsWith('{"timestamp":');

/** QEMU's own options for settings of ours. */
function qemuOptions({ globals = [], compat, incoming, preconfig, paused }: MachineSettings): string[] {
  return [
    ...globals.flatMap((global) => ["-global", global]),
    ...(compat === undefined ? [] : ["-compat", compat]),
    ...(incoming === undefined ? [] : ["-incoming", incoming]),
    ...(preconfig === true ? ["--preconfig"] : []),
    ...(paused === true ? ["-S"] : []),
  ];
}

/** Runs a session in the QEMU at hand. */
export async function inQemu(session: Session): Promise<Outcome> {
  const bare = ["-M", "none", "-nodefaults", "-display", "none", "-qmp", "stdio"];
  const qemu = spawn("qemu-system-x86_64", [...bare, ...qemuOptions(session.settings)], { stdio: "pipe" });
  qemu.stdin.on("error", () => undefined);
  const stderr = text(qemu.stderr);
  const exit = once(qemu, "exit");
  const said: string[] = [];
  const waiting = requestsOf(session);
  for await (const line of createInterface({ input: qemu.stdout })) {
    // What the tokenizer prints to stdout is no part of QMP.
    if (!line.startsWith("{")) continue;
    const isGreeting = line.startsWith('{"QMP":');
    if (!isGreeting) said.push(timeless(line));
    if (!isGreeting && !isReply(line)) continue;
    const next = waiting.shift();
    if (next === undefined) break;
    qemu.stdin.write(`${next}\n`);
  }
  const isUp = said.length > 0;
  if (isUp) qemu.kill("SIGKILL");
  await exit;
  return isUp ? { said } : { refused: plain(await stderr) };
}

/** Whose words they are, and which of them warn, is left to whoever shows them. */
function plain(stderr: string): string {
  return stderr.replaceAll(/qemu-system-x86_64: |warning: /g, "").trimEnd();
}

/** Runs a session in a machine of ours. */
export function inModel(session: Session): Outcome {
  const warnings: string[] = [];
  const warn = (warning: string): void => void warnings.push(warning);
  const said: string[] = [];
  try {
    const machine = createMachine({ ...session.settings, warn });
    const connection = new Emulator(machine).qmp.connect((line) => said.push(timeless(line.trimEnd())));
    said.length = 0;
    for (const request of requestsOf(session)) connection.receive(Buffer.from(`${request}\n`));
    machine.close();
    return { said };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: [...warnings, `${error.message}\n${error.hint ?? ""}`].join("\n").trimEnd() };
  }
}
