import { VisitError } from "./visit-error.js";

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
type InputPolicy = "accept" | "reject" | "crash";
type OutputPolicy = "accept" | "hide";

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
 * The error that input of something meets where the policy does not accept it, in QEMU's words: `Unstable parameter
 * x-checkpoint-delay disabled by policy`.
 *
 * @param what a `command`, `parameter` or `value`
 * @returns how the error is made, a {@link PolicyCrash} where the policy is to crash; undefined where it is accepted
 */
export function refusedByPolicy(
  policy: CompatPolicy,
  { features }: { readonly features?: readonly string[] | undefined },
  what: "command" | "parameter" | "value",
  name: string,
): (() => VisitError | PolicyCrash) | undefined {
  const mark = marks.find(
    ({ feature, input }) => features?.includes(feature) === true && (policy[input] ?? "accept") !== "accept",
  );
  if (mark === undefined) return undefined;
  const message = `${mark.adjective} ${what} ${name} disabled by policy`;
  return policy[mark.input] === "crash" ? () => new PolicyCrash(message) : () => new VisitError(message);
}

/** Whether the policy hides a member of what is told. */
export function hiddenByPolicy(
  policy: CompatPolicy,
  { features }: { readonly features: readonly string[] },
): boolean {
  return marks.some(({ feature, output }) => policy[output] === "hide" && features.includes(feature));
}
