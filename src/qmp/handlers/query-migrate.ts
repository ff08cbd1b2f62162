import type { MigrationInfo, MigrationStats, XBZRLECacheStats } from "../../../generated/qapi/index.js";
import type { SimulationStats } from "../../migration/simulator/migration-stats.js";
import type { Store } from "../../migration/store.js";
import type { Exact } from "../../visitor/forms.js";
import type { Handler } from "./handler.js";

/** What is known about the migration: nothing before the first, little unless it runs or completed. */
export const queryMigrate: Handler<"query-migrate"> = ({ store }) => {
  const { status, errorText } = store.migration;
  if (status === "none") return {};
  const failure = errorText === undefined ? {} : { "error-desc": errorText };
  const stats = status === "setup" ? undefined : store.migration.stats();
  return stats === undefined ? { status, ...failure } : { status, ...figures(store, stats) };
};

function figures(store: Store, stats: SimulationStats): Partial<MigrationInfo<Exact>> {
  const isCompleted = store.migration.status === "completed";
  const enabled = store.capabilities.enabled;
  return {
    "total-time": stats.totalTime,
    "setup-time": stats.setupTime,
    ...(isCompleted ? { downtime: stats.downtime ?? 0n } : { "expected-downtime": stats.expectedDowntime }),
    ram: ramOf(store, stats, isCompleted),
    ...(enabled.has("xbzrle") ? { "xbzrle-cache": unusedXbzrleCache(store) } : {}),
    ...(enabled.has("compress") ? { compression: unusedCompression } : {}),
    ...(stats.throttlePercentage > 0 ? { "cpu-throttle-percentage": BigInt(stats.throttlePercentage) } : {}),
  };
}

/** Once it has completed, QEMU tells neither what remains nor how fast the guest dirties its memory. */
function ramOf({ profile }: Store, { ram }: SimulationStats, isCompleted: boolean): MigrationStats<Exact> {
  const { skipped, ...others } = isCompleted ? { ...ram, remaining: 0n, "dirty-pages-rate": 0n } : ram;
  return profile.countsSkippedPages ? { ...others, skipped } : others;
}

/** The model sends every page whole: the cache that XBZRLE would use stays empty. */
function unusedXbzrleCache({ parameters }: Store): XBZRLECacheStats<Exact> {
  return {
    "cache-size": parameters.values["xbzrle-cache-size"] ?? 0n,
    bytes: 0n,
    pages: 0n,
    "cache-miss": 0n,
    "cache-miss-rate": 0,
    "encoding-rate": 0,
    overflow: 0n,
  };
}

const unusedCompression = {
  pages: 0n,
  busy: 0n,
  "busy-rate": 0,
  "compressed-size": 0n,
  "compression-rate": 0,
};
