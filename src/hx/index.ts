/** Command tables of the human monitor, read from `.hx` files. */
export { type CompiledHx, compileHx } from "./compile-hx.js";
export type { Condition } from "../util/condition.js";
export type { HxOptions } from "./read-table.js";
export type { HxArgument, HxArgumentCode, HxCommand, HxTable } from "./table.js";
