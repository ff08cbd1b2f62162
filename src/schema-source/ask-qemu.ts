import { connect, QmpError, QmpConnectionError, QmpProtocolError, QmpTimeoutError } from "../client/index.js";
import { writeJson } from "../json/index.js";
import { AddressError, parseAddress } from "../util/address.js";
import { escapeControls } from "../util/escape-controls.js";
import { SchemaSourceError } from "./source-form.js";

/** How a live QEMU is asked. */
export interface AskOptions {
  /** How long to keep trying while no live QEMU listens yet, in ms; default 0. */
  readonly waitFor?: number | undefined;
  /** Gives up asking a live QEMU. */
  readonly signal?: AbortSignal | undefined;
  /** Told what a user should know though nothing is wrong. */
  readonly onNote?: (note: string) => void;
}

/**
 * What a live QEMU returns for `query-qmp-schema`, as JSON.
 *
 * @throws {SchemaSourceError} when nobody is there, or does not know the command, as no guest agent does
 */
export async function schemaOfQemu(
  address: string,
  { waitFor = 0, signal, onNote }: AskOptions,
): Promise<string> {
  try {
    const { qemuOptions } = parseAddress(address);
    if (qemuOptions !== undefined) {
      onNote?.(`'${escapeControls(qemuOptions)}' after the address is for QEMU's own -qmp, and left out`);
    }
    const client = await connect(address, { waitFor, ...(signal && { signal }) });
    try {
      return writeJson(await client.executeRaw("query-qmp-schema"));
    } finally {
      await client.close();
    }
  } catch (error) {
    const kinds = [AddressError, QmpError, QmpConnectionError, QmpProtocolError, QmpTimeoutError];
    if (!(error instanceof Error) || !kinds.some((kind) => error instanceof kind)) throw error;
    throw new SchemaSourceError(escapeControls(error.message), { cause: error });
  }
}
