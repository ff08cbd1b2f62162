import type { MigrationCapability } from "../../../generated/qapi/index.js";
import type { ParameterName, ParameterValues } from "./parameter-values.js";
import type { Lifetime } from "./release.js";
import { checkBitmapMapping } from "./bitmap-mapping.js";

/** What a check sees: the parameters as they would be, as they are, and the capabilities that are on. */
interface ParameterSituation {
  readonly candidate: ParameterValues;
  readonly current: ParameterValues;
  readonly capabilities: ReadonlySet<MigrationCapability>;
}

/** Returns what is wrong with a candidate set, in QEMU's words, or undefined. */
export type ParameterCheck = (situation: ParameterSituation) => string | undefined;

/** A check and its turn: checks are made in the order of `at`. */
export interface OrderedCheck extends Lifetime {
  readonly at: number;
  readonly test: ParameterCheck;
}

/** The bounds of a number, both included, and its turn among the checks. */
export interface ParameterRange {
  readonly at: number;
  readonly least: number;
  readonly most: number;
  /** What QEMU says it expects; given apart from the bounds, since the two do not always agree. */
  readonly says: string;
  /** What QEMU calls the parameter here, where that is not its name with underscores. */
  readonly called?: string;
}

/** A range, said as most range checks say it. */
export function values(at: number, least: number, most: number): ParameterRange {
  return { at, least, most, says: `a value between ${least} and ${most}` };
}

/** A range, said as the throttle's checks say it. */
export function integers(at: number, least: number, most: number): ParameterRange {
  return { at, least, most, says: `an integer in the range of ${least} to ${most}` };
}

/** The check that a parameter lies in its range. */
export function rangeCheck(name: ParameterName, range: ParameterRange): OrderedCheck {
  const { at, least, most, says, called = name.replaceAll("-", "_") } = range;
  return {
    at,
    test: ({ candidate }) => {
      const value = candidate[name];
      if (typeof value !== "number" && typeof value !== "bigint") return undefined;
      return value >= least && value <= most ? undefined : `Parameter '${called}' expects ${says}`;
    },
  };
}

/** The smallest page size of an x86 guest, in bytes. */
const TARGET_PAGE_SIZE = 4096n;

export const checkXbzrleCacheSize: ParameterCheck = ({ candidate }) => {
  const size = candidate["xbzrle-cache-size"];
  if (size === undefined || (size >= TARGET_PAGE_SIZE && isPowerOfTwo(size))) return undefined;
  return "Parameter 'xbzrle_cache_size' expects a power of two no less than the target page size";
};

function isPowerOfTwo(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n;
}

export const checkMaxCpuThrottle: ParameterCheck = ({ candidate }) => {
  const max = candidate["max-cpu-throttle"];
  if (max === undefined || (max >= (candidate["cpu-throttle-initial"] ?? 0) && max <= 99)) return undefined;
  return "Parameter 'max_cpu_throttle' expects an integer in the range of cpu_throttle_initial to 99";
};

export const checkBlockBitmapMapping: ParameterCheck = ({ candidate }) => {
  const mapping = candidate["block-bitmap-mapping"];
  const problem = mapping === undefined ? undefined : checkBitmapMapping(mapping);
  return problem === undefined ? undefined : `Invalid mapping given for block-bitmap-mapping: ${problem}`;
};

export const checkZeroCopy: ParameterCheck = ({ candidate, capabilities }) =>
  capabilities.has("zero-copy-send") && compressesOrEncrypts(candidate)
    ? "Zero copy only available for non-compressed non-TLS multifd migration"
    : undefined;

/** QEMU looks at the parameters as they are: what brings the conflict passes, all that follows does not. */
export const checkMappedRam: ParameterCheck = ({ current, capabilities }) =>
  capabilities.has("mapped-ram") && compressesOrEncrypts(current)
    ? "Mapped-ram only available for non-compressed non-TLS multifd migration"
    : undefined;

/** Whether multifd compression or TLS is asked for. */
export function compressesOrEncrypts(parameters: ParameterValues): boolean {
  const { "multifd-compression": compression = "none", "tls-creds": credentials = "" } = parameters;
  return compression !== "none" || credentials !== "";
}

export const checkVcpuDirtyLimit: ParameterCheck = ({ candidate }) =>
  candidate["vcpu-dirty-limit"] !== undefined && candidate["vcpu-dirty-limit"] < 1
    ? "Parameter 'vcpu_dirty_limit' must be greater than 1 MB/s"
    : undefined;
