/** Options that several commands share, and how their values are read. */
import { type Command, Option } from "commander";

/** Adds `--diagnostics` and `--doc-rules`, which every command that reads a schema takes. */
export function withSchemaOptions(command: Command, docRules: "strict" | "lenient"): Command {
  return command
    .addOption(
      new Option("--diagnostics <form>", "how problems are shown")
        .choices(["pretty", "qemu", "json"])
        .default("pretty"),
    )
    .addOption(
      new Option(
        "--doc-rules <rules>",
        "QEMU 10.2's rules for doc comments, or what older QEMUs wrote as well",
      )
        .choices(["strict", "lenient"])
        .default(docRules),
    );
}

/** Adds `--define` and `--defines-file`, which say under which conditions a schema is read. */
export function withDefineOptions(command: Command): Command {
  return command
    .option("--define <name...>", "a condition that holds; those not named do not", append)
    .option("--defines-file <file>", "file of conditions that hold, one a line");
}

/** Adds what decides which QEMU the monitor stands in for, and how time passes in it. */
export function withMachineOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--profile <name>", "QEMU to behave as")
        .choices(["qemu-7.2", "qemu-10.0"])
        .default("qemu-7.2"),
    )
    .option("--global <migration.PROP=VALUE>", "start value of a migration parameter or capability", append)
    .option("--guest <key=value,...>", "guest and link that migrate sim: models")
    .option("--sim-clock <clock>", "wall[:FACTOR] or step:MS", "wall:10");
}

/** Collects the values of a repeatable option. */
export function append(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** Collects values that may also be separated by commas. */
export function appendList(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), ...value.split(",").filter((word) => word !== "")];
}
