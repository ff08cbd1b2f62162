import type { MigrationInfo, MigrationStats, XBZRLECacheStats } from "../../../generated/qapi/index.js";
import type { Exact } from "../../visitor/forms.js";
import { fixed2, sizeText } from "./c-format.js";

/**
 * The state of a migration by subject (QEMU `hmp_info_migrate` and `migration_global_dump`).
 *
 * @param globals global properties, told when all is
 * @param all whether to tell what is of interest to few
 */
export function migrationBlocks(
  info: MigrationInfo<Exact>,
  globals: readonly string[],
  all: boolean,
): readonly string[] {
  return [
    ...statusLines(info),
    ...(info.ram === undefined ? [] : ramLines(info)),
    ...(all ? detailLines(info, globals) : []),
  ];
}

const toldErrors: ReadonlySet<unknown> = new Set(["failed", "postcopy-paused"]);

function statusLines(info: MigrationInfo<Exact>): string[] {
  const { status, "error-desc": error, "blocked-reasons": reasons = [] } = info;
  const blocked =
    reasons.length === 0 ? [] : ["Outgoing migration blocked:", ...reasons.map((reason) => `  ${reason}`)];
  if (status === undefined) return blocked;
  const because = error !== undefined && toldErrors.has(status) ? ` (${error})` : "";
  const total = info["total-time"] ?? 0n;
  const times = facts([
    ["total", total],
    ["setup", info["setup-time"]],
    ["exp_down", info["expected-downtime"]],
    ["down", info.downtime],
  ]);
  return [
    ...blocked,
    `Status: \t\t${status}${because}`,
    ...(total === 0n ? [] : [`Time (ms): \t\t${times}`]),
  ];
}

function ramLines({ ram, vfio }: MigrationInfo<Exact>): string[] {
  if (ram === undefined) return [];
  return [
    "RAM info:",
    `  Throughput (Mbps): \t${fixed2(ram.mbps)}`,
    `  Sizes: \t\t${sizes([
      ["pagesize", ram["page-size"]],
      ["total", ram.total],
    ])}`,
    `  Transfers: \t\t${sizes([
      ["transferred", ram.transferred],
      ["remain", ram.remaining],
    ])}`,
    `    Channels: \t\t${sizes([
      ["precopy", ram["precopy-bytes"]],
      ["multifd", ram["multifd-bytes"]],
      ["postcopy", ram["postcopy-bytes"]],
      ["vfio", vfio?.transferred],
    ])}`,
    `    Page Types: \t${facts([
      ["normal", ram.normal],
      ["zero", ram.duplicate],
    ])}`,
    `  Page Rates (pps): \t${facts([
      ["transfer", ram["pages-per-second"]],
      ["dirty", unlessZero(ram["dirty-pages-rate"])],
    ])}`,
    `  Others: \t\t${otherCounts(ram)}`,
  ];
}

function otherCounts(ram: MigrationStats<Exact>): string {
  return facts([
    ["dirty_syncs", ram["dirty-sync-count"]],
    ["postcopy_req", unlessZero(ram["postcopy-requests"])],
    ["downtime_bytes", unlessZero(ram["downtime-bytes"])],
    ["zerocopy_fallbacks", unlessZero(ram["dirty-sync-missed-zero-copy"])],
  ]);
}

function detailLines(info: MigrationInfo<Exact>, globals: readonly string[]): string[] {
  const { "xbzrle-cache": cache, "cpu-throttle-percentage": throttle } = info;
  return [
    "Globals:",
    ...globals.map((global) => `  ${global}`),
    ...(cache === undefined ? [] : xbzrleLines(cache)),
    ...(throttle === undefined ? [] : [`CPU Throttle (%): ${throttle}`]),
  ];
}

function xbzrleLines(cache: XBZRLECacheStats<Exact>): string[] {
  const counts = facts([
    ["size", cache["cache-size"]],
    ["transferred", cache.bytes],
    ["pages", cache.pages],
    ["miss", cache["cache-miss"]],
  ]);
  const [missRate, encodeRate] = [fixed2(cache["cache-miss-rate"]), fixed2(cache["encoding-rate"])];
  return [
    `XBZRLE: ${counts}`,
    `  miss_rate=${missRate}, encode_rate=${encodeRate}, overflow=${cache.overflow}`,
  ];
}

type Facts = readonly (readonly [name: string, value: bigint | undefined])[];

/** `NAME=VALUE, …` of those that are there. */
function facts(named: Facts, text: (value: bigint) => string = String): string {
  return named.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${text(value)}`])).join(", ");
}

function sizes(named: Facts): string {
  return facts(named, sizeText);
}

function unlessZero(value: bigint): bigint | undefined {
  return value === 0n ? undefined : value;
}
