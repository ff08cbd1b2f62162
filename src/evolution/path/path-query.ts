/**
 * Paths into a schema, in the grammar by which libvirt asks what a QEMU can do:
 *
 *     migrate/arg-type/channels            a member
 *     block-commit/arg-type/*top           a member that is optional
 *     blockdev-add/arg-type/+nbd/server    a member of a branch
 *     query-status/ret-type/status/^paused a value of an enum
 *     migrate-set-parameters/arg-type/$f   a feature: of a command, a type, a member or a value
 *     netdev_add/arg-type/ifname/!string   a type by its JSON name
 *
 * Lists are gone through as if they were not there, alternates by whichever alternative has the rest.
 */

/** A step of a path after the name it begins with. */
export interface PathStep {
  readonly kind: "attribute" | "member" | "optional" | "branch" | "value" | "feature" | "type";
  readonly name: string;
}

export interface PathQuery {
  /** The command or event. */
  readonly root: string;
  readonly steps: readonly PathStep[];
}

/** A query that is no path. */
export class PathQueryError extends Error {
  override readonly name = "PathQueryError";
}

const kinds: Readonly<Record<string, PathStep["kind"]>> = {
  "*": "optional",
  "+": "branch",
  "^": "value",
  $: "feature",
  "!": "type",
};

/**
 * Reads a path. A name that begins with a sign that means something takes a blank before it.
 * @throws {PathQueryError}
 */
export function parsePathQuery(text: string): PathQuery {
  const [root = "", ...words] = text.split("/");
  if (root === "") throw new PathQueryError(`'${text}' does not begin with a command or an event`);
  const steps = words.map((word, index): PathStep => {
    const kind = kinds[word.charAt(0)];
    const name = kind === undefined ? word.replace(/^ /, "") : word.slice(1);
    if (name === "") throw new PathQueryError(`'${text}' has a step without a name`);
    if (kind !== undefined) return { kind, name };
    return { kind: index === 0 ? "attribute" : "member", name };
  });
  steps.forEach((step, index) => {
    const next = steps[index + 1];
    if (index === 0 && step.kind !== "attribute" && step.kind !== "feature") {
      throw new PathQueryError(`'${text}': after '${root}' comes arg-type, ret-type or a $feature`);
    }
    if (step.kind === "attribute" && step.name !== "arg-type" && step.name !== "ret-type") {
      throw new PathQueryError(`'${text}': '${step.name}' is neither arg-type nor ret-type`);
    }
    const ends = step.kind === "feature" || step.kind === "type" || step.kind === "value";
    if (ends && next !== undefined && !(step.kind === "value" && next.kind === "feature")) {
      throw new PathQueryError(`'${text}': nothing can follow '${words[index] ?? ""}'`);
    }
  });
  return { root, steps };
}

/** The command or event that a path begins with. */
export function rootOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}
