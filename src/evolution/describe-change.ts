import type { Change } from "./change.js";

/** What happened, as a sentence without its end: "member 'singlestep' is gone". Text of the schema's origin. */
export function describeChange({ id, path, fields }: Change): string {
  const name = `'${
    path
      .split("/")
      .at(-1)
      ?.replace(/^[+^!$]/, "") ?? path
  }'`;
  const from = text(fields["from"]);
  const to = text(fields["to"]);
  switch (id) {
    case "command-removed":
      return `command ${name} is gone`;
    case "command-added":
      return `command ${name} is new`;
    case "event-removed":
      return `event ${name} is gone`;
    case "event-added":
      return `event ${name} is new`;
    case "arg-added-mandatory":
      return `mandatory member ${name} is new`;
    case "arg-added-optional":
      return `optional member ${name} is new`;
    case "member-added":
      return `member ${name} is new`;
    case "member-removed":
      return `member ${name} is gone`;
    case "member-renamed":
      return `member ${name} looks renamed to '${to}'`;
    case "member-made-optional":
      return `member ${name} is optional now`;
    case "member-made-mandatory":
      return `member ${name} is mandatory now`;
    case "member-moved-to-branch":
      return `member ${name} is only in ${names(fields["branches"])} now`;
    case "int-narrowed":
    case "int-widened":
    case "type-changed":
    case "type-kind-changed":
    case "scalar-array":
    case "str-to-enum":
    case "enum-to-str":
    case "type-to-alternate":
    case "alternate-to-type":
      return from === "" ? `arguments of ${name} are checked now` : `${name} was ${from}, is ${to} now`;
    case "returns-changed":
      return from === ""
        ? `'${rootOf(path)}' returns another kind of value`
        : `'${rootOf(path)}' returned ${from}, returns ${to} now`;
    case "returns-added":
      return `'${rootOf(path)}' returns something now`;
    case "returns-removed":
      return `'${rootOf(path)}' returns nothing any more`;
    case "alternative-added":
      return `alternative ${name} is new`;
    case "alternative-removed":
      return `alternative ${name} is gone`;
    case "enum-value-added":
      return `value ${name} is new`;
    case "enum-value-removed":
      return `value ${name} is gone`;
    case "branch-added":
      return `branch ${name} is new`;
    case "branch-removed":
      return `branch ${name} is gone`;
    case "tag-changed":
      return `'${to}' decides on the branch, no longer '${from}'`;
    case "feature-gained":
      return `${subjectOf(path)} is marked ${name} now`;
    case "feature-lost":
      return `${subjectOf(path)} is not marked ${name} any more`;
    case "success-response":
    case "allow-oob":
    case "allow-preconfig":
      return `'${id}' of ${name} changed`;
    case "if-added":
    case "if-narrowed":
      return `${name} depends on ${to} now`;
    case "type-renamed":
      return to === "" ? `type ${name} is gone` : `type '${from}' is called '${to}' now`;
    case "definition-moved":
      return `it moved from ${from} to ${to}`;
  }
}

function rootOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
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
