// A stand-in for a QEMU, served over QMP.
export { serve, type RunningServer, type ServeOptions } from "../server/serve.js";
export { Emulator, type EmulatorOptions } from "../server/emulator.js";
export { serveStream, type StreamPair } from "../server/serve-stream.js";
export type { Connection } from "./connection.js";

// The machine behind it.
export { createStore, type StoreSettings } from "../migration/create-store.js";
export { Store, type StoreOptions } from "../migration/store.js";
export { Refusal } from "../migration/refusal.js";

// Addresses, and the JSON that QEMU speaks.
export { type Address, AddressError, formatAddress, parseAddress } from "./address.js";
export { writeQmp } from "./wire/write.js";
