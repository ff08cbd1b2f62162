import type { Handler } from "./handler.js";

export const queryStatus: Handler<"query-status"> = ({ store }) => {
  const { machine, profile } = store;
  const status = { running: machine.isRunning, status: machine.state };
  return profile.reportsSingleStep ? { ...status, singlestep: false } : status;
};

export const queryName: Handler<"query-name"> = ({ store }) =>
  store.machine.name === undefined ? {} : { name: store.machine.name };

export const queryUuid: Handler<"query-uuid"> = ({ store }) => ({ UUID: store.machine.uuid });

export const stop: Handler<"stop"> = ({ store }) => {
  store.machine.pause();
};

export const cont: Handler<"cont"> = ({ store }) => {
  store.machine.resume();
};

/** What `package` of the version says: that this is no QEMU but stands in for one. */
const versionPackage = "qapi-ts";

export const queryVersion: Handler<"query-version"> = ({ store }) => {
  const { major, minor, micro } = store.profile.version;
  return {
    qemu: { major: BigInt(major), minor: BigInt(minor), micro: BigInt(micro) },
    package: versionPackage,
  };
};
