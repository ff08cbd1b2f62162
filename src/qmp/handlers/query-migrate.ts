import type { MigrationInfo, MigrationStats, XBZRLECacheStats } from "../../../generated/qapi/index.js";
import type { SimulationStats } from "../../migration/simulator/migration-stats.js";
import type { Machine } from "../../migration/machine.js";
import type { Exact } from "../../visitor/forms.js";
import type { Handler } from "./handler.js";

/** What is known about the migration: nothing before the first, little unless it runs or completed. */
export const queryMigrate: Handler<"query-migrate"> = ({ machine }) => {
  const { status, errorText } = machine.migration;
  const { status: incoming } = machine.incoming;
  if (status === "none") return incoming === "none" ? {} : { status: incoming };
  const failure = errorText === undefined ? {} : { "error-desc": errorText };
  const stats = status === "setup" ? undefined : machine.migration.stats();
  return stats === undefined ? { status, ...failure } : { status, ...figures(machine, stats) };
};

function figures(machine: Machine, stats: SimulationStats): Partial<MigrationInfo<Exact>> {
  const isCompleted = machine.migration.status === "completed";
  const enabled = machine.capabilities.enabled;
  return {
    "total-time": stats.totalTime,
    "setup-time": stats.setupTime,
    ...(isCompleted ? { downtime: stats.downtime ?? 0n } : { "expected-downtime": stats.expectedDowntime }),
    ram: ramOf(machine, stats, isCompleted),
    ...(enabled.has("xbzrle") ? { "xbzrle-cache": unusedXbzrleCache(machine) } : {}),
    ...(enabled.has("compress") ? { compression: unusedCompression } : {}),
    ...(stats.throttlePercentage > 0 ? { "cpu-throttle-percentage": BigInt(stats.throttlePercentage) } : {}),
  };
}

/** Once it has completed, QEMU tells neither what remains nor how fast the guest dirties its memory. */
function ramOf({ profile }: Machine, { ram }: SimulationStats, isCompleted: boolean): MigrationStats<Exact> {
  const { skipped, ...others } = isCompleted ? { ...ram, remaining: 0n, "dirty-pages-rate": 0n } : ram;
  return profile.countsSkippedPages ? { ...others, skipped } : others;
}

/** The model sends every page whole: the cache that XBZRLE would use stays empty. */
function unusedXbzrleCache({ parameters }: Machine): XBZRLECacheStats<Exact> {
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
