import { allProducts } from "../codegen/products.js";
import { profileNames } from "../migration/profile/release.js";
import { breakingLevels, breakingScopes } from "../evolution/breaking-scopes.js";
import { commandEntry, type CommandEntry } from "./command-entry.js";
import { lintScale } from "../lint/rule.js";
import { conformanceLevels } from "./conformance-findings.js";
import {
  append,
  appendList,
  withDefineOptions,
  withDiagnosticsOption,
  withFindingOptions,
  withMachineOptions,
  withPlanOptions,
  withSchemaOptions,
} from "./options.js";

/** Names that several commands share, and what they have in common. */
export const commandGroups: ReadonlyMap<string, string> = new Map([
  ["qmp", "speak QEMU's JSON protocol"],
  ["throttle", "see how auto-converge throttles a guest"],
]);

/** Every command, in the order in which `--help` lists them. */
export const commandTable: readonly CommandEntry[] = [
  commandEntry({
    name: "check",
    arguments: "<schema...>",
    description: "check QAPI schemas",
    options: (command) => withSchemaOptions(command, "strict"),
    examples: ["check qapi/qapi-schema.json", "check --diagnostics=json qapi-schema.json"],
    load: async () => (await import("./commands/check.js")).check,
  }),
  commandEntry({
    name: "dump",
    arguments: "<schema>",
    description: "print the checked schema in the format of QEMU's front-end tests",
    options: (command) => withSchemaOptions(command, "lenient"),
    examples: ["dump qapi-schema.json"],
    load: async () => (await import("./commands/dump.js")).dump,
  }),
  commandEntry({
    name: "generate",
    arguments: "[schema]",
    description: "emit TypeScript for a QAPI schema, or a command table for an .hx file",
    options: (command) =>
      withDefineOptions(withSchemaOptions(command, "lenient"))
        .option("-o, --output <dir>", "folder to write to")
        .option("--emit <products>", `${allProducts.join(",")} (default: all)`, appendList)
        .option("--check", "write nothing; list what is missing, differs or is extra, and exit with 100")
        .option("--watch", "generate again whenever the schema or the configuration changes")
        .option("--config <file>", "configuration (default: qapi.config.* here, when no schema is given)")
        .option("--command <name...>", "only these commands, and what they reach", append)
        .option("--event <name...>", "only these events, and what they reach", append)
        .option("--exclude-deprecated", "leave out what is marked deprecated")
        .option("--exclude-unstable", "leave out what is marked unstable")
        .option("--runtime <specifier>", "module that generated code imports", "qapi-ts/visitor"),
    examples: [
      "generate qapi/qapi-schema.json -o src/qapi",
      "generate qapi-schema.json -o src/qapi --check",
      "generate unix:/run/vm.qmp -o src/qapi --command query-status --command migrate",
    ],
    load: async () => (await import("./commands/generate.js")).generate,
  }),
  commandEntry({
    name: "introspect",
    arguments: "<schema>",
    description: "print what query-qmp-schema would return for a schema",
    options: (command) =>
      withDefineOptions(withSchemaOptions(command, "lenient")).option(
        "--unmask",
        "keep type names instead of numbers",
      ),
    examples: ["introspect qapi/qapi-schema.json --define CONFIG_LINUX"],
    load: async () => (await import("./commands/introspect.js")).introspect,
  }),
  commandEntry({
    name: "validate",
    arguments: "<schema> <file...>",
    description: "hold JSON documents, or whole conversations, to a schema (- reads stdin)",
    options: (command) =>
      withFindingOptions(withSchemaOptions(command, "lenient"), conformanceLevels, "error")
        .addOption(
          command
            .createOption("--type <name>", "the documents are values of this type")
            .conflicts(["command", "reply", "event"]),
        )
        .addOption(
          command
            .createOption("--command <name>", "the documents are this command, as sent")
            .conflicts(["reply", "event"]),
        )
        .addOption(
          command
            .createOption("--reply <name>", "the documents are this command's replies")
            .conflicts(["event"]),
        )
        .option("--event <name>", "the documents are this event")
        .addOption(
          command
            .createOption("--log", "the files are conversations, in any form in which they are recorded")
            .conflicts(["type", "command", "reply", "event"]),
        )
        .option("--coverage", "print what of the schema the logs have used; what is wrong goes to stderr")
        .option(
          "--tolerant",
          "read as the client does: unknown members and values pass, members of newer schemas may be missing",
        ),
    examples: [
      "validate qapi-schema.json --command migrate request.json",
      "validate qapi-schema.json --reply query-status -",
      "validate unix:/run/vm.qmp --log manager.log --format github",
      "validate qapi-schema.json --log logs/a.log logs/b.log --coverage",
    ],
    load: async () => (await import("./commands/validate.js")).validate,
  }),
  commandEntry({
    name: "format",
    arguments: "<file...>",
    description: "lay out QAPI schema files (- reads stdin)",
    options: (command) =>
      withDiagnosticsOption(command)
        .option("--write", "replace the files that change, and name them")
        .option("--check", "name the files that would change, and exit with 100")
        .option("--diff", "print what would change as a unified diff, and exit with 100")
        .option("--docs-only", "documentation comments only")
        .option("--strict", "break lines anew: members one a line, enums filled")
        .option(
          "--reflow",
          "fill the prose of documentation comments: 70 columns, two blanks after a sentence",
        )
        .option("--lines <a:b>", "only definitions that touch these lines (repeatable)", append)
        .option("--since <rev>", "only definitions that have changed since this git revision"),
    examples: [
      "format --diff qapi/migration.json",
      "format --write --since origin/master qapi/*.json",
      "format --lines 10:25 - < qapi/migration.json",
    ],
    load: async () => (await import("./commands/format.js")).format,
  }),
  commandEntry({
    name: "breaking",
    arguments: "<old> <new> [log...]",
    description: "tell what a new schema breaks for clients of an old one",
    options: (command) =>
      withFindingOptions(withDefineOptions(withSchemaOptions(command, "lenient")), breakingLevels, "breaking")
        .addOption(
          command
            .createOption("--for <clients>", "whom it may break; each includes those before it")
            .choices(breakingScopes)
            .default("wire"),
        )
        .option(
          "--used-by <log>",
          "only what the clients use whose QMP logs these are (several may follow)",
          append,
        )
        .option("--ignore <file>", "findings that pass: FINGERPRINT REASON [until YYYY-MM-DD] a line")
        .option("--changelog", "everything that changed, additions included, as Markdown"),
    examples: [
      "breaking git:v9.2.0:qapi/qapi-schema.json qapi/qapi-schema.json",
      "breaking old.json unix:/run/vm.qmp --used-by client.log",
      "breaking old.json new.json --changelog",
    ],
    load: async () => (await import("./commands/breaking.js")).breaking,
  }),
  commandEntry({
    name: "history",
    arguments: "[query...]",
    description: "tell since which QEMU something is there, until which, and how it was marked",
    options: (command) =>
      withSchemaOptions(command, "lenient")
        .option(
          "--from <file>",
          "introspections VERSION.json or VERSION_ARCH.json, or folders of them, in place of the record (several may follow)",
          append,
        )
        .option("--json", "print JSON")
        .option("--holds <schema>", "ask one schema instead: yes or no for each query")
        .option("--html <file>", "write a page of a command's members by version"),
    examples: [
      "history migrate/arg-type/channels",
      "history blockdev-add/arg-type/+nbd/tls-hostname --json",
      "history --holds unix:/run/vm.qmp 'block-commit/arg-type/*top'",
      "history migrate --html migrate.html",
    ],
    load: async () => (await import("./commands/history.js")).history,
  }),
  commandEntry({
    name: "lint",
    arguments: "<schema...>",
    description: "hold schemas to rules of style that a front end does not know",
    options: (command) =>
      withFindingOptions(withSchemaOptions(command, "lenient"), lintScale, "warn")
        .option("--rule <id=level>", "level of a rule: error, warn, info, off, or on (repeatable)", append)
        .option("--config <file>", "configuration whose lint settings hold (default: qapi.config.* here)")
        .option("--fix", "mend what can be mended without a trace in what dump prints")
        .option("--fix-docs", "mend documentation too, which a dump shows")
        .option(
          "--reference <schema>",
          "another schema, which documentation may speak of (repeatable)",
          append,
        )
        .option("--baseline <file>", "let findings pass that this file lists")
        .option("--write-baseline <file>", "list the findings in this file"),
    examples: [
      "lint qapi/qapi-schema.json",
      "lint qapi/qapi-schema.json --rule doc-errors-missing=warn --format github",
      "lint qapi/qapi-schema.json --write-baseline lint-baseline.json",
      "lint qga/qapi-schema.json --reference qapi/qapi-schema.json",
    ],
    load: async () => (await import("./commands/lint.js")).lint,
  }),
  commandEntry({
    name: "lsp",
    arguments: "",
    description: "serve an editor on stdin and stdout (language server protocol)",
    options: (command) => command.option("--stdio", "as many clients say it; there is no other way"),
    examples: ["lsp"],
    load: async () => (await import("./commands/lsp.js")).lsp,
  }),
  commandEntry({
    name: "hmp",
    arguments: "",
    description: "sit at a monitor",
    options: (command) =>
      withSchemaOptions(withMachineOptions(command), "lenient")
        .option("-c, --command <line>", "run this line and leave (repeatable)", append)
        .option("--connect <address>", "the monitor of a live QEMU, through its QMP socket")
        .option("--schema <schema>", "a QEMU's own schema to take parameters and capabilities from"),
    examples: ["hmp", "hmp -c 'info migrate_parameters'", "hmp --connect /run/vm.qmp"],
    load: async () => (await import("./commands/hmp.js")).hmp,
  }),
  commandEntry({
    name: "qmp serve",
    arguments: "",
    description: "stand in for a QEMU: the modelled machine behind a QMP server",
    options: (command) =>
      withSchemaOptions(withMachineOptions(command), "lenient")
        .option("--stdio", "one client, on stdin and stdout")
        .option("--socket <path>", "listen on a Unix socket")
        .option("--tcp <host:port>", "listen on TCP")
        .option("--schema <schema>", "stand in for the QEMU, or guest agent, of this schema")
        .option("--replies <file...>", "give the replies of these recorded conversations again", append)
        .addOption(
          command
            .createOption(
              "--answer <kind>",
              "what is answered where nothing is known: the smallest value of the schema, or an error",
            )
            .choices(["example", "error"])
            .default("example"),
        ),
    examples: [
      "qmp serve --socket /tmp/vm.qmp --schema qapi/qapi-schema.json --replies recorded.jsonl",

      "qmp serve --socket /tmp/vm.qmp",
      `qmp serve --tcp 127.0.0.1:4444 --profile ${profileNames.at(-1) ?? ""}`,
    ],
    load: async () => (await import("./commands/qmp-serve.js")).qmpServe,
  }),
  commandEntry({
    name: "qmp proxy",
    arguments: "<address>",
    description: "sit between clients and a QEMU, and tell what does not conform to its schema",
    options: (command) =>
      withFindingOptions(withSchemaOptions(command, "lenient"), conformanceLevels, "error")
        .option("--listen <address>", "where clients connect: unix:PATH, tcp:HOST:PORT, HOST:PORT or a path")
        .option("--schema <schema>", "hold both sides to this schema, not to what the QEMU says of itself")
        .option("--record <file>", "write every message to this file, a record a line")
        .option("--tolerant", "let pass what newer and older QEMUs may say"),
    examples: [
      "qmp proxy /run/vm.qmp --listen /run/vm-checked.qmp",
      "qmp proxy localhost:4444 --listen localhost:4445 --record manager.log",
      "qmp proxy /run/vm.qga --listen /run/vm-checked.qga --schema qga/qapi-schema.json",
    ],
    load: async () => (await import("./commands/qmp-proxy.js")).qmpProxy,
  }),
  commandEntry({
    name: "qmp shell",
    arguments: "<address>",
    description: "talk to a live QEMU: unix:PATH, tcp:HOST:PORT, HOST:PORT or a path",
    options: (command) =>
      withSchemaOptions(command, "lenient")
        .option("--agent", "the peer is a guest agent (qemu-ga)")
        .option("--schema <schema>", "check and complete by this schema, not by what the QEMU says of itself")
        .option("--hmp", "lines are the human monitor's")
        .option("--json", "print one message of JSON a line"),
    examples: [
      "qmp shell /run/vm.qmp",
      "qmp shell localhost:4444 --wait 30s",
      "qmp shell /run/vm.qga --agent",
      "qmp shell tcp:localhost:4444 --hmp",
    ],
    load: async () => (await import("./commands/qmp-shell.js")).qmpShell,
  }),
  commandEntry({
    name: "throttle replay",
    arguments: "<trace>",
    description: "feed a recorded migration's bitmap syncs through the throttle",
    options: (command) =>
      command
        .option("--json", "print JSON")
        .option("--set <name=value>", "a parameter to use instead of the recorded one (repeatable)", append)
        .option("--trace <point>", "print every decision on stderr: migration_throttle"),
    examples: ["throttle replay recording.json", "throttle replay recording.json --set tailslow=on"],
    load: async () => (await import("./commands/throttle-replay.js")).throttleReplay,
  }),
  commandEntry({
    name: "throttle simulate",
    arguments: "",
    description: "run a modelled guest's migration",
    options: (command) =>
      withPlanOptions(command)
        .option("--compare <name[=value,...]>", "run once for each value (repeatable)", append)
        .option("--sweep <name=value,...>", "run a grid: values, or FROM..TO/STEP (repeatable)", append)
        .option("--trace <point>", "print every decision on stderr: migration_throttle")
        .addOption(command.createOption("--json", "print JSON").conflicts("csv"))
        .option("--csv", "print the syncs, or a sweep's runs, as CSV")
        .option("--html <file>", "write a page with charts as well"),
    examples: [
      "throttle simulate --ram 64G --dirty-rate 1.5G --bandwidth 10Gbit --compare tailslow",
      "throttle simulate --sweep increment=1..50 --sweep dirty-rate=100M..2000M/50M --html sweep.html",
    ],
    load: async () => (await import("./commands/throttle-simulate.js")).throttleSimulate,
  }),
  commandEntry({
    name: "throttle advise",
    arguments: "",
    description: "say which settings let a migration converge, and why",
    options: (command) =>
      withPlanOptions(command)
        .option("--downtime-limit <time>", "how long the guest may stand still: 300ms")
        .option("--json", "print JSON"),
    examples: ["throttle advise --ram 64G --dirty-rate 1.5G --bandwidth 10Gbit"],
    load: async () => (await import("./commands/throttle-advise.js")).throttleAdvise,
  }),
  commandEntry({
    name: "throttle serve",
    arguments: "",
    description: "open the interactive page on this machine",
    options: (command) => command.option("--port <number>", "port to listen on; 0 takes a free one", "8877"),
    examples: ["throttle serve --port 0"],
    load: async () => (await import("./commands/throttle-serve.js")).throttleServe,
  }),
];
