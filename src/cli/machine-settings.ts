import type { MachineSettings } from "../migration/create-machine.js";
import { UnknownProfileError } from "../migration/profile/profiles.js";
import { Refusal } from "../migration/refusal.js";
import { ScenarioError } from "../migration/simulator/scenario.js";
import { SimClockError } from "../migration/simulator/sim-clock.js";
import { CommandFailure, UsageError } from "./command-failure.js";
import type { CliContext } from "./context.js";
import { tell } from "./tell.js";

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
    warn: (warning) => {
      tell(`warning: ${warning}`, { stderr });
    },
    report: (text) => {
      tell(text, { stderr });
    },
  };
}

/** What to say of a machine that cannot be; QEMU's hint is no line of the program's. Other errors are as they were. */
export function machineFailure(error: unknown, { stderr }: CliContext): unknown {
  if (error instanceof Refusal) {
    tell(error.message, { stderr });
    stderr.write(error.hint ?? "");
    return new CommandFailure();
  }
  if (error instanceof UnknownProfileError) return new UsageError(`--profile: ${error.message}`);
  if (error instanceof ScenarioError) return new UsageError(`--guest: ${error.message}`);
  return error instanceof SimClockError ? new UsageError(`--sim-clock: ${error.message}`) : error;
}
