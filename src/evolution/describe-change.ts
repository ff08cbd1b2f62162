import type { Change } from "./change.js";
import { rootOf } from "./path/path-query.js";
import type { ChangeId } from "./rules.js";

/** What happened, as a sentence without its end: "member 'singlestep' is gone". Text of the schema's origin. */
export function describeChange({ id, path, fields }: Change): string {
  const last = path.split("/").at(-1) ?? path;
  const name = `'${last.replace(/^[+^!$]/, "")}'`;
  const root = `'${rootOf(path)}'`;
  const from = text(fields["from"]);
  const to = text(fields["to"]);
  const depends = `${name} depends on ${to} now`;
  const manner = `'${id}' of ${name} changed`;
  const typed = from === "" ? `arguments of ${name} are checked now` : `${name} was ${from}, is ${to} now`;
  const sentences: Readonly<Record<ChangeId, string>> = {
    "command-removed": `command ${name} is gone`,
    "command-added": `command ${name} is new`,
    "event-removed": `event ${name} is gone`,
    "event-added": `event ${name} is new`,
    "arg-added-mandatory": `mandatory member ${name} is new`,
    "arg-added-optional": `optional member ${name} is new`,
    "member-added": `member ${name} is new`,
    "member-removed": `member ${name} is gone`,
    "member-renamed": `member ${name} looks renamed to '${to}'`,
    "member-made-optional": `member ${name} is optional now`,
    "member-made-mandatory": `member ${name} is mandatory now`,
    "member-moved-to-branch": `member ${name} is only in ${names(fields["branches"])} now`,
    "int-narrowed": typed,
    "int-widened": typed,
    "type-changed": typed,
    "type-kind-changed": typed,
    "scalar-array": typed,
    "str-to-enum": typed,
    "enum-to-str": typed,
    "type-to-alternate": typed,
    "alternate-to-type": typed,
    "returns-changed":
      from === "" ? `${root} returns another kind of value` : `${root} returned ${from}, returns ${to} now`,
    "returns-added": `${root} returns something now`,
    "returns-removed": `${root} returns nothing any more`,
    "alternative-added": `alternative ${name} is new`,
    "alternative-removed": `alternative ${name} is gone`,
    "enum-value-added": `value ${name} is new`,
    "enum-value-removed": `value ${name} is gone`,
    "branch-added": `branch ${name} is new`,
    "branch-removed": `branch ${name} is gone`,
    "tag-changed": `'${to}' decides on the branch, no longer '${from}'`,
    "feature-gained": `${subjectOf(path)} is marked ${name} now`,
    "feature-lost": `${subjectOf(path)} is not marked ${name} any more`,
    "success-response": manner,
    "allow-oob": manner,
    "allow-preconfig": manner,
    "if-added": depends,
    "if-narrowed": depends,
    "type-renamed": to === "" ? `type ${name} is gone` : `type '${from}' is called '${to}' now`,
    "definition-moved": `it moved from ${from} to ${to}`,
  };
  return sentences[id];
}

/** What a path ends in before its feature. */
function subjectOf(path: string): string {
  const name = path.split("/").at(-2) ?? path;
  return name === "arg-type" || name === "ret-type"
    ? `type of '${path.split("/").slice(0, -1).join("/")}'`
    : `'${name.replace(/^[+^!]/, "")}'`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function names(value: unknown): string {
  return Array.isArray(value) ? value.map((name) => `'${String(name)}'`).join(", ") : "";
}
