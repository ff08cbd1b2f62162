import { Conversation } from "../../conformance/conversation.js";
import { SchemaChecker } from "../../conformance/schema-checker.js";
import { JsonError, parseJson } from "../../json/index.js";
import { lineSpan, type DocLine } from "../doc-lines.js";
import type { LintProblem, LintRule } from "../rule.js";

/** The lines of a message of an example, its arrow off. */
interface Message {
  readonly lines: DocLine[];
  text: string;
}

const directive = /^( *)\.\. qmp-example::/;
const arrow = /^\s*(?:->|<-)\s*/;
/** What stands for something left out: such a message cannot be judged. */
const elision = /^\s*\.\.\.\s*$|\.\.\.(?=\s*[,}\]]|\s*$)/m;

/** The examples of a comment, each a list of messages. An annotated one has prose in between. */
export function examplesIn(lines: readonly DocLine[]): Message[][] {
  const examples: Message[][] = [];
  let example: Message[] | undefined;
  let depth = 0;
  let isOpen = false;
  for (const line of lines) {
    const { text } = line;
    const indent = text === "" ? undefined : text.length - text.trimStart().length;
    if (directive.test(text)) {
      example = [];
      examples.push(example);
      depth = indent ?? 0;
    } else if (indent !== undefined && indent <= depth) {
      example = undefined;
    } else if (example !== undefined && indent !== undefined) {
      const last = example.at(-1);
      if (arrow.test(text)) example.push({ lines: [line], text: text.replace(arrow, "") });
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
  *check({ documented, schema }): Generator<LintProblem> {
    const checker = new SchemaChecker(schema);
    for (const { definition, lines } of documented) {
      for (const example of examplesIn(lines)) {
        const conversation = new Conversation(checker);
        let isReadable = true;
        for (const message of example) {
          const [first] = message.lines;
          // What answers a message that cannot be read cannot be judged.
          const isAnswer = !isReadable && first !== undefined && first.text.trimStart().startsWith("<-");
          isReadable = true;
          if (first === undefined || isAnswer || elision.test(message.text)) continue;
          const { problem, isJson } = judge(message.text, conversation);
          isReadable = isJson;
          if (problem !== undefined) yield { definition, at: lineSpan(first), message: problem };
        }
      }
    }
  },
};

/** One sentence a message: its first problem stands for all. */
function judge(text: string, conversation: Conversation): { problem: string | undefined; isJson: boolean } {
  try {
    const [first, ...more] = conversation.next(parseJson(text));
    if (first === undefined) return { problem: undefined, isJson: true };
    const others = more.length === 0 ? "" : `, and ${more.length} more`;
    const what = first.pointer === "" ? "it" : first.pointer;
    return {
      problem: `the message does not fit the schema: ${what} ${first.message}${others}`,
      isJson: true,
    };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { problem: `the message is not JSON: ${error.problem}`, isJson: false };
  }
}

export const exampleRules: readonly LintRule[] = [invalid];
