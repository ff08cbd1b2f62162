import * as machine from "../../qmp/handlers/machine.js";
import type { HmpHandler } from "./handler.js";

export const stop: HmpHandler<"stop"> = (context) => {
  machine.stop(context, undefined);
};

export const cont: HmpHandler<"cont"> = (context) => {
  machine.cont(context, undefined);
};

export const exitPreconfig: HmpHandler<"exit_preconfig"> = (context) => {
  machine.exitPreconfig(context, undefined);
};

/** `VM status: running`, or `paused` with the reason where there is one worth telling. */
export const infoStatus: HmpHandler<"info status"> = (context) => {
  const { running, status } = machine.queryStatus(context, undefined);
  const reason = running || status === "paused" ? "" : ` (${status})`;
  context.print(`VM status: ${running ? "running" : "paused"}${reason}\n`);
};

export const infoVersion: HmpHandler<"info version"> = (context) => {
  const { qemu, package: name } = machine.queryVersion(context, undefined);
  context.print(`${qemu.major}.${qemu.minor}.${qemu.micro}${name}\n`);
};

/** The machine's name; nothing when it has none. */
export const infoName: HmpHandler<"info name"> = (context) => {
  const { name } = machine.queryName(context, undefined);
  if (name !== undefined) context.print(`${name}\n`);
};

export const infoUuid: HmpHandler<"info uuid"> = (context) => {
  context.print(`${machine.queryUuid(context, undefined).UUID}\n`);
};

/** Lines entered so far, numbered from 0: `3: 'info status'`. */
export const infoHistory: HmpHandler<"info history"> = ({ history, print }) => {
  history.forEach((line, index) => {
    print(`${index}: '${line}'\n`);
  });
};

export const quit: HmpHandler<"quit"> = (context) => {
  context.quit();
};
