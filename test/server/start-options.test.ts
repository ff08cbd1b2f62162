import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createMachine, Emulator, type MachineSettings, Refusal } from "qapi-ts/server";
import { nearestProfile } from "../../src/migration/profile/profiles.js";
import { qemuVersion } from "../client/qemu.js";

/** What a session said, events and replies in order, without times; or why there was none. */
type Outcome = { readonly said: readonly string[] } | { readonly refused: string };

type Step = string | readonly [command: string, args?: Readonly<Record<string, unknown>>];

const request = (step: Step): string =>
  JSON.stringify(
    typeof step === "string"
      ? { execute: "human-monitor-command", arguments: { "command-line": step } }
      : { execute: step[0], ...(step[1] && { arguments: step[1] }) },
  );

const timeless = (line: string): string => line.replace(/"timestamp": \{[^}]*\}, /, "");
const isReply = (line: string): boolean => /^\{"(return|error)":/.test(line);

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

async function inQemu(settings: MachineSettings, steps: readonly Step[]): Promise<Outcome> {
  const bare = ["-M", "none", "-nodefaults", "-display", "none", "-qmp", "stdio"];
  const qemu = spawn("qemu-system-x86_64", [...bare, ...qemuOptions(settings)], { stdio: "pipe" });
  qemu.stdin.on("error", () => undefined);
  const stderr = text(qemu.stderr);
  const exit = once(qemu, "exit");
  const said: string[] = [];
  const waiting = [...steps.map(request)];
  for await (const line of createInterface({ input: qemu.stdout })) {
    if (line.startsWith('{"QMP"')) qemu.stdin.write('{"execute":"qmp_capabilities"}\n');
    else said.push(timeless(line));
    if (!isReply(line)) continue;
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

function inModel(settings: MachineSettings, steps: readonly Step[]): Outcome {
  const warnings: string[] = [];
  const warn = (warning: string): void => void warnings.push(warning);
  const said: string[] = [];
  try {
    const machine = createMachine({ ...settings, warn });
    const connection = new Emulator(machine).qmp.connect((line) => said.push(timeless(line.trimEnd())));
    said.length = 0;
    for (const each of ['{"execute":"qmp_capabilities"}', ...steps.map(request)])
      connection.receive(Buffer.from(`${each}\n`));
    machine.close();
    return { said };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: [...warnings, `${error.message}\n${error.hint ?? ""}`].join("\n").trimEnd() };
  }
}

const setCapabilities = (...changes: readonly (readonly [string, unknown])[]): Step => [
  "migrate-set-capabilities",
  { capabilities: changes.map(([capability, state]) => ({ capability, state })) },
];
const setParameters = (values: Readonly<Record<string, unknown>>): Step => ["migrate-set-parameters", values];

const told: readonly Step[] = ["info migrate", "info migrate_parameters", "info migrate_capabilities"];
const unstable: readonly Step[] = [
  setParameters({ "x-checkpoint-delay": 5 }),
  setParameters({ "downtime-limit": -1, "x-checkpoint-delay": 5 }),
  setParameters({ "x-checkpoint-delay": "z" }),
  setParameters({ "x-checkpoint-delay": 5, bogus: 1 }),
  setParameters({ "xbzrle-cache-size": 3, bogus: 1 }),
  ["query-migrate-parameters"],
  setCapabilities(["x-colo", true]),
  setCapabilities(["x-colo", 1]),
  setCapabilities(["nosuch", true]),
  setCapabilities(["xbzrle", true], ["x-ignore-shared", false]),
  ["query-migrate-capabilities"],
  "migrate_set_parameter x-checkpoint-delay 7",
  "migrate_set_capability x-ignore-shared on",
  ...told,
  ["x-exit-preconfig"],
  ["nosuch"],
];
const waiting: readonly Step[] = [
  ["query-status"],
  "info status",
  "info migrate",
  ["query-migrate"],
  "stop",
  ["stop"],
  "info status",
  ["cont"],
  "cont",
  "info status",
  ["migrate", { uri: "tcp:127.0.0.1:1" }],
  "migrate -d tcp:127.0.0.1:1",
  "migrate -d nosuch:",
  ["migrate-incoming", { uri: "nosuch:bar" }],
  ["migrate-incoming"],
  ["migrate-incoming", { uri: 5 }],
  "migrate_incoming nosuch:bar",
  "migrate_incoming",
  "migrate_incoming tcp:",
  "migrate_incoming unix:",
  "migrate_incoming fd:nosuch",
  "info migrate",
  ["query-migrate"],
  "migrate_cancel",
  "migrate_set_capability events on",
  "migrate_incoming nosuch:",
  "migrate_recover nosuch:",
  "migrate_pause",
  "migrate_start_postcopy",
  "migrate_continue device",
  setParameters({ "downtime-limit": 5 }),
  setCapabilities(["postcopy-ram", true]),
  ...told,
  "exit_preconfig",
];
const unmade: readonly Step[] = [
  "info status",
  ["query-status"],
  ["query-migrate"],
  ["query-migrate", { bogus: 1 }],
  ["query-migrate-parameters"],
  setParameters({ bogus: 1 }),
  ["cont"],
  ["stop"],
  ["query-name"],
  ["query-uuid"],
  ["nosuch"],
  ["human-monitor-command"],
  ["x-exit-preconfig", { bogus: 1 }],
  ["x-exit-preconfig"],
  ["query-status"],
  "info status",
  ["query-migrate"],
  ["x-exit-preconfig"],
  "exit_preconfig",
  "exit_preconfig now",
  "help exit_preconfig",
];

const sessions: readonly (readonly [settings: MachineSettings, steps: readonly Step[]])[] = [
  ...[
    "x-cpu-throttle-initial=30",
    "x-max-bandwidth=1G",
    "xbzrle-cache-size=128M",
    "x-checkpoint-delay=5",
  ].map((global) => [{ globals: [`migration.${global}`] }, told] as const),
  ...["x-xbzrle=on", "x-colo=on", "multifd-compression=zlib", "announce-initial=0x10"].map(
    (global) => [{ globals: [`migration.${global}`] }, told] as const,
  ),
  [{ globals: ["migration.x-events=on", "migration.x-events=off", "migration.x-block=on"] }, told],
  [
    {
      globals: [
        "migration.store-global-state=off",
        "migration.send-configuration=off",
        "migration.send-section-footer=off",
        "migration.x-clear-bitmap-shift=0x10",
      ],
    },
    told,
  ],
  [{ globals: ["migration.decompress-error-check=off", "foo.bar=1", "a.b.c=d"] }, told],
  [{ globals: ["driver=migration,property=x-xbzrle,value=on"] }, told],
  [{ globals: ["property=tls-creds,value=a,,b,driver=migration"] }, told],
  ...[
    "migration.x-clear-bitmap-shift=256",
    "migration.x-clear-bitmap-shift=",
    "migration.store-global-state=maybe",
    "migration.only-migratable=on",
    "migration.clear-bitmap-shift=20",
    "migration.x-preempt-pre-7-2=on",
    "migration.x-xbzrle=",
    "migration.x-max-bandwidth=1.5e3",
    "migration.xbzrle-cache-size=5",
    "migration.x-postcopy-preempt=on",
    "migration.",
    "migration.=1",
    "=1",
    "foo=bar",
    "migration",
    "nomigration",
    "driver=migration",
    "driver=migration,property=x-xbzrle",
    "driver=migration,property=x-xbzrle,value=on,foo=x",
    "driver=migration,property=x-xbzrle,value=maybe",
  ].map((global) => [{ globals: [global] }, []] as const),
  [{ compat: "unstable-input=reject" }, unstable],
  [{ compat: "unstable-output=hide" }, unstable],
  [{ compat: "deprecated-input=reject,deprecated-output=hide" }, unstable],
  [{ compat: "unstable-input=reject,unstable-input=accept" }, unstable],
  [{ compat: "unstable-input=reject,unstable-output=hide" }, unstable],
  [{ compat: "" }, unstable],
  ...[
    "foo=bar",
    "deprecated-input=foo",
    "deprecated-input",
    "deprecated-output=reject",
    "unstable-input=hide",
    "unstable-input=reject,,",
    "help",
    "nodeprecated-input",
    "=x",
    "deprecated-input=,foo=1",
  ].map((compat) => [{ compat }, []] as const),
  [{ incoming: "defer" }, waiting],
  [{ incoming: "defer", paused: true }, ["info status", "cont", "info status", "stop", "info status"]],
  [{ incoming: "nosuch:" }, []],
  [{ incoming: "tcp:" }, []],
  [{ incoming: "fd:nosuch" }, []],
  [{ incoming: "" }, []],
  [{ paused: true }, ["info status", ["query-status"], "stop", "info status", "cont", "info status"]],
  [{ preconfig: true }, unmade],
  [{ preconfig: true, paused: true }, unmade],
  [{ preconfig: true, incoming: "defer" }, unmade],
  [{ preconfig: true, compat: "unstable-input=reject" }, unmade],
];

const [major, minor] = qemuVersion?.split(".") ?? [];

describe.skipIf(`${major ?? ""}.${minor ?? ""}` !== "7.2")("a machine started as QEMU 7.2 can be", () => {
  const profile = nearestProfile(qemuVersion ?? "").name;

  it.concurrent.each(sessions)("says what QEMU says: %j", async (settings, steps) => {
    expect(inModel({ ...settings, profile }, steps)).toEqual(await inQemu(settings, steps));
  });
});
