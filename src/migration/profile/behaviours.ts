import type { Commands } from "../../../generated/qapi/index.js";
import type { SizeGrammar } from "../../visitor/text/read-size.js";
import {
  checkCpr,
  checkCprExec,
  checkCprTransfer,
  checkMultiChannel,
  checkSeekable,
  checkStreamable,
  type CapabilityCheck,
  type TransportCheck,
} from "./capability-checks.js";
import {
  fdAddressFault,
  fileFault,
  inetFault,
  noFault,
  type UriFault,
  unixFault,
  vsockFault,
  incomingChannelFault,
} from "./migration-uri.js";
import type { TableByRelease } from "./release.js";

/** What a release does that is no parameter's or capability's affair; each behaviour's code stands once. */
export interface Behaviours {
  readonly version: Version;
  /** The form of `info migrate`. */
  readonly migrateReport: MigrateReport;
  /** Arguments that the release demands although the schema, shared with later ones, does not. */
  readonly mandatoryArguments: { readonly [Command in keyof Commands]?: readonly string[] };
  /** The grammar of sizes given as text. */
  readonly sizeGrammar: SizeGrammar;
  /** Whether a migration enters the state `device` even when nothing pauses before it. */
  readonly alwaysEntersDevice: boolean;
  /** Whether a guest that stood before a migration has its run state back when nothing came of that. */
  readonly restoresRunState: boolean;
  /** The states in which `migrate-pause` could be run, in its words. */
  readonly pausableStates: string;
  /** Whether one that is to come in is announced before its URI is read, or has a state once it is awaited. */
  readonly incomingReport: IncomingReport;
  /** What is wrong with what `-incoming` was given in place of a URI. */
  readonly incomingChannelFault: UriFault;
  /** Whether `query-status` tells of single-stepping. */
  readonly reportsSingleStep: boolean;
  /** Whether statistics count skipped pages. */
  readonly countsSkippedPages: boolean;
  /** Checks of a transport against capabilities and parameters, whichever way the migration goes. */
  readonly transportChecks: readonly TransportCheck[];
  /** Checks of capabilities and parameters against the channels that a migration is given. */
  readonly channelChecks: readonly CapabilityCheck[];
  /** Checks of capabilities and parameters that a migration makes when it may start. */
  readonly startChecks: readonly CapabilityCheck[];
  /** The transports that `migrate` knows by name, and how it refuses the others. */
  readonly transports: Transports;
}

/**
 * `announced`: by an event, whatever the URI is, and nothing else. `state`: it is in the state `setup` from
 * when it is awaited, and tells so as any other does.
 */
type IncomingReport = "announced" | "state";

/** `lines`: one fact a line, globals first. `blocks`: facts by subject, and some of them only when asked for. */
export type MigrateReport = "lines" | "blocks";

interface Version {
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
}

interface Transports {
  /** Prefixes of a URI that QEMU can take, and what it says of a bad one as soon as it reads it. */
  readonly known: ReadonlyMap<string, UriFault>;
  /** QEMU's refusal of any other URI. */
  refusal(uri: string): string;
  /** Whether refusing leaves a failed migration behind. */
  readonly refusalFails: boolean;
}

const streams: readonly (readonly [prefix: string, fault: UriFault])[] = [
  ["tcp:", inetFault],
  ["unix:", unixFault],
  ["vsock:", vsockFault],
  ["exec:", noFault],
];

/** What releases changed: a new one has an entry where it behaves in a new way, and nowhere else. */
export const behaviourTable: TableByRelease<Behaviours> = {
  version: {
    "7.2": { major: 7, minor: 2, micro: 22 },
    "10.0": { major: 10, minor: 0, micro: 2 },
    "10.2": { major: 10, minor: 2, micro: 2 },
  },
  migrateReport: { "7.2": "lines", "10.2": "blocks" },
  mandatoryArguments: { "7.2": { migrate: ["uri"], "migrate-incoming": ["uri"] }, "10.0": {} },
  sizeGrammar: { "7.2": "old", "10.0": "current" },
  alwaysEntersDevice: { "7.2": false, "10.0": true },
  restoresRunState: { "7.2": false, "10.0": true },
  pausableStates: { "7.2": "postcopy-active", "10.0": "postcopy-active or postcopy-recover" },
  incomingReport: { "7.2": "announced", "10.0": "state" },
  incomingChannelFault: { "7.2": noFault, "10.0": incomingChannelFault },
  reportsSingleStep: { "7.2": true, "10.0": false },
  countsSkippedPages: { "7.2": true, "10.0": false },
  transportChecks: { "7.2": [], "10.0": [checkSeekable, checkMultiChannel, checkStreamable] },
  channelChecks: { "7.2": [], "10.0": [checkCprTransfer] },
  startChecks: { "7.2": [], "10.0": [checkCpr], "10.2": [checkCpr, checkCprExec] },
  transports: {
    "7.2": {
      known: new Map([
        ...streams,
        ["fd:", noFault],
        ["rdma:", (address) => inetFault(address) && `RDMA ERROR: bad RDMA migration address '${address}'`],
      ]),
      refusal: () => "Parameter 'uri' expects a valid migration protocol",
      refusalFails: true,
    },
    "10.0": {
      known: new Map([...streams, ["fd:", fdAddressFault], ["rdma:", inetFault], ["file:", fileFault]]),
      refusal: (uri) => `unknown migration protocol: ${uri}`,
      refusalFails: false,
    },
  },
};
