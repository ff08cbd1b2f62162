import { machineHandlers as qmp } from "../../qmp/handlers/machine.js";
import type { HmpHandlers } from "./handler.js";

/** What concerns the machine itself, and the monitor. */
export const machineCommands = {
  quit: (context) => {
    context.quit();
  },
  stop: qmp.stop,
  cont: qmp.cont,
  exit_preconfig: qmp["x-exit-preconfig"],
  /** `VM status: running`, or `paused` with the reason where there is one worth telling. */
  "info status": (context) => {
    const { running, status } = qmp["query-status"](context);
    const reason = running || status === "paused" ? "" : ` (${status})`;
    context.print(`VM status: ${running ? "running" : "paused"}${reason}\n`);
  },
  "info version": (context) => {
    const { qemu, package: name } = qmp["query-version"](context);
    context.print(`${qemu.major}.${qemu.minor}.${qemu.micro}${name}\n`);
  },
  /** The machine's name; nothing when it has none. */
  "info name": ({ machine: { name }, print }) => {
    if (name !== undefined) print(`${name}\n`);
  },
  "info uuid": ({ machine, print }) => {
    print(`${machine.uuid}\n`);
  },
  /** Lines entered so far, numbered from 0: `3: 'info status'`. */
  "info history": ({ history, print }) => {
    history.forEach((line, index) => {
      print(`${index}: '${line}'\n`);
    });
  },
} satisfies HmpHandlers;
