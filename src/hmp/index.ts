// The human monitor: one line in, text out.
export { createMonitor, type CreateMonitorOptions } from "./create-monitor.js";
export { Monitor, type MonitorOptions } from "./monitor.js";
export type { LineResult } from "../util/line-result.js";

// Command tables, as generated from .hx files.
export type { ArgumentCode, ArgumentSpec, HmpCommand, PrintFormat } from "../visitor/hmp-command.js";

// The machine behind a monitor.
export { Machine, type MachineOptions } from "../migration/machine.js";
export { createMachine, type MachineSettings } from "../migration/create-machine.js";
export { Refusal } from "../migration/refusal.js";
