import { Problems, type DocRules } from "../../../src/diagnostic/problems.js";
import { renderQemu } from "../../../src/diagnostic/render/qemu.js";
import { loadSchema, type LoadedSchema } from "../../../src/qapi/load/load-schema.js";
import type { Diagnostic } from "../../../src/diagnostic/diagnostic.js";
import type { Value } from "../../../src/qapi/ast/expression.js";
import { memoryHost } from "../../support/memory-host.js";

interface Loaded extends LoadedSchema {
  readonly problems: readonly Diagnostic[];
  /** What QEMU would print, without the line end. */
  readonly qemu: string;
}

/** Loads a schema from text; `main` is the content of `s.json`, further files go by their paths. */
export function load(
  main: string | Uint8Array,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  docRules: DocRules = "strict",
): Loaded {
  const problems = new Problems(docRules);
  const schema = loadSchema("s.json", memoryHost({ "s.json": main, ...files }), problems);
  return { ...schema, problems: problems.all, qemu: renderQemu(problems.all).trimEnd() };
}

/** A value without its places; objects become lists of pairs, so that order and odd keys show. */
export function plain(value: Value): unknown {
  switch (value.kind) {
    case "object":
      return [...value.members.values()].map((member) => [member.key, plain(member.value)]);
    case "list":
      return value.items.map(plain);
    default:
      return value.value;
  }
}
