// A stand-in for a QEMU, served over QMP.
export { serve, type RunningServer, type ServeOptions } from "../server/serve.js";
export { Emulator, type EmulatorOptions } from "../server/emulator.js";
export { serveStream, type StreamPair } from "../server/serve-stream.js";
export type { Connection } from "./connection.js";

// The machine behind it.
export { createStore, type StoreSettings } from "../migration/create-store.js";
export { Store, type StoreOptions } from "../migration/store.js";
export { Refusal } from "../migration/refusal.js";

// A client of a QEMU's monitor, or of a guest agent.
export {
  connect,
  type ConnectOptions,
  type ConnectTarget,
  type TypedConnectOptions,
} from "../client/connect.js";
export { QmpClient, type EventFilter, type EventsOptions } from "../client/qmp-client.js";
export type { ConnectionState, ReconnectOptions } from "../client/link.js";
export type { LogRecord } from "../client/channel.js";
export type { Stream } from "../client/stream-pair.js";
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
} from "../client/types.js";
export {
  QmpConnectionError,
  QmpError,
  QmpOverflowError,
  QmpProtocolError,
  QmpSchemaError,
  QmpTimeoutError,
} from "../client/errors.js";

// What people do with a client again and again.
export {
  followMigration,
  migrate,
  MigrationError,
  readProgress,
  type MigrateOptions,
  type MigrationProgress,
} from "../client/helpers/migration.js";
export { JobError, waitForJob } from "../client/helpers/job.js";
export { humanMonitor } from "../client/helpers/human-monitor.js";
export type { Commander } from "../client/helpers/commander.js";

// Addresses, and the JSON that QEMU speaks.
export { type Address, AddressError, formatAddress, parseAddress } from "./address.js";
export { writeQmp } from "./wire/write.js";
