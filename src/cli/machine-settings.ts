import type { MachineSettings } from "../migration/create-machine.js";
import { UnknownProfileError } from "../migration/profile/profiles.js";
import { Refusal } from "../migration/refusal.js";
import { ScenarioError } from "../migration/simulator/scenario.js";
import { SimClockError } from "../migration/simulator/sim-clock.js";
import { escapeControls } from "../util/escape-controls.js";
import type { CliContext } from "./context.js";
import { ExitStatus } from "./exit-status.js";

/** The options that say which QEMU to be and how time passes, by their names on the command line. */
export type MachineFlags = Pick<
  MachineSettings,
  "profile" | "guest" | "simClock" | "compat" | "incoming" | "paused" | "preconfig"
> & {
  readonly global?: readonly string[];
};

/** The machine that the options describe; QEMU's warnings about it go to stderr. */
export function machineSettings(flags: MachineFlags, { stderr }: CliContext): MachineSettings {
  const { profile, global: globals, guest, simClock, compat, incoming, paused, preconfig } = flags;
  return {
    ...{ profile, globals, guest, simClock, compat, incoming, paused, preconfig },
    warn: (warning) => stderr.write(`qapi: warning: ${warning}\n`),
    report: (text) => stderr.write(`qapi: ${escapeControls(text)}\n`),
  };
}

/** What to say of a machine that cannot be, and the status to end with; any other error is thrown on. */
export function describeMachineError(error: unknown): { message: string; status: ExitStatus } {
  if (error instanceof Refusal) {
    return { message: `${error.message}\n${error.hint ?? ""}`.trimEnd(), status: ExitStatus.failed };
  }
  if (error instanceof UnknownProfileError)
    return { message: `--profile: ${error.message}`, status: ExitStatus.usage };
  if (error instanceof ScenarioError)
    return { message: `--guest: ${error.message}`, status: ExitStatus.usage };
  if (error instanceof SimClockError)
    return { message: `--sim-clock: ${error.message}`, status: ExitStatus.usage };
  throw error;
}
