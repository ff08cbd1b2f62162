import type { Flow } from "./level.js";
import type { ChangeId } from "./rules.js";

const KEY = "its key is gone from the map of commands";

/**
 * What a change does to a program that is compiled against generated TypeScript. Only where the code
 * level of the rule is more than a note.
 */
export const compileEffects: Partial<Readonly<Record<ChangeId, Partial<Record<Flow, string>>>>> = {
  "command-removed": { in: KEY, out: KEY },
  "event-added": { out: "an exhaustive switch over the names of events lacks a case" },
  "event-removed": { out: "its key is gone from the map of events" },
  "arg-added-mandatory": {
    in: "an object literal without it does not compile",
    out: "who builds such values, as servers and mocks do, must add it",
  },
  "member-removed": { in: "a literal that has it does not compile", out: "the property is gone" },
  "member-renamed": { in: "a literal that has the old name does not compile", out: "the property is gone" },
  "member-made-optional": { out: "the property may be undefined" },
  "member-made-mandatory": { in: "an object literal without it does not compile" },
  "member-moved-to-branch": {
    in: "a literal that has it with another tag does not compile",
    out: "the tag must be narrowed first",
  },
  "int-narrowed": { in: "a bigint does not fit", out: "number and bigint change places" },
  "int-widened": { in: "a bigint does not fit", out: "number and bigint change places" },
  "type-changed": { in: "the type of the property changes", out: "the type of the property changes" },
  "type-kind-changed": { in: "the type of the property changes", out: "the type of the property changes" },
  "scalar-array": { in: "the type of the property changes", out: "the type of the property changes" },
  "str-to-enum": { in: "a string is not one of the literals" },
  "enum-to-str": { out: "an exhaustive switch over its values stops to be one" },
  "type-to-alternate": { out: "the type must be narrowed first" },
  "alternate-to-type": { in: "the other alternatives do not fit" },
  "alternative-added": { out: "the type must be narrowed further" },
  "alternative-removed": { in: "values of that kind do not fit" },
  "enum-value-added": { out: "an exhaustive switch over its values lacks a case" },
  "enum-value-removed": {
    in: "the literal does not fit",
    out: "a comparison with the literal does not compile",
  },
  "branch-added": {
    in: "a literal without its mandatory members does not compile",
    out: "an exhaustive switch over the tag lacks a case",
  },
  "branch-removed": { in: "a literal with its members does not compile", out: "its properties are gone" },
  "tag-changed": { in: "the union has another discriminant", out: "the union has another discriminant" },
  "returns-added": { out: "the result is no empty object any more" },
  "returns-removed": { out: "the result is an empty object" },
  "returns-changed": { out: "the type of the result changes" },
  "feature-gained": {
    in: "it is gone where code is generated with --exclude-unstable",
    out: "it is gone where code is generated with --exclude-unstable",
  },
  "allow-oob": { in: "its name is gone from those that can be sent out of band" },
};
