/** The door `qapi-ts/qmp`: a client of a QEMU's monitor, or of a guest agent. */
export { connect, type ConnectOptions, type ConnectTarget, type TypedConnectOptions } from "./connect.js";
export { QmpClient, type EventFilter, type EventsOptions } from "./qmp-client.js";
export type { ConnectionState, ReconnectOptions } from "./link.js";
export type { LogRecord } from "./channel.js";
export type {
  ArgumentsOf,
  EventOf,
  NameOf,
  PlainObject,
  QmpEvent,
  ReturnsOf,
  Timestamp,
  UntypedCommands,
  UntypedEvents,
  WaitOptions,
} from "./types.js";
export {
  QmpConnectionError,
  QmpError,
  QmpOverflowError,
  QmpProtocolError,
  QmpSchemaError,
  QmpTimeoutError,
} from "./errors.js";

// What people do with a client again and again.
export {
  followMigration,
  migrate,
  MigrationError,
  readProgress,
  type MigrateOptions,
  type MigrationProgress,
} from "./helpers/migration.js";
export { JobError, waitForJob } from "./helpers/job.js";
export { humanMonitor } from "./helpers/human-monitor.js";
export type { LineResult } from "../util/line-result.js";
export type { Commander } from "./helpers/commander.js";

// What there is to connect to.
export { type Address, AddressError, formatAddress, parseAddress } from "../util/address.js";
export type { Stream, StreamPair } from "../util/stream-pair.js";
export { PathQueryError } from "../evolution/path/path-query.js";
