import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Conversation } from "../../src/conformance/conversation.js";
import { SchemaChecker } from "../../src/conformance/schema-checker.js";
import { parseJson, type JsonValue } from "../../src/json/index.js";
import { compileSchema } from "../../src/qapi/index.js";
import { corpus } from "../support/shared-data.js";

/** An example of a doc comment: its messages, one after the other. */
interface Example {
  readonly place: string;
  readonly messages: readonly string[];
}

/** Examples that do not fit the schema they document. The list may only shrink. */
const UNFIT: Readonly<Record<string, string>> = {
  "query-block #1": "older than members that are mandatory now; backing_file has a hyphen",
  "query-named-block-nodes #1": "older than members that are mandatory now; backing_file has a hyphen",
  "query-migrate #2": "older than statistics that are mandatory now",
  "query-migrate #4": "older than statistics that are mandatory now",
  "query-migrate #5": "older than statistics that are mandatory now",
  "migrate #1": "gives an offset as text",
  "query-dirty-rate #1": "shows what is returned without the message around it",
  "query-dirty-rate #2": "shows what is returned without the message around it",
  "set-vcpu-dirty-limit #1": "its command has a brace too many and is no JSON",
  "cancel-vcpu-dirty-limit #1": "its command has a brace too many and is no JSON",
  "dumpdtb #1": "its command has a brace too many and is no JSON",
  "trace-event-get-state #1": "shows a member that was removed",
  "query-cpus-fast #1": "older than a member that is mandatory now",
  "query-iothreads #1": "older than members that are mandatory now",
  "RTC_CHANGE #1": "older than a member that is mandatory now",
  "query-sev #1": "older than the tag that it became a union by",
  "query-sgx-capabilities #1": "misspells 'sections'",
  "query-pci #1": "lacks a mandatory member",
  "x-query-virtio-status #2": "misspells 'disable-legacy-check'",
};

const DIRECTIVE = /^( *)\.\. qmp-example::.*$/;

/** The `qmp-example` directives of a text: messages begin with an arrow and may go on over lines. */
function examplesIn(text: string, place: string): Example[] {
  const examples: string[][] = [];
  let messages: string[] | undefined;
  let depth = 0;
  let open = false;
  for (const line of text.split("\n")) {
    const directive = DIRECTIVE.exec(line);
    const indent = line.search(/\S/);
    if (directive) {
      messages = [];
      examples.push(messages);
      depth = indent;
    } else if (indent !== -1 && indent <= depth) {
      messages = undefined;
    } else if (messages !== undefined) {
      const arrow = /^\s*(?:->|<-)\s*(.*)$/.exec(line);
      if (arrow) messages.push(arrow[1] ?? "");
      else if (open && indent !== -1) messages.push(`${messages.pop() ?? ""}\n${line}`);
    }
    // An annotated example has prose between its messages, with a blank line before it.
    open = indent !== -1 && messages !== undefined && messages.length > 0;
  }
  return examples.map((messages, index) => ({ place: `${place} #${index + 1}`, messages }));
}

describe.skipIf(corpus === undefined)("the examples in QEMU's doc comments", () => {
  it.each(["qapi/qapi-schema.json", "qga/qapi-schema.json"])("of %s fit it", (path) => {
    const { schema } = compileSchema(join(corpus ?? "", "qemu-10.2.2", path));
    if (schema === undefined) throw new Error("it does not compile");
    const checker = new SchemaChecker(schema);
    const examples = schema.docs.flatMap((doc) =>
      doc.sections.flatMap((section) => examplesIn(section.text, doc.symbol ?? "free-form")),
    );
    const unfit = new Map<string, string[]>();
    let checked = 0;
    let incomplete = 0;
    for (const { place, messages } of examples) {
      const conversation = new Conversation(checker);
      for (const text of messages) {
        let message: JsonValue;
        try {
          message = parseJson(text);
        } catch {
          incomplete++;
          continue;
        }
        checked++;
        const problems = conversation.next(message).map((each) => `${each.pointer} ${each.message}`);
        if (problems.length > 0) unfit.set(place, [...(unfit.get(place) ?? []), ...problems]);
      }
    }
    process.stdout.write(`${path}: ${checked} messages checked, ${incomplete} are no complete JSON\n`);
    const unexpected = [...unfit].filter(([place]) => !Object.hasOwn(UNFIT, place));
    expect(Object.fromEntries(unexpected)).toEqual({});
    if (path === "qapi/qapi-schema.json") expect([...unfit.keys()].sort()).toEqual(Object.keys(UNFIT).sort());
  });
});
