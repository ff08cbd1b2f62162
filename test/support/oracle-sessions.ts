import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonValue, writeJson } from "../../src/json/index.js";
import { Emulator } from "../../src/server/emulator.js";
import { createMachine } from "../../src/migration/create-machine.js";
import type { Connection } from "../../src/qmp/connection.js";
import { oracle } from "./shared-data.js";

/** One exchange of a recorded session, as the recordings have it. */
export type Step =
  | { readonly hmp: string; readonly output: string }
  | {
      readonly qmp: unknown;
      readonly qmp_text?: string;
      readonly reply: unknown;
      readonly reply_text?: string;
    }
  | {
      readonly raw?: string;
      readonly raw_b64?: string;
      readonly replies: readonly unknown[];
      readonly replies_text?: readonly string[];
    }
  | { readonly greeting: unknown };

export interface Session {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The sessions recorded from one version; none where the recordings are not at hand. */
export function readSessions(version: string): Session[] {
  if (oracle === undefined) return [];
  const read = (name: string): unknown => JSON.parse(readFileSync(join(oracle ?? "", "hmp", name), "utf8"));
  const sessions = read(`hmp-${version}.json`) as Step[][];
  const names = read(`hmp-${version}.names.json`) as { name: string }[];
  return sessions.map((steps, index) => ({ name: names[index]?.name ?? String(index), steps }));
}

/** What one step should have brought, and what it brought. */
export interface Exchange {
  readonly input: string;
  readonly expected: string;
  readonly actual: string;
}

/** Plays a session to a QMP connection of a fresh machine, in the wire's own text. */
export function playSession(session: Session, profile: string): Exchange[] {
  const client = new Client(profile);
  const [first] = session.steps;
  if (first === undefined || !("greeting" in first)) client.send('{"execute": "qmp_capabilities"}\n');
  return session.steps.map((step) => play(step, client));
}

class Client {
  readonly greeting: string;
  private readonly connection: Connection;
  private readonly lines: string[] = [];

  constructor(profile: string) {
    const emulator = new Emulator(createMachine({ profile, simClock: "step:0" }));
    this.connection = emulator.qmp.connect((line) => this.lines.push(line));
    this.greeting = this.lines.splice(0).join("");
  }

  send(bytes: string | Uint8Array): string[] {
    this.connection.receive(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
    return this.lines.splice(0);
  }
}

function play(step: Step, client: Client): Exchange {
  if ("greeting" in step)
    return { input: "greeting", expected: wire(step.greeting), actual: client.greeting.trimEnd() };
  if ("hmp" in step) {
    const request = { execute: "human-monitor-command", arguments: { "command-line": step.hmp } };
    const actual = client.send(`${JSON.stringify(request)}\n`).join("");
    return {
      input: step.hmp,
      expected: wire({ return: step.output.replaceAll("\n", "\r\n") }),
      actual: actual.trimEnd(),
    };
  }
  if ("qmp" in step) {
    const request = step.qmp_text ?? JSON.stringify(step.qmp);
    const actual = client.send(`${request}\n`).join("");
    return { input: request, expected: step.reply_text ?? wire(step.reply), actual: actual.trimEnd() };
  }
  const bytes = step.raw_b64 === undefined ? (step.raw ?? "") : Buffer.from(step.raw_b64, "base64");
  const expected = step.replies_text ?? step.replies.map(wire);
  const actual = client.send(bytes).map((line) => line.trimEnd());
  return { input: step.raw ?? step.raw_b64 ?? "", expected: expected.join("\n"), actual: actual.join("\n") };
}

/** A recorded value as it stood on the wire; its members are in the wire's order. */
function wire(value: unknown): string {
  return writeJson(value as JsonValue, "qmp");
}
