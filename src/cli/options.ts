/** Options that several commands share, and how their values are read. */
import type { Command } from "commander";
import { parseDuration, UnitError } from "../migration/text/units.js";
import { profileNames } from "../migration/profile/release.js";
import type { LevelScale } from "../findings/finding.js";
import { findingFormats } from "../findings/formats.js";

/** Adds `--diagnostics`, `--doc-rules` and `--wait`, which every command that reads a schema takes. */
export function withSchemaOptions(command: Command, docRules: "strict" | "lenient"): Command {
  return withConnectionOptions(withDiagnosticsOption(command)).addOption(
    command
      .createOption(
        "--doc-rules <rules>",
        "QEMU 10.2's rules for doc comments, or what older QEMUs wrote as well",
      )
      .choices(["strict", "lenient"])
      .default(docRules),
  );
}

/** Adds `--diagnostics`. */
export function withDiagnosticsOption(command: Command): Command {
  return command.addOption(
    command
      .createOption("--diagnostics <form>", "how problems are shown")
      .choices(["pretty", "qemu", "json"])
      .default("pretty"),
  );
}

/** Adds `--define` and `--defines-file`, which say under which conditions a schema is read. */
export function withDefineOptions(command: Command): Command {
  return command
    .option("--define <name...>", "a condition that holds; those not named do not", append)
    .option("--defines-file <file>", "file of conditions that hold, one a line");
}

/** Adds `--format` and `--fail-on`, which every command that reports findings takes. */
export function withFindingOptions<Level extends string>(
  command: Command,
  levels: LevelScale<Level>,
  failOn: Level,
): Command {
  return command
    .addOption(
      command
        .createOption("--format <form>", "how findings are told, on stdout")
        .choices(findingFormats)
        .default("pretty"),
    )
    .addOption(
      command
        .createOption("--fail-on <level>", "exit with 100 when there is a finding at or above this level")
        .choices(levels.map(({ level }) => level))
        .default(failOn),
    );
}

/** Adds what decides which QEMU the monitor stands in for, and how time passes in it. */
export function withMachineOptions(command: Command): Command {
  return command
    .option(
      "--profile <name>",
      `QEMU to behave as: ${profileNames.join(", ")} (default: ${profileNames[0]}; of a schema, the nearest)`,
    )
    .option("--global <migration.PROP=VALUE>", "start value of a migration parameter or capability", append)
    .option("--compat <key=value,...>", "QMP's deprecated and unstable parts: deprecated-input=reject, ...")
    .option("--incoming <uri>", "wait for a migration: defer, or from where")
    .option("--preconfig", "make the machine only at x-exit-preconfig")
    .option("-S, --paused", "start with the guest stopped")
    .option("--guest <key=value,...>", "guest and link that migrate sim: models")
    .option("--sim-clock <clock>", "wall[:FACTOR] or step:MS", "wall:10");
}

/** Adds what says which guest, link and parameters are simulated. */
export function withPlanOptions(command: Command): Command {
  return command
    .option("--ram <size>", "memory of the guest")
    .option("--working-set <size>", "memory that it keeps writing to")
    .option("--zero <size>", "memory that holds nothing but zeros")
    .option("--pattern <pattern>", "how it writes: uniform, sweep, hot:SIZE:WEIGHT")
    .option("--dirty-rate <rate>", "bytes it writes in a second at full speed: 1.5G")
    .option("--work <phases>", "a loop of phases instead: 1G@2s/0@500ms")
    .option("--bandwidth <rate>", "what the link carries: 1G bytes, 10Gbit; changing: 10Gbit/1Gbit@30s")
    .option("--seed <number>", "seed of what is random in the model")
    .option("--guest <key=value,...>", "the same as a list, as migrate sim: takes it")
    .option("--preset <name>", "a guest to begin with: database, web, batch, bursts, in-memory, tail")
    .option("--scenario <file>", "guest, link and parameters from a JSON file")
    .option("--like <trace>", "guest, link and parameters of a recorded migration")
    .option("--share <curve>", "CPU left at a percentage: ideal, recorded, or a file")
    .addOption(command.createOption("--profile <name>", "QEMU to behave as").choices(profileNames))
    .option("--set <name=value>", "a migration parameter (repeatable)", append)
    .option("--no-auto-converge", "leave the guest unthrottled")
    .option("--until <time>", "model time at which to give up: 90s, 10min");
}

/** Adds `--wait`, which every command that connects takes. */
function withConnectionOptions(command: Command): Command {
  return command.option(
    "--wait <time>",
    "how long to keep trying while nobody listens yet: 500ms, 10s, 2min",
    readDuration,
  );
}

/** A duration in ms. */
function readDuration(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    // What commander knows by its code as a value that is not allowed.
    throw Object.assign(new Error(`It is not ${error.message}.`), { code: "commander.invalidArgument" });
  }
}

/** Collects the values of a repeatable option. */
export function append(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** Collects values that may also be separated by commas. */
export function appendList(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), ...value.split(",").filter((word) => word !== "")];
}
