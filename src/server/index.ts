/** The door `qapi-ts/server`: a stand-in for a QEMU, served over QMP, and the machine behind it. */
export { serve, type RunningServer, type ServeOptions } from "./serve.js";
export type { Handlers } from "./handlers.js";
export { HandlerValueError } from "../stand-in/run-handler.js";
export { Emulator, type EmulatorOptions } from "./emulator.js";
export { serveStream } from "./serve-stream.js";
export type { Connection } from "../qmp/connection.js";

// The machine behind it.
export { createMachine, type MachineSettings } from "../migration/create-machine.js";
export { Machine, type MachineOptions } from "../migration/machine.js";
export { Refusal } from "../migration/refusal.js";

// Addresses, streams, and the JSON that QEMU speaks.
export { type Address, AddressError, formatAddress, parseAddress } from "../util/address.js";
export type { StreamPair } from "../util/stream-pair.js";
export { writeQmp } from "../qmp/wire/write.js";
