import { Conversation } from "../../conformance/conversation.js";
import { SchemaChecker } from "../../conformance/schema-checker.js";
import { JsonError, parseJson } from "../../json/index.js";
import { indentation } from "../../qapi/parse/python-text.js";
import type { Definition, Schema } from "../../qapi/schema/model.js";
import { reachedFrom } from "../../qapi/schema/used-types.js";
import { madeOnce } from "../../util/made-once.js";
import { lineSpan, type DocLine } from "../doc-lines.js";
import type { LintMemory } from "../lint-memory.js";
import type { LintProblem, LintRule } from "../rule.js";

/** The lines of a message of an example, its arrow off. */
interface Message {
  readonly lines: DocLine[];
  text: string;
}

const DIRECTIVE = /^( *)\.\. qmp-example::/;
const ARROW = /^\s*(?:->|<-)\s*/;
/** What stands for something left out: such a message cannot be judged. */
const ELISION = /^\s*\.\.\.\s*$|\.\.\.(?=\s*[,}\]]|\s*$)/m;

/** The examples of a comment, each a list of messages. An annotated one has prose in between. */
function examplesIn(lines: readonly DocLine[]): Message[][] {
  const examples: Message[][] = [];
  let example: Message[] | undefined;
  let depth = 0;
  let isOpen = false;
  for (const line of lines) {
    const { text } = line;
    const indent = text === "" ? undefined : indentation(text);
    if (DIRECTIVE.test(text)) {
      example = [];
      examples.push(example);
      depth = indent ?? 0;
    } else if (indent !== undefined && indent <= depth) {
      example = undefined;
    } else if (example !== undefined && indent !== undefined) {
      const last = example.at(-1);
      if (ARROW.test(text)) example.push({ lines: [line], text: text.replace(ARROW, "") });
      else if (isOpen && last !== undefined) {
        last.lines.push(line);
        last.text += `\n${text}`;
      }
    }
    isOpen = indent !== undefined && example !== undefined && example.length > 0;
  }
  return examples;
}

const invalid: LintRule = {
  id: "doc-example-invalid",
  level: "error",
  proposed: "error",
  reason: "An example that QEMU would refuse, or would never answer so, teaches its reader a mistake.",
  bad: "##\n# @c:\n#\n# @a: one\n#\n# Since: 1.0\n#\n# .. qmp-example::\n#\n#     -> { \"execute\": \"c\", \"arguments\": { \"b\": 1 } }\n#     <- { \"return\": {} }\n##\n{ 'command': 'c', 'data': { 'a': 'int' } }\n",
  good: "##\n# @c:\n#\n# @a: one\n#\n# Since: 1.0\n#\n# .. qmp-example::\n#\n#     -> { \"execute\": \"c\", \"arguments\": { \"a\": 1 } }\n#     <- { \"return\": {} }\n##\n{ 'command': 'c', 'data': { 'a': 'int' } }\n",
  isCostly: true,
  *check({ documented, schema, memory }): Generator<LintProblem> {
    for (const { definition, lines } of documented) {
      for (const example of examplesIn(lines)) {
        const texts = example.map(({ lines: [first], text }) => `${first?.text ?? ""}\n${text}`);
        const key = ["example", codeBehind(texts, schema, memory), ...texts].join("\0");
        const problems = memory.recall(key, () => judgeAll(example, schema));
        for (const [index, message] of problems.entries()) {
          const [first] = example[index]?.lines ?? [];
          if (first !== undefined && message !== undefined)
            yield { definition, at: lineSpan(first), message };
        }
      }
    }
  },
};

/** What is wrong with each message of an example, if anything is. */
function judgeAll(example: readonly Message[], schema: Schema): (string | undefined)[] {
  const conversation = new Conversation(checkerOf(schema));
  let isReadable = true;
  return example.map(({ lines: [first], text }) => {
    // What answers a message that cannot be read cannot be judged.
    const isAnswer = !isReadable && first?.text.trimStart().startsWith("<-") === true;
    isReadable = true;
    if (first === undefined || isAnswer || ELISION.test(text)) return undefined;
    const { problem, isJson } = judge(text, conversation);
    isReadable = isJson;
    return problem;
  });
}

const checkerOf = madeOnce((schema: Schema) => new SchemaChecker(schema));

/** What stands for the code that decides about an example: of the commands and events in it and their types. */
function codeBehind(texts: readonly string[], schema: Schema, memory: LintMemory): string {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [, name = ""] of text.matchAll(/"(?:execute|exec-oob|event)"\s*:\s*"([^"]*)"/g))
      names.add(name);
  }
  const open: Definition[] = [];
  for (const name of names) {
    const definition = schema.definitions.get(name);
    // A name that is unknown is answered with one that is not.
    if (definition === undefined) return [...schema.definitions.keys()].join(" ");
    open.push(definition);
  }
  return [...reachedFrom(open)].map((each) => memory.numberOf(codeOf(each))).join(" ");
}

/** A definition as it is written, its comment aside. */
function codeOf({ name, span }: Definition): string {
  return span === undefined ? name : span.file.text.slice(span.start, span.end);
}

/** One sentence a message: its first problem stands for all. */
function judge(text: string, conversation: Conversation): { problem: string | undefined; isJson: boolean } {
  try {
    const [first, ...more] = conversation.next(parseJson(text));
    if (first === undefined) return { problem: undefined, isJson: true };
    const others = more.length === 0 ? "" : `, and ${more.length} more`;
    const problem =
      first.pointer === ""
        ? `the example ${first.message}`
        : `the message does not fit the schema: ${first.pointer} ${first.message}`;
    return { problem: problem + others, isJson: true };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { problem: `the message is not JSON: ${error.problem}`, isJson: false };
  }
}

export const exampleRules: readonly LintRule[] = [invalid];
