import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { isJsonObject, parseJson, writeJson, type JsonObject, type JsonValue } from "../../src/json/index.js";
import { compileSchema } from "../../src/qapi/index.js";
import { readSessions, type Step } from "../support/oracle-sessions.js";
import { corpus, oracle } from "../support/shared-data.js";

/** A command that was sent to a real QEMU, and what it answered. */
interface Exchange {
  readonly name: string;
  readonly command: JsonObject;
  readonly reply: JsonObject;
}

function exchanges(version: string): Exchange[] {
  return readSessions(version).flatMap(({ steps }) => steps.flatMap(exchangeOf));
}

function exchangeOf(step: Step): Exchange[] {
  if (!("qmp" in step)) return [];
  const command = parseJson(step.qmp_text ?? JSON.stringify(step.qmp));
  const reply = parseJson(step.reply_text ?? JSON.stringify(step.reply));
  if (!isJsonObject(command) || !isJsonObject(reply)) return [];
  const name: JsonValue | undefined = command["execute"];
  return typeof name === "string" ? [{ name, command, reply }] : [];
}

function checkerOf(path: string, defines: readonly string[]): SchemaChecker {
  const { schema, diagnostics } = compileSchema(path, { defines: new Set(defines) });
  if (schema === undefined) throw new Error(diagnostics[0]?.message);
  return new SchemaChecker(schema);
}

function definesOf(version: string): string[] {
  return corpus === undefined
    ? []
    : readFileSync(join(corpus, version, "golden/defines.txt"), "utf8")
        .trim()
        .split("\n");
}

const ours = fileURLToPath(new URL("../../schema/qapi-schema.json", import.meta.url));
const theirs = join(corpus ?? "", "qemu-7.2/qapi/qapi-schema.json");

describe.skipIf(oracle === undefined || corpus === undefined)(
  "what a real QEMU was told and answered",
  () => {
    it.each([
      ["7.2", "QEMU's own schema", theirs, definesOf("qemu-7.2")],
      ["7.2", "our schema", ours, []],
      ["10.0", "our schema", ours, ["QEMU_10_0"]],
      ["10.2", "our schema", ours, ["QEMU_10_0", "QEMU_10_2"]],
    ])("%s: fits %s", (version, _, path, defines) => {
      const checker = checkerOf(path, defines);
      const recorded = exchanges(version);
      const wrong: string[] = [];
      let replies = 0;
      let refused = 0;
      for (const { name, command, reply } of recorded) {
        const inCommand = problemsOf(checker, "command", name, command);
        const inReply = problemsOf(checker, "reply", name, reply);
        if (inCommand === undefined || inReply === undefined) continue;
        replies++;
        if (inCommand.length > 0) refused++;
        // What we refuse, QEMU has refused; not the other way round, it has rules beyond its schema.
        if (inCommand.length > 0 && !("error" in reply))
          wrong.push(`${writeJson(command)}: ${inCommand.join()}`);
        if (inReply.length > 0) wrong.push(`${writeJson(reply)}: ${inReply.join()}`);
      }
      process.stdout.write(
        `${version} ${path}: ${replies} exchanges, ${refused} with commands that do not fit\n`,
      );
      expect(wrong).toEqual([]);
      expect(refused).toBeGreaterThan(20);
    });
  },
);

/** Undefined for commands that the schema does not have. */
function problemsOf(
  checker: SchemaChecker,
  kind: "command" | "reply",
  name: string,
  message: JsonObject,
): string[] | undefined {
  try {
    return checker.problems(kind, name, message).map((each) => `${each.pointer} ${each.message}`);
  } catch {
    return undefined;
  }
}
