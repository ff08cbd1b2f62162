import type { MigrationCapability } from "../../../generated/qapi/index.js";
import type { ParameterValues } from "./parameter-values.js";
import { SIMULATED } from "./migration-uri.js";
import { compressesOrEncrypts } from "./parameter-checks.js";

type Capabilities = ReadonlySet<MigrationCapability>;

/**
 * Returns what is wrong with a set of capabilities that would be on, in QEMU's words, or undefined.
 *
 * @param incoming the transport over which a migration was last to come in, if any was
 */
export type CapabilityCheck = (
  enabled: Capabilities,
  parameters: ParameterValues,
  incoming?: string,
) => string | undefined;

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

/** Returns what the capabilities and parameters ask for that a transport, given by its prefix, has not. */
export type TransportCheck = (
  scheme: string,
  enabled: Capabilities,
  parameters: ParameterValues,
) => string | undefined;

const FILE = "file:";
const multiChannel: ReadonlySet<string> = new Set(["tcp:", "unix:", "vsock:", SIMULATED]);

/** Pages that have their places need a file to have them in. */
export const checkSeekable: TransportCheck = (scheme, enabled) =>
  enabled.has("mapped-ram") && scheme !== FILE
    ? "Migration requires seekable transport (e.g. file)"
    : undefined;

/** Several streams need a transport that can be connected to several times, or a file in which each has its place. */
export const checkMultiChannel: TransportCheck = (scheme, enabled) => {
  const isAsked = enabled.has("multifd") || enabled.has("postcopy-preempt");
  const isPossible = scheme === FILE ? enabled.has("mapped-ram") : multiChannel.has(scheme);
  return isAsked && !isPossible ? "Migration requires multi-channel URIs (e.g. tcp)" : undefined;
};

/** Where only this side's capabilities are held to the transport, and only by those that are set after it. */
export const checkIncomingMultifd: CapabilityCheck = (enabled, _parameters, incoming) =>
  incoming !== undefined && enabled.has("multifd") && !multiChannel.has(incoming)
    ? "multifd is not supported by current protocol"
    : undefined;

/** A QEMU that takes over from another listens to it. */
export const checkStreamable: TransportCheck = (scheme, _enabled, { mode }) =>
  mode === "cpr-transfer" && scheme === FILE
    ? "Migration requires streamable transport (eg unix)"
    : undefined;

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
