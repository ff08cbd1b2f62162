/** The QEMU releases whose monitor and migration are told apart, the oldest first: what all lists of versions come from. */
export const releases = ["7.2", "10.0", "10.2"] as const;

/** A release by its number. */
export type Release = (typeof releases)[number];

/** What `--profile` and the library call a release's profile. */
export function profileName(release: Release): string {
  return `qemu-${release}`;
}

/** What `--profile` takes; the first is the default. */
export const profileNames: readonly [string, ...string[]] = [
  profileName(releases[0]),
  ...releases.slice(1).map(profileName),
];

/** Which releases have something; all without bounds. */
export interface Lifetime {
  /** The first that has it. */
  readonly since?: Release;
  /** The first that has it no more. */
  readonly until?: Release;
}

/** A value that releases changed: each entry holds from its release on, until the next. */
export type ByRelease<Value> = { readonly [Key in Release]?: Value };

/** Values by name, each as releases changed it. */
export type TableByRelease<Values> = { readonly [Name in keyof Values]: ByRelease<Values[Name]> };

/** Whether a release has something. */
export function hasIn({ since, until }: Lifetime, release: Release): boolean {
  const place = releases.indexOf(release);
  return (
    (since === undefined || releases.indexOf(since) <= place) &&
    (until === undefined || place < releases.indexOf(until))
  );
}

/** The value in a release; undefined where nothing had begun. */
export function valueIn<Value>(changes: ByRelease<Value>, release: Release): Value | undefined {
  const last = releases
    .slice(0, releases.indexOf(release) + 1)
    .findLast((one) => Object.hasOwn(changes, one));
  return last === undefined ? undefined : changes[last];
}

/** All values of a table in a release. */
export function valuesIn<Values extends object>(table: TableByRelease<Values>, release: Release): Values {
  const entries = Object.entries<ByRelease<unknown>>(table);
  return Object.fromEntries(entries.map(([name, changes]) => [name, valueIn(changes, release)])) as Values;
}

/** The preprocessor symbol that means "this release or a newer one". */
function symbolOf(release: Release): string {
  return `QEMU_${release.replace(".", "_")}`;
}

/** The symbols under which the schema and the command tables are those of a release. */
export function definesOf(release: Release): ReadonlySet<string> {
  return new Set(releases.slice(0, releases.indexOf(release) + 1).map(symbolOf));
}
