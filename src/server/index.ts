/** The door `qapi-ts/server`: a stand-in for a QEMU, served over QMP, and the machine behind it. */
export { serve, type RunningServer, type ServeOptions } from "./serve.js";
export { Emulator, type EmulatorOptions } from "./emulator.js";
export { serveStream } from "./serve-stream.js";
export type { Connection } from "../qmp/connection.js";

// The machine behind it.
export { createStore, type StoreSettings } from "../migration/create-store.js";
export { Store, type StoreOptions } from "../migration/store.js";
export { Refusal } from "../migration/refusal.js";

// Addresses, streams, and the JSON that QEMU speaks.
export { type Address, AddressError, formatAddress, parseAddress } from "../util/address.js";
export type { StreamPair } from "../util/stream-pair.js";
export { writeQmp } from "../qmp/wire/write.js";
