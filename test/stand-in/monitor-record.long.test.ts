import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isJsonObject, parseJson, writeJson, type JsonObject } from "../../src/json/index.js";
import { readSchema } from "../../src/schema-source/read-schema.js";
import { createStandIn } from "../../src/server/create-stand-in.js";
import { readSessions, type Session } from "../support/oracle-sessions.js";
import { corpus, oracle } from "../support/shared-data.js";

const recordings = [
  ["7.2", "qemu-7.2"],
  ["10.2", "qemu-10.2.2"],
] as const;

interface Asked {
  readonly request: string;
  /** What the monitor printed; undefined of what is no line of its. */
  readonly printed: string | undefined;
}

function requestsOf({ steps }: Session): Asked[] {
  return steps.flatMap((step): Asked[] => {
    if ("qmp" in step) return [{ request: step.qmp_text ?? JSON.stringify(step.qmp), printed: undefined }];
    if (!("hmp" in step)) return [];
    const request = { execute: "human-monitor-command", arguments: { "command-line": step.hmp } };
    return [{ request: writeJson(request), printed: step.output }];
  });
}

describe.skipIf(corpus === undefined || oracle === undefined)(
  "recorded sessions of the human monitor",
  () => {
    it.each(recordings)(
      "are what a stand-in says that has them as its record: QEMU %s",
      async (version, folder) => {
        const { schema } = await readSchema(join(corpus ?? "", folder, "qapi/qapi-schema.json"));
        const wrong: string[] = [];
        for (const session of readSessions(version)) {
          const requests = requestsOf(session);
          const replies = requests.flatMap(({ request, printed }): JsonObject[] => {
            const asked = parseJson(request);
            return printed !== undefined && isJsonObject(asked) ? [asked, { return: printed }] : [];
          });
          const { emulator, machine } = await createStandIn({ schema, replies });
          let sent: string[] = [];
          const connection = emulator.qmp.connect((line) => sent.push(line));
          connection.receive(Buffer.from('{"execute": "qmp_capabilities"}'));
          for (const { request, printed } of requests) {
            sent = [];
            connection.receive(Buffer.from(request));
            if (printed === undefined) continue;
            const reply = sent
              .map((line) => parseJson(line))
              .find((line) => isJsonObject(line) && "return" in line);
            const said = isJsonObject(reply) ? reply["return"] : undefined;
            if (
              typeof said !== "string" ||
              said.replaceAll("\r\n", "\n") !== printed.replaceAll("\r\n", "\n")
            )
              wrong.push(`${session.name}: ${request}`);
          }
          machine.close();
        }
        expect(wrong).toEqual([]);
      },
      120_000,
    );
  },
);
