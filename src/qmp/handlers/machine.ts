import type { Handler } from "./handler.js";

export const queryStatus: Handler<"query-status"> = ({ machine: { runState, profile } }) => {
  const status = { running: runState.isRunning, status: runState.current };
  return profile.reportsSingleStep ? { ...status, singlestep: false } : status;
};

export const queryName: Handler<"query-name"> = ({ machine }) =>
  machine.name === undefined ? {} : { name: machine.name };

export const queryUuid: Handler<"query-uuid"> = ({ machine }) => ({ UUID: machine.uuid });

export const stop: Handler<"stop"> = ({ machine }) => {
  machine.runState.pause();
};

export const cont: Handler<"cont"> = ({ machine }) => {
  machine.runState.resume();
};

/** @throws {Refusal} when the machine is made already */
export const exitPreconfig: Handler<"x-exit-preconfig"> = ({ machine }) => {
  machine.exitPreconfig();
};

/** What `package` of the version says: that this is no QEMU but stands in for one. */
const VERSION_PACKAGE = "qapi-ts";

export const queryVersion: Handler<"query-version"> = ({ machine }) => {
  const { major, minor, micro } = machine.profile.version;
  return {
    qemu: { major: BigInt(major), minor: BigInt(minor), micro: BigInt(micro) },
    package: VERSION_PACKAGE,
  };
};
