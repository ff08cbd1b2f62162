import {
  checkBlockBitmapMapping,
  checkMappedRam,
  checkMaxCpuThrottle,
  checkVcpuDirtyLimit,
  checkXbzrleCacheSize,
  checkZeroCopy,
  integers,
  type OrderedCheck,
  type ParameterRange,
  values,
} from "./parameter-checks.js";
import type { SettingField } from "./migration-settings.js";
import type { ParameterName, ParameterValues } from "./parameter-values.js";
import type { ByRelease, Lifetime } from "./release.js";

/** What a schema cannot say about a parameter. */
export interface ParameterRow<Value = unknown> extends Lifetime {
  /** The value to start with; none for a parameter that is unset until it is set. */
  readonly initial?: Exclude<Value, undefined>;
  /** The name by which `-global migration.NAME=VALUE` sets the initial value. */
  readonly property?: string;
  /** The range that is checked, QEMU's words for it, and when it is. */
  readonly range?: ParameterRange;
  /** What else is checked, and when. */
  readonly checks?: readonly OrderedCheck[];
  /** How the monitor reads its value, where not by its type in the schema. */
  readonly text?: TextForm;
  /** Its line in `info migrate_parameters`. */
  readonly shown?: ByRelease<ShownLine>;
  /** The member of the model's settings that it is. */
  readonly field?: SettingField;
  /** The releases that take a new value and forget it. */
  readonly ignored?: Lifetime;
}

/**
 * A text that is not read by the parameter's type: `mebibytes`, a size below 2^63 in MiB where it names no
 * unit; `size`, a number that may carry a unit though its type is no size; `signed-size`, one below 2^63;
 * `shell-words`, split as a shell would; `none`, refused: only QMP sets it.
 */
export type TextForm = "mebibytes" | "size" | "signed-size" | "shell-words" | "none";

/** A line `NAME: VALUE UNIT`. */
export interface ShownLine {
  /** Lines stand in the order of these. */
  readonly at: number;
  readonly unit?: string;
}

/** A line that is the same in all releases. */
function line(at: number, unit?: string): ByRelease<ShownLine> {
  return { "7.2": unit === undefined ? { at } : { at, unit } };
}

/** Every parameter of every release, in the schema's order. A release that changes one changes its row. */
export const parameterTable: {
  readonly [Name in ParameterName]-?: ParameterRow<ParameterValues[Name]>;
} = {
  "announce-initial": {
    initial: 50n,
    property: "announce-initial",
    range: values(110, 0, 100000),
    shown: line(10, "ms"),
  },
  "announce-max": {
    initial: 550n,
    property: "announce-max",
    range: values(120, 0, 100000),
    shown: line(20, "ms"),
  },
  "announce-rounds": {
    initial: 5n,
    property: "announce-rounds",
    range: values(130, 0, 1000),
    shown: line(30),
  },
  "announce-step": {
    initial: 100n,
    property: "announce-step",
    // QEMU names a range that it does not hold to.
    range: { at: 140, least: 1, most: 10000, says: "a value between 0 and 10000" },
    shown: line(40, "ms"),
  },
  "compress-level": {
    until: "10.0",
    initial: 1,
    property: "x-compress-level",
    range: values(10, 0, 9),
    shown: line(50),
  },
  "compress-threads": {
    until: "10.0",
    initial: 8,
    property: "x-compress-threads",
    range: values(20, 1, 255),
    shown: line(60),
  },
  "compress-wait-thread": {
    until: "10.0",
    initial: true,
    property: "x-compress-wait-thread",
    shown: line(70),
  },
  "decompress-threads": {
    until: "10.0",
    initial: 2,
    property: "x-decompress-threads",
    range: values(30, 1, 255),
    shown: line(80),
  },
  "throttle-trigger-threshold": {
    initial: 50,
    property: "x-throttle-trigger-threshold",
    range: integers(40, 1, 100),
    shown: line(90),
    field: "threshold",
  },
  "cpu-throttle-initial": {
    initial: 20,
    property: "x-cpu-throttle-initial",
    range: integers(50, 1, 99),
    shown: line(100),
    field: "initial",
  },
  "cpu-throttle-increment": {
    initial: 10,
    property: "x-cpu-throttle-increment",
    range: integers(60, 1, 99),
    shown: line(110),
    field: "increment",
  },
  "cpu-throttle-tailslow": {
    initial: false,
    property: "x-cpu-throttle-tailslow",
    shown: line(120),
    field: "tailslow",
  },
  "max-cpu-throttle": {
    initial: 99,
    property: "max-cpu-throttle",
    checks: [{ at: 105, test: checkMaxCpuThrottle }],
    shown: line(130),
    field: "max",
  },
  "tls-creds": { initial: "", property: "tls-creds", shown: line(140) },
  "tls-hostname": { initial: "", property: "tls-hostname", shown: line(150) },
  "tls-authz": { initial: "", property: "tls-authz", shown: { ...line(260), "10.2": { at: 155 } } },
  "max-bandwidth": {
    initial: 128n << 20n,
    property: "x-max-bandwidth",
    text: "mebibytes",
    shown: line(160, "bytes/second"),
    field: "maxBandwidth",
  },
  "avail-switchover-bandwidth": {
    since: "10.0",
    initial: 0n,
    property: "avail-switchover-bandwidth",
    text: "mebibytes",
    shown: line(170, "bytes/second"),
    field: "availSwitchoverBandwidth",
  },
  "downtime-limit": {
    initial: 300n,
    property: "x-downtime-limit",
    range: { at: 65, least: 0, most: 2000000, says: "an integer in the range of 0 to (2000 * 1000) ms" },
    text: "size",
    shown: line(180, "ms"),
    field: "downtimeLimit",
  },
  "x-checkpoint-delay": { initial: 20000, property: "x-checkpoint-delay", shown: line(190, "ms") },
  "block-incremental": { until: "10.0", initial: false, shown: line(200) },
  "multifd-channels": {
    initial: 2,
    property: "multifd-channels",
    range: values(70, 1, 255),
    shown: line(210),
  },
  "xbzrle-cache-size": {
    initial: 64n << 20n,
    property: "xbzrle-cache-size",
    checks: [{ at: 100, test: checkXbzrleCacheSize }],
    text: "signed-size",
    shown: line(240, "bytes"),
  },
  "max-postcopy-bandwidth": {
    initial: 0n,
    property: "max-postcopy-bandwidth",
    shown: { ...line(250), "10.2": { at: 175, unit: "bytes/second" } },
  },
  "multifd-compression": {
    initial: "none",
    property: "multifd-compression",
    checks: [
      { at: 160, test: checkZeroCopy },
      { at: 170, test: checkMappedRam, since: "10.0" },
    ],
    shown: line(220),
  },
  "multifd-zlib-level": {
    initial: 1,
    property: "multifd-zlib-level",
    range: values(80, 0, 9),
    ignored: { until: "10.0" },
  },
  "multifd-qatzip-level": {
    since: "10.0",
    initial: 1,
    property: "multifd-qatzip-level",
    range: values(85, 1, 9),
  },
  "multifd-zstd-level": {
    initial: 1,
    property: "multifd-zstd-level",
    range: values(90, 0, 20),
    ignored: { until: "10.0" },
  },
  "block-bitmap-mapping": {
    checks: [{ at: 150, test: checkBlockBitmapMapping }],
    text: "none",
    shown: line(270),
  },
  "x-vcpu-dirty-limit-period": {
    since: "10.0",
    initial: 1000n,
    property: "x-vcpu-dirty-limit-period",
    range: { ...values(180, 1, 1000), called: "x-vcpu-dirty-limit-period" },
    text: "size",
    shown: line(280, "ms"),
  },
  "vcpu-dirty-limit": {
    since: "10.0",
    initial: 1n,
    property: "vcpu-dirty-limit",
    checks: [{ at: 190, test: checkVcpuDirtyLimit }],
    text: "size",
    shown: line(290, "MB/s"),
  },
  mode: { since: "10.0", initial: "normal", property: "mode", shown: line(300) },
  "zero-page-detection": {
    since: "10.0",
    initial: "multifd",
    property: "zero-page-detection",
    shown: line(230),
  },
  "direct-io": { since: "10.0", initial: false, shown: line(310) },
  "cpr-exec-command": { since: "10.2", initial: [], text: "shell-words", shown: line(320) },
};
