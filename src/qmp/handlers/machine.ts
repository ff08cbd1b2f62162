import type { Handlers } from "./handler.js";

/** What `package` of the version says: that this is no QEMU but stands in for one. */
const VERSION_PACKAGE = "qapi-ts";

/** What concerns the machine itself, and whether its guest runs. */
export const machineHandlers = {
  "query-version": ({ machine }) => {
    const { major, minor, micro } = machine.profile.version;
    return {
      qemu: { major: BigInt(major), minor: BigInt(minor), micro: BigInt(micro) },
      package: VERSION_PACKAGE,
    };
  },
  "query-status": ({ machine: { runState, profile } }) => {
    const status = { running: runState.isRunning, status: runState.current };
    return profile.reportsSingleStep ? { ...status, singlestep: false } : status;
  },
  "query-name": ({ machine }) => (machine.name === undefined ? {} : { name: machine.name }),
  "query-uuid": ({ machine }) => ({ UUID: machine.uuid }),
  stop: ({ machine }) => {
    machine.runState.pause();
  },
  cont: ({ machine }) => {
    machine.runState.resume();
  },
  /** @throws {Refusal} when the machine is made already */
  "x-exit-preconfig": ({ machine }) => {
    machine.exitPreconfig();
  },
} satisfies Handlers;
