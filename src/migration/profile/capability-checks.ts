import type { MigrationCapability } from "../../../generated/qapi/index.js";
import type { ParameterValues } from "./parameter-values.js";
import { compressesOrEncrypts } from "./parameter-checks.js";

type Capabilities = ReadonlySet<MigrationCapability>;

/** Returns what is wrong with a set of capabilities that would be on, in QEMU's words, or undefined. */
export type CapabilityCheck = (enabled: Capabilities, parameters: ParameterValues) => string | undefined;

/** Two capabilities that cannot both be on. */
export function conflict(
  one: MigrationCapability,
  other: MigrationCapability,
  says: string,
): CapabilityCheck {
  return (enabled) => (enabled.has(one) && enabled.has(other) ? says : undefined);
}

/** A capability that can be on only together with another. */
export function requires(
  one: MigrationCapability,
  other: MigrationCapability,
  says: string,
): CapabilityCheck {
  return (enabled) => (enabled.has(one) && !enabled.has(other) ? says : undefined);
}

/** A capability that this machine cannot have. */
export function unavailable(capability: MigrationCapability, says: string): CapabilityCheck {
  return (enabled) => (enabled.has(capability) ? says : undefined);
}

/**
 * Background snapshots exclude many others; the first in QEMU's list is named. QEMU also asks the host's
 * kernel for write tracking, which the modelled machine has.
 */
export function backgroundSnapshotExcludes(others: readonly MigrationCapability[]): CapabilityCheck {
  return (enabled) => {
    const other = enabled.has("background-snapshot") ? others.find((one) => enabled.has(one)) : undefined;
    return other === undefined ? undefined : `Background-snapshot is not compatible with ${other}`;
  };
}

/** Zero copy needs multifd, and excludes what has to touch the pages. */
export function zeroCopyExcludes(others: readonly MigrationCapability[]): CapabilityCheck {
  return (enabled, parameters) => {
    if (!enabled.has("zero-copy-send")) return undefined;
    const possible = enabled.has("multifd") && !others.some((one) => enabled.has(one));
    if (possible && !compressesOrEncrypts(parameters)) return undefined;
    return "Zero copy only available for non-compressed non-TLS multifd migration";
  };
}

/** Handing a guest over to a new QEMU on the same host needs a channel of its own. */
export const checkCprTransfer: CapabilityCheck = (_enabled, { mode }) =>
  mode === "cpr-transfer" ? "missing 'cpr' migration channel" : undefined;

/** What does not go with keeping the guest's memory in place while QEMU is replaced. */
export const checkCpr: CapabilityCheck = (enabled, { mode = "normal" }) => {
  if (mode === "normal") return undefined;
  const excluded: [capability: MigrationCapability, called: string][] = [
    ["postcopy-ram", "postcopy"],
    ["dirty-bitmaps", "postcopy"],
    ["background-snapshot", "background snapshot"],
    ["x-colo", "COLO"],
  ];
  const found = excluded.find(([capability]) => enabled.has(capability));
  return found === undefined ? undefined : `Cannot use ${found[1]} with CPR`;
};

/** QEMU that replaces itself must know by what. */
export const checkCprExec: CapabilityCheck = (_enabled, { mode, "cpr-exec-command": command = [] }) =>
  mode === "cpr-exec" && command.length === 0
    ? "Parameter 'cpr-exec-command' required for cpr-exec"
    : undefined;
