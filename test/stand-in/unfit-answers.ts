import { connect } from "../../src/client/index.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import type { JsonObject } from "../../src/json/index.js";
import { liveQapi } from "../../src/live-schema/live-qapi.js";
import type { Schema } from "../../src/qapi/schema/model.js";
import { serve } from "../../src/server/index.js";
import { exampleValue } from "../../src/stand-in/example-value.js";
import { fromJson } from "../../src/visitor/json-input.js";

/** Commands that end the conversation, or are a part of it. */
const ofTheConversation = new Set(["quit", "qmp_capabilities", "guest-sync-delimited", "guest-sync"]);

/** Our machine may refuse what is asked of it, as QEMU would. */
const mayBeRefused = /^(migrate|cont|stop|human-monitor)/;

/**
 * Runs every command of a schema on the stand-in for it, and holds the answers to the schema twice: by a
 * validator, and by a visitor.
 *
 * @param path a free one for a socket
 * @returns what does not fit, nothing if all is well
 */
export async function unfitAnswers(schema: Schema, path: string): Promise<string[]> {
  const checker = new SchemaChecker(schema);
  const { commands } = liveQapi(schema);
  const isAgent = !Object.hasOwn(commands, "qmp_capabilities");
  const server = await serve({ schema, listen: path });
  const client = await connect(server.address, { ...(isAgent && { agent: true }) });
  const unfit: string[] = [];
  for (const [name, command] of Object.entries(commands)) {
    if (ofTheConversation.has(name) || command.successResponse === false) continue;
    const args = command.arguments === undefined ? {} : (exampleValue(command.arguments) as JsonObject);
    try {
      const value = await client.executeRaw(name, args);
      const problems = checker.problems("reply", name, { return: value }, "message");
      unfit.push(...problems.map(({ pointer, message }) => `${name}: ${pointer} ${message}`));
      if (command.returns !== undefined) fromJson(command.returns, value);
    } catch (error) {
      if (!mayBeRefused.test(name)) unfit.push(`${name}: ${String(error)}`);
    }
  }
  await client.close();
  await server.close();
  return unfit;
}
