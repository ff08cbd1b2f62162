import type { MigrationCapability } from "../../../generated/qapi/index.js";
import {
  backgroundSnapshotExcludes,
  type CapabilityCheck,
  checkIncomingMultifd,
  conflict,
  requires,
  unavailable,
  zeroCopyExcludes,
} from "./capability-checks.js";
import type { ByRelease, Lifetime } from "./release.js";

/** What a schema cannot say about a capability. */
interface CapabilityRow extends Lifetime {
  /** The name by which `-global migration.NAME=on` turns it on at the start. */
  readonly property?: ByRelease<string>;
  /** The releases that warn of it whenever a set that holds it is made. */
  readonly deprecated?: Lifetime;
}

/** Every capability of every release, in the schema's order. */
export const capabilityTable: { readonly [Name in MigrationCapability]: CapabilityRow } = {
  xbzrle: { property: { "7.2": "x-xbzrle" } },
  "rdma-pin-all": { property: { "7.2": "x-rdma-pin-all" } },
  "auto-converge": { property: { "7.2": "x-auto-converge" } },
  "zero-blocks": { property: { "7.2": "x-zero-blocks" }, deprecated: { since: "10.0" } },
  compress: { until: "10.0", property: { "7.2": "x-compress" } },
  events: { property: { "7.2": "x-events" } },
  "postcopy-ram": { property: { "7.2": "x-postcopy-ram" } },
  "x-colo": { property: { "7.2": "x-colo" } },
  "release-ram": { property: { "7.2": "x-release-ram" } },
  block: { until: "10.0", property: { "7.2": "x-block" } },
  "return-path": { property: { "7.2": "x-return-path" } },
  "pause-before-switchover": {},
  multifd: { property: { "7.2": "x-multifd" } },
  "dirty-bitmaps": {},
  "postcopy-blocktime": { property: { "10.2": "postcopy-blocktime" } },
  "late-block-activate": {},
  "x-ignore-shared": {},
  "validate-uuid": {},
  "background-snapshot": { property: { "7.2": "x-background-snapshot" } },
  "zero-copy-send": { property: { "7.2": "x-zero-copy-send" } },
  "postcopy-preempt": { property: { "7.2": "x-postcopy-preempt" } },
  "switchover-ack": { since: "10.0", property: { "7.2": "x-switchover-ack" } },
  "dirty-limit": { since: "10.0", property: { "7.2": "x-dirty-limit" } },
  "mapped-ram": { since: "10.0", property: { "7.2": "mapped-ram" } },
};

/** Checks of a set of capabilities, in the order QEMU makes them. */
export const capabilityChecks: readonly (Lifetime & { readonly test: CapabilityCheck })[] = [
  { test: conflict("postcopy-ram", "x-ignore-shared", "Postcopy is not compatible with ignore-shared") },
  {
    since: "10.0",
    until: "10.2",
    test: conflict("postcopy-ram", "multifd", "Postcopy is not yet compatible with multifd"),
  },
  {
    test: backgroundSnapshotExcludes([
      "postcopy-ram",
      "dirty-bitmaps",
      "postcopy-blocktime",
      "late-block-activate",
      "return-path",
      "multifd",
      "pause-before-switchover",
      "auto-converge",
      "release-ram",
      "rdma-pin-all",
      "compress",
      "xbzrle",
      "x-colo",
      "validate-uuid",
      "zero-copy-send",
    ]),
  },
  { test: zeroCopyExcludes(["compress", "xbzrle"]) },
  { until: "10.0", test: checkIncomingMultifd },
  { test: requires("postcopy-preempt", "postcopy-ram", "Postcopy preempt requires postcopy-ram") },
  {
    until: "10.0",
    test: conflict("postcopy-preempt", "compress", "Postcopy preempt not compatible with compress"),
  },
  { until: "10.0", test: conflict("multifd", "compress", "Multifd is not compatible with compress") },
  {
    since: "10.0",
    test: requires(
      "switchover-ack",
      "return-path",
      "Capability 'switchover-ack' requires capability 'return-path'",
    ),
  },
  {
    since: "10.0",
    test: conflict(
      "dirty-limit",
      "auto-converge",
      "dirty-limit conflicts with auto-converge either of then available currently",
    ),
  },
  {
    since: "10.0",
    test: unavailable(
      "dirty-limit",
      "dirty-limit requires KVM with accelerator property 'dirty-ring-size' set",
    ),
  },
  { since: "10.0", test: conflict("multifd", "xbzrle", "Multifd is not compatible with xbzrle") },
  {
    since: "10.0",
    test: conflict("mapped-ram", "xbzrle", "Mapped-ram migration is incompatible with xbzrle"),
  },
  {
    since: "10.0",
    test: conflict("mapped-ram", "postcopy-ram", "Mapped-ram migration is incompatible with postcopy"),
  },
];
