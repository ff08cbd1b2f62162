import type { MigrationCapability } from "../../../generated/qapi/index.js";
import type { Profile } from "../profile/profile.js";
import { Refusal } from "../refusal.js";
import type { ParameterChange, ParameterValues } from "../profile/parameter-values.js";

/** The migration parameters of one machine. */
export class ParameterStore {
  private current: ParameterValues;

  /** @param initial the start values, complete and checked */
  constructor(
    private readonly profile: Profile,
    initial: ParameterValues,
  ) {
    this.current = initial;
  }

  /** The parameters as they are. A change replaces this object, it never alters it. */
  get values(): ParameterValues {
    return this.current;
  }

  /**
   * Sets some parameters, all of them or none: the whole set as it would be is checked, those that are
   * not being set included (QEMU `qmp_migrate_set_parameters`).
   *
   * @throws {Refusal} with the words of the first check that fails
   */
  change(change: ParameterChange, capabilities: ReadonlySet<MigrationCapability>): void {
    const candidate = merge(this.current, change, this.profile);
    checkParameters(this.profile, { candidate, current: this.current, capabilities });
    this.current = candidate;
  }
}

/** @throws {Refusal} with the words of the first check that fails */
export function checkParameters(
  profile: Profile,
  situation: {
    readonly candidate: ParameterValues;
    readonly current: ParameterValues;
    readonly capabilities: ReadonlySet<MigrationCapability>;
  },
): void {
  for (const check of profile.parameterChecks) {
    const problem = check(situation);
    if (problem !== undefined) throw new Refusal(problem);
  }
}

/** The parameters with a change made; null takes a TLS setting back, and the store has "" for that. */
function merge(
  current: ParameterValues,
  change: ParameterChange,
  { ignoredParameters }: Profile,
): ParameterValues {
  const changed = Object.entries(change).filter(
    ([name, value]) => value !== undefined && !ignoredParameters.has(name),
  );
  return { ...current, ...Object.fromEntries(changed.map(([name, value]) => [name, value ?? ""])) };
}
