import type {
  CompressionStats,
  MigrationInfo,
  MigrationStats,
  XBZRLECacheStats,
} from "../../../generated/qapi/index.js";
import type { MigrateReport } from "../../migration/profile/behaviours.js";
import type { Exact } from "../../visitor/forms.js";
import { queryMigrate } from "../../qmp/handlers/query-migrate.js";
import { fixed2, onOff } from "./c-format.js";
import { migrationBlocks } from "./migration-blocks.js";
import type { HmpHandler } from "./handler.js";

/** The state of the migration, in the form of the profile's QEMU; what is not known is not told. */
export const infoMigrate: HmpHandler<"info migrate"> = (context, { all = false }) => {
  const { profile, globals } = context.machine;
  const told = profile.globalProperties.flatMap((property) => {
    const value = globals.get(property) ?? property.initial;
    return property.shown === undefined
      ? []
      : [`${property.shown}: ${typeof value === "boolean" ? onOff(value) : value}`];
  });
  const lines = reports[profile.migrateReport](queryMigrate(context, undefined), told, all);
  context.print(lines.map((text) => `${text}\n`).join(""));
};

/** The lines of a report, given the global properties and whether all is asked for. */
type Report = (info: MigrationInfo<Exact>, globals: readonly string[], all: boolean) => readonly string[];

const reportLines: Report = (info, globals) => [
  "globals:",
  ...globals,
  ...statusLines(info),
  ...(info.ram === undefined ? [] : ramLines(info.ram)),
  ...(info["xbzrle-cache"] === undefined ? [] : xbzrleLines(info["xbzrle-cache"])),
  ...(info.compression === undefined ? [] : compressionLines(info.compression)),
  ...line("cpu throttle percentage", info["cpu-throttle-percentage"]),
];

const reports: Readonly<Record<MigrateReport, Report>> = { lines: reportLines, blocks: migrationBlocks };

function statusLines(info: MigrationInfo<Exact>): string[] {
  if (info.status === undefined) return [];
  const reason =
    info.status === "failed" && info["error-desc"] !== undefined ? ` (${info["error-desc"]})` : "";
  return [
    `Migration status: ${info.status}${reason}`,
    ...line("total time", info["total-time"] ?? 0n, "ms"),
    ...line("expected downtime", info["expected-downtime"], "ms"),
    ...line("downtime", info.downtime, "ms"),
    ...line("setup", info["setup-time"], "ms"),
  ];
}

function ramLines(ram: MigrationStats<Exact>): string[] {
  return [
    ...line("transferred ram", kbytes(ram.transferred), "kbytes"),
    `throughput: ${fixed2(ram.mbps)} mbps`,
    ...line("remaining ram", kbytes(ram.remaining), "kbytes"),
    ...line("total ram", kbytes(ram.total), "kbytes"),
    ...line("duplicate", ram.duplicate, "pages"),
    ...line("skipped", ram.skipped, "pages"),
    ...line("normal", ram.normal, "pages"),
    ...line("normal bytes", kbytes(ram["normal-bytes"]), "kbytes"),
    ...line("dirty sync count", ram["dirty-sync-count"]),
    ...line("page size", kbytes(ram["page-size"]), "kbytes"),
    ...line("multifd bytes", kbytes(ram["multifd-bytes"]), "kbytes"),
    ...line("pages-per-second", ram["pages-per-second"]),
    ...unlessZero("dirty pages rate", ram["dirty-pages-rate"], "pages"),
    ...unlessZero("postcopy request count", ram["postcopy-requests"]),
    ...bytesUnlessZero("precopy ram", ram["precopy-bytes"]),
    ...bytesUnlessZero("downtime ram", ram["downtime-bytes"]),
    ...bytesUnlessZero("postcopy ram", ram["postcopy-bytes"]),
    ...unlessZero("Zero-copy-send fallbacks happened", ram["dirty-sync-missed-zero-copy"], "times"),
  ];
}

function xbzrleLines(cache: XBZRLECacheStats<Exact>): string[] {
  return [
    ...line("cache size", cache["cache-size"], "bytes"),
    ...line("xbzrle transferred", kbytes(cache.bytes), "kbytes"),
    ...line("xbzrle pages", cache.pages, "pages"),
    ...line("xbzrle cache miss", cache["cache-miss"], "pages"),
    `xbzrle cache miss rate: ${fixed2(cache["cache-miss-rate"])}`,
    `xbzrle encoding rate: ${fixed2(cache["encoding-rate"])}`,
    ...line("xbzrle overflow", cache.overflow),
  ];
}

function compressionLines(compression: CompressionStats<Exact>): string[] {
  return [
    ...line("compression pages", compression.pages, "pages"),
    ...line("compression busy", compression.busy),
    `compression busy rate: ${fixed2(compression["busy-rate"])}`,
    ...line("compressed size", kbytes(compression["compressed-size"]), "kbytes"),
    `compression rate: ${fixed2(compression["compression-rate"])}`,
  ];
}

/** `NAME: VALUE UNIT`, or nothing for a value that is not there. */
function line(name: string, value: bigint | undefined, unit?: string): string[] {
  if (value === undefined) return [];
  return [`${name}: ${value}${unit === undefined ? "" : ` ${unit}`}`];
}

function unlessZero(name: string, value: bigint, unit?: string): string[] {
  return value === 0n ? [] : line(name, value, unit);
}

/** Whether the line is there depends on the bytes, before they are cut to kbytes. */
function bytesUnlessZero(name: string, bytes: bigint): string[] {
  return bytes === 0n ? [] : line(name, kbytes(bytes), "kbytes");
}

function kbytes(bytes: bigint): bigint {
  return bytes >> 10n;
}
