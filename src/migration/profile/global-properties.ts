import { visitBool, visitUint8 } from "../../visitor/builtin.js";
import type { TypeVisit } from "../../visitor/type-visit.js";
import type { Lifetime } from "./release.js";

/** A setting of migration that is neither parameter nor capability, set by `-global` or not at all. */
export interface GlobalProperty extends Lifetime {
  /** What `-global migration.PROPERTY` calls it; those without cannot be set. */
  readonly property?: string;
  /** What `info migrate` calls it; those without are not told. */
  readonly shown?: string;
  readonly type: TypeVisit<boolean | number>;
  readonly initial: boolean | number;
}

function flag(property: string, initial: boolean, lifetime: Lifetime = {}): GlobalProperty {
  return { ...lifetime, property, type: visitBool, initial };
}

/** All of them, in the order in which they are told. */
export const globalProperties: readonly GlobalProperty[] = [
  { ...flag("store-global-state", true), shown: "store-global-state" },
  { shown: "only-migratable", type: visitBool, initial: false },
  { ...flag("send-configuration", true), shown: "send-configuration" },
  { ...flag("send-section-footer", true), shown: "send-section-footer" },
  { ...flag("decompress-error-check", true, { until: "10.0" }), shown: "decompress-error-check" },
  { ...flag("send-switchover-start", true, { since: "10.0" }), shown: "send-switchover-start" },
  { property: "x-clear-bitmap-shift", shown: "clear-bitmap-shift", type: visitUint8, initial: 18 },
  flag("multifd-flush-after-each-section", false, { since: "10.0" }),
  flag("multifd-clean-tls-termination", true, { since: "10.0" }),
  flag("x-preempt-pre-7-2", false, { since: "10.0" }),
];
