/** What is done about deprecated and unstable parts of an interface, as QEMU's `-compat` says it. */
export interface CompatPolicy {
  /** What becomes of input that uses them; `accept` where nothing is said. */
  readonly "deprecated-input"?: InputPolicy | undefined;
  readonly "unstable-input"?: InputPolicy | undefined;
  /** Whether output has them; `accept` where nothing is said. */
  readonly "deprecated-output"?: OutputPolicy | undefined;
  readonly "unstable-output"?: OutputPolicy | undefined;
}

/** `crash` ends the process, so that a test cannot overlook it. */
export type InputPolicy = "accept" | "reject" | "crash";
export type OutputPolicy = "accept" | "hide";

/** The features that a policy is about, in the order in which QEMU asks for them. */
const marks = [
  { feature: "deprecated", adjective: "Deprecated", input: "deprecated-input", output: "deprecated-output" },
  { feature: "unstable", adjective: "Unstable", input: "unstable-input", output: "unstable-output" },
] as const;

/** Input came that the policy says to crash on. */
export class PolicyCrash extends Error {
  override readonly name = "PolicyCrash";
}

/**
 * What QEMU says to input that the policy refuses: `Unstable parameter x-checkpoint-delay disabled by policy`.
 *
 * @param what a `command`, `parameter` or `value`
 * @returns undefined when it is let through
 * @throws {PolicyCrash} when the policy is to crash
 */
export function refusedByPolicy(
  policy: CompatPolicy,
  { features }: { readonly features?: readonly string[] | undefined },
  what: "command" | "parameter" | "value",
  name: string,
): string | undefined {
  const mark = marks.find(
    ({ feature, input }) => features?.includes(feature) === true && (policy[input] ?? "accept") !== "accept",
  );
  if (mark === undefined) return undefined;
  const refusal = `${mark.adjective} ${what} ${name} disabled by policy`;
  if (policy[mark.input] === "crash") throw new PolicyCrash(refusal);
  return refusal;
}

/** Whether the policy hides a member of what is told. */
export function hiddenByPolicy(
  policy: CompatPolicy,
  { features }: { readonly features: readonly string[] },
): boolean {
  return marks.some(({ feature, output }) => policy[output] === "hide" && features.includes(feature));
}
