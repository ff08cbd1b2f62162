/** Ways in which a schema goes wrong, or turns into another one that is right. */
import { type Block, copyBlock, isTree, nameOf, type Node, stringsIn, type Tree } from "./draft-schema.js";
import type { Random } from "./random.js";

type Mutation = (random: Random, blocks: Block[]) => void;

const words = [
  "str int number bool any null size uint8 int64 QType q_empty intList QTypeList q_obj_x-arg",
  "u has-x has_x x-a X-a a_b a-b A Ab aB A_B AB FooList 0 1a 1_a 9 on off -1 + .5 *a * q_a q-a Q_A type kind",
  "deprecated unstable feat __com.redhat_drive-add __org.a_B __ab_ x- __x enum struct union alternate command event",
  "data base discriminator if features boxed gen success-response allow-oob allow-preconfig coroutine prefix returns name",
  "include pragma CONFIG_A IFCOND lower 1X A1 all any not",
]
  .join(" ")
  .split(" ")
  .concat("");

const conditions: readonly Node[] = [
  "CONFIG_A",
  "lower",
  "",
  true,
  [],
  { pairs: [] },
  { pairs: [["all", ["A", "B"]]] },
  { pairs: [["any", []]] },
  { pairs: [["any", ["A", { pairs: [["not", "B"]] }]]] },
  { pairs: [["not", "A"]] },
  { pairs: [["not", ["A"]]] },
  { pairs: [["all", "A"]] },
  { pairs: [["nand", ["A"]]] },
  {
    pairs: [
      ["not", "A"],
      ["all", ["B"]],
    ],
  },
];

const features: readonly Node[] = [
  ["feat"],
  ["deprecated"],
  ["unstable", "feat"],
  ["a-b", "a-b"],
  [],
  "feat",
  [{ pairs: [["name", "feat"]] }],
  [
    {
      pairs: [
        ["name", "feat"],
        ["if", "CONFIG_A"],
      ],
    },
  ],
  [{ pairs: [["if", "CONFIG_A"]] }],
  [true],
  [["feat"]],
  ["Feat"],
  [{ pairs: [["name", true]] }],
];

const flags = ["boxed", "gen", "success-response", "allow-oob", "allow-preconfig", "coroutine"];

/** The trees and lists in a definition, with the places of what they hold. */
function containers(node: Node): (Tree | Node[])[] {
  if (typeof node !== "object") return [];
  const inner = Array.isArray(node) ? node : node.pairs.map(([, value]) => value);
  return [node, ...inner.flatMap(containers)];
}

function trees(block: Block): Tree[] {
  return containers(block.expression).filter((each) => isTree(each));
}

/** Replaces one value somewhere in a definition. */
function replaceValue(random: Random, block: Block, change: (old: Node) => Node): void {
  const full = containers(block.expression).filter((each) => (isTree(each) ? each.pairs : each).length > 0);
  if (full.length === 0) return;
  const container = random.pick(full);
  if (Array.isArray(container)) {
    const at = random.below(container.length);
    container[at] = change(container[at]!);
  } else {
    const pair = random.pick(container.pairs);
    pair[1] = change(pair[1]);
  }
}

function someNode(random: Random, blocks: readonly Block[]): Node {
  const name = () => someWord(random, blocks);
  return random.pick<() => Node>([
    () => name(),
    () => name(),
    () => true,
    () => false,
    () => [],
    () => [name()],
    () => [name(), name()],
    () => ({ pairs: [] }),
    () => ({ pairs: [["type", name()]] }),
    () => ({ pairs: [[name(), name()]] }),
    () => ({
      pairs: [
        ["type", name()],
        ["if", structuredClone(random.pick(conditions))],
      ],
    }),
    () => ({
      pairs: [
        ["type", name()],
        ["features", structuredClone(random.pick(features))],
      ],
    }),
  ])();
}

function someWord(random: Random, blocks: readonly Block[]): string {
  const choice = random.below(4);
  if (choice === 0) return random.pick(words);
  const block = random.pick(blocks);
  if (choice === 1) return nameOf(block);
  if (choice === 2 && random.chance(0.2)) return `q_obj_${nameOf(block)}-${random.pick(["arg", "base"])}`;
  return random.pick([...stringsIn(block.expression), ""]);
}

function bend(random: Random, word: string): string {
  return random.pick<() => string>([
    () => word.toUpperCase(),
    () => word.toLowerCase(),
    () => word.charAt(0).toUpperCase() + word.slice(1),
    () => word.replaceAll("-", "_"),
    () => word.replaceAll("_", "-"),
    () => `*${word}`,
    () => word.replace("*", ""),
    () => `${word}List`,
    () => `x-${word}`,
    () => `__com.example_${word}`,
    () => `has-${word}`,
    () => `q_${word}`,
    () => word.slice(1),
    () => word.slice(0, -1),
    () => `${word}2`,
  ])();
}

const mutations: readonly Mutation[] = [
  function replaceAnything(random, blocks) {
    replaceValue(random, random.pick(blocks), () => someNode(random, blocks));
  },
  function replaceString(random, blocks) {
    replaceValue(random, random.pick(blocks), (old) =>
      typeof old === "string" ? someWord(random, blocks) : old,
    );
  },
  function bendString(random, blocks) {
    replaceValue(random, random.pick(blocks), (old) => (typeof old === "string" ? bend(random, old) : old));
  },
  function bendKey(random, blocks) {
    const { pairs } = random.pick(trees(random.pick(blocks)));
    if (pairs.length === 0) return;
    const pair = random.pick(pairs);
    pair[0] = random.chance(0.6) ? bend(random, pair[0]) : someWord(random, blocks);
  },
  function renameEverywhere(random, blocks) {
    const from = someWord(random, blocks);
    const to = random.chance(0.5) ? someWord(random, blocks) : bend(random, from);
    const rename = (node: Node): Node => {
      if (typeof node === "string") return node === from ? to : node;
      if (typeof node === "boolean") return node;
      if (Array.isArray(node)) return node.map(rename);
      return { pairs: node.pairs.map(([key, value]) => [key === from ? to : key, rename(value)]) };
    };
    for (const block of blocks) {
      block.expression = rename(block.expression) as Tree;
      block.doc = block.doc.map((line) => line.replace(`@${from}:`, `@${to}:`));
    }
  },
  function dropPair(random, blocks) {
    const { pairs } = random.pick(trees(random.pick(blocks)));
    pairs.splice(random.below(pairs.length + 1), 1);
  },
  function addPair(random, blocks) {
    const { pairs } = random.pick(trees(random.pick(blocks)));
    pairs.splice(random.below(pairs.length + 1), 0, [someWord(random, blocks), someNode(random, blocks)]);
  },
  function movePair(random, blocks) {
    const from = random.pick(trees(random.pick(blocks))).pairs;
    const to = random.pick(trees(random.pick(blocks))).pairs;
    const [pair] = random.chance(0.5)
      ? from.splice(random.below(from.length), 1)
      : structuredClone(from.slice(0, 1));
    if (pair) to.splice(random.below(to.length + 1), 0, pair);
  },
  function shufflePairs(random, blocks) {
    const { pairs } = random.pick(trees(random.pick(blocks)));
    const [pair] = pairs.splice(random.below(pairs.length), 1);
    if (pair) pairs.splice(random.below(pairs.length + 1), 0, pair);
  },
  function duplicateItem(random, blocks) {
    const lists = containers(random.pick(blocks).expression).filter((each) => Array.isArray(each));
    if (lists.length === 0) return;
    const list = random.pick(lists);
    if (list.length > 0) list.push(structuredClone(random.pick(list)));
  },
  function addIf(random, blocks) {
    setKey(random.pick(trees(random.pick(blocks))), "if", random.pick(conditions));
  },
  function addIfOnTop(random, blocks) {
    setKey(random.pick(blocks).expression, "if", random.pick(conditions));
  },
  function addFeatures(random, blocks) {
    setKey(random.pick(trees(random.pick(blocks))), "features", random.pick(features));
  },
  function addFeaturesOnTop(random, blocks) {
    const block = random.pick(blocks);
    setKey(block.expression, "features", random.pick(features));
    if (random.chance(0.6)) block.doc = [];
  },
  function addFlag(random, blocks) {
    const values: readonly Node[] = [true, false, true, false, "", "x", [], { pairs: [] }];
    setKey(random.pick(blocks).expression, random.pick(flags), random.pick(values));
  },
  function lengthen(random, blocks) {
    const extra: [string, Node][] = random.chance(0.5)
      ? [["if", structuredClone(random.pick(conditions))]]
      : [];
    replaceValue(random, random.pick(blocks), (old) => ({ pairs: [["type", old], ...extra] }));
  },
  function lengthenValue(random, blocks) {
    const extra: [string, Node][] = random.chance(0.7)
      ? [
          random.chance(0.5)
            ? ["if", structuredClone(random.pick(conditions))]
            : ["features", structuredClone(random.pick(features))],
        ]
      : [];
    replaceValue(random, random.pick(blocks), (old) => ({ pairs: [["name", old], ...extra] }));
  },
  function makeOptional(random, blocks) {
    const { pairs } = random.pick(trees(random.pick(blocks)));
    if (pairs.length === 0) return;
    const pair = random.pick(pairs);
    pair[0] = pair[0].startsWith("*") ? pair[0].slice(1) : `*${pair[0]}`;
  },
  function changeKind(random, blocks) {
    const pair = random.pick(blocks).expression.pairs[0];
    if (pair)
      pair[0] = random.pick([
        "enum",
        "struct",
        "union",
        "alternate",
        "command",
        "event",
        "include",
        "pragma",
      ]);
  },
  function changeBase(random, blocks) {
    setKey(random.pick(blocks).expression, "base", someNode(random, blocks));
  },
  function nameArguments(random, blocks) {
    const { expression } = random.pick(blocks);
    setKey(expression, "data", someWord(random, blocks));
    if (random.chance(0.4)) setKey(expression, "boxed", true);
  },
  function dropDefinition(random, blocks) {
    if (blocks.length > 1) blocks.splice(random.below(blocks.length), 1);
  },
  function repeatDefinition(random, blocks) {
    blocks.splice(random.below(blocks.length + 1), 0, copyBlock(random.pick(blocks)));
  },
  function moveDefinition(random, blocks) {
    const [block] = blocks.splice(random.below(blocks.length), 1);
    if (block) blocks.splice(random.below(blocks.length + 1), 0, block);
  },
  function nestUnion(random, blocks) {
    const unions = blocks.filter(({ expression }) => expression.pairs[0]?.[0] === "union");
    if (unions.length === 0) return;
    const branches = random.pick(unions).expression.pairs.find(([key]) => key === "data")?.[1];
    if (branches && isTree(branches) && branches.pairs.length > 0) {
      random.pick(branches.pairs)[1] = nameOf(random.pick(unions));
    }
  },
  function addUnion(random, blocks) {
    const branches = ["a", "b", "c"].slice(0, 1 + random.below(3));
    const tag = random.chance(0.8) ? "kind" : someWord(random, blocks);
    blocks.push(
      {
        doc: [],
        expression: {
          pairs: [
            ["enum", "Kinds"],
            ["data", ["a", "b", "c"]],
          ],
        },
      },
      {
        doc: [],
        expression: {
          pairs: [
            ["union", random.chance(0.7) ? "Extra" : someWord(random, blocks)],
            [
              "base",
              random.chance(0.7)
                ? {
                    pairs: [
                      [tag, "Kinds"],
                      ["x", "int"],
                    ],
                  }
                : someWord(random, blocks),
            ],
            ["discriminator", random.chance(0.8) ? tag : someWord(random, blocks)],
            ["data", { pairs: branches.map((branch) => [branch, someWord(random, blocks)]) }],
          ],
        },
      },
    );
  },
  function useUnion(random, blocks) {
    const unions = blocks.filter(({ expression }) => expression.pairs[0]?.[0] === "union");
    if (unions.length === 0) return;
    const pairs: [string, Node][] = [
      [random.pick(["command", "event", "struct"]), random.pick(["use", "USE", "Use"])],
      [random.pick(["data", "data", "base"]), nameOf(random.pick(unions))],
    ];
    if (random.chance(0.5)) pairs.push(["boxed", true]);
    if (pairs[0]?.[0] === "struct") pairs.push(["data", { pairs: [] }]);
    blocks.push({ doc: [], expression: { pairs } });
  },
  function misspellBranch(random, blocks) {
    const unions = blocks.filter(({ expression }) => expression.pairs[0]?.[0] === "union");
    if (unions.length === 0) return;
    const branches = random.pick(unions).expression.pairs.find(([key]) => key === "data")?.[1];
    if (!branches || !isTree(branches) || branches.pairs.length === 0) return;
    const branch = random.pick(branches.pairs);
    if (random.chance(0.5)) branch[0] = bend(random, branch[0]);
    else branch[1] = random.pick(["str", "Kinds", nameOf(random.pick(blocks)), "q_empty"]);
  },
  function clashWithBase(random, blocks) {
    const members = trees(random.pick(blocks)).flatMap(({ pairs }) => pairs);
    const { pairs } = random.pick(trees(random.pick(blocks)));
    if (members.length === 0) return;
    const [key, value] = random.pick(members);
    pairs.push([random.chance(0.5) ? key : key.replaceAll("-", "_"), structuredClone(value)]);
  },
  function addAlternate(random, blocks) {
    const types = ["str", "int", "bool", "null", "number", "any", "Switch", "Numbers", "Extra"];
    const branches = ["a", "b", "c", "a-b", "a_b"].slice(random.below(3));
    blocks.push(
      {
        doc: [],
        expression: {
          pairs: [
            ["enum", "Switch"],
            ["data", ["on", "x"]],
          ],
        },
      },
      {
        doc: [],
        expression: {
          pairs: [
            ["enum", "Numbers"],
            ["data", ["1", "2x"]],
          ],
        },
      },
      {
        doc: [],
        expression: {
          pairs: [
            ["alternate", "Extra"],
            [
              "data",
              {
                pairs: branches.map((branch) => {
                  const type = random.chance(0.7) ? random.pick(types) : someWord(random, blocks);
                  return [branch, random.chance(0.2) ? [type] : type];
                }),
              },
            ],
          ],
        },
      },
    );
  },
  function addManyFeatures(random, blocks) {
    if (!random.chance(0.2)) return;
    const many = Array.from({ length: 60 + random.below(6) }, (_, index) => `f${index}`);
    blocks.push({
      doc: [],
      expression: {
        pairs: [
          ["command", "many"],
          ["features", many],
        ],
      },
    });
  },
  function dropDoc(random, blocks) {
    random.pick(blocks).doc = [];
  },
  function dropDocLine(random, blocks) {
    const { doc } = random.pick(blocks);
    doc.splice(random.below(doc.length), 1);
  },
  function changeDocSymbol(random, blocks) {
    const { doc } = random.pick(blocks);
    const at = doc.findIndex((line) => line.startsWith("# @"));
    if (at >= 0) doc[at] = `# @${someWord(random, blocks)}:`;
  },
  function bendDocMember(random, blocks) {
    const { doc } = random.pick(blocks);
    const members = [...doc.keys()].filter((at) => at > 1 && doc[at]!.startsWith("# @"));
    if (members.length === 0) return;
    const at = random.pick(members);
    doc[at] = doc[at]!.replace(/@[^:]*/, () => `@${someWord(random, blocks)}`);
  },
  function addDocLine(random, blocks) {
    const { doc } = random.pick(blocks);
    if (doc.length === 0) return;
    const line = random.pick([
      "# Returns: it",
      "# Errors: none",
      "# Since: 1.0",
      "# Features:",
      "#",
      "# TODO: x",
      "# text",
    ]);
    const member = `# @${someWord(random, blocks)}: it`;
    doc.splice(1 + random.below(doc.length - 1), 0, ...(random.chance(0.5) ? ["#", line, "#"] : [member]));
  },
  function repeatDocLine(random, blocks) {
    const { doc } = random.pick(blocks);
    if (doc.length > 0) doc.splice(random.below(doc.length), 0, random.pick(doc));
  },
  function documentDefinition(random, blocks) {
    const block = random.pick(blocks);
    block.doc = [
      "##",
      `# @${nameOf(block)}:`,
      "#",
      `# @${someWord(random, blocks)}: it`,
      "#",
      "# Since: 1.0",
      "##",
    ];
  },
  function setPragma(random, blocks) {
    const names = () => blocks.filter(() => random.chance(0.5)).map(nameOf);
    const setting = random.pick<() => [string, Node]>([
      () => ["doc-required", random.chance(0.7)],
      () => ["command-name-exceptions", names()],
      () => ["command-returns-exceptions", names()],
      () => ["documentation-exceptions", names()],
      () => ["member-name-exceptions", names()],
      () => [someWord(random, blocks), someNode(random, blocks)],
    ])();
    const expression: Tree = { pairs: [["pragma", { pairs: [setting] }]] };
    blocks.splice(random.below(blocks.length + 1), 0, { doc: [], expression });
  },
];

function setKey(tree: Tree, key: string, value: Node): void {
  const pair = tree.pairs.find(([each]) => each === key);
  const copy = structuredClone(value);
  if (pair) pair[1] = copy;
  else tree.pairs.push([key, copy]);
}

/** Changes some definitions in a few ways at random, in place. */
export function mutate(random: Random, blocks: Block[]): void {
  // Without doc comments more changes get past the first stages.
  if (random.chance(0.4)) for (const block of blocks) block.doc = [];
  for (let count = 1 + random.below(random.chance(0.2) ? 6 : 2); count > 0; count--) {
    if (blocks.length > 0) random.pick(mutations)(random, blocks);
  }
}

/** Changes a text a little: a character or a line goes, comes or moves. */
export function mutateText(random: Random, text: string): string {
  const at = random.below(text.length);
  const lines = text.split("\n");
  const line = random.below(lines.length);
  return random.pick<() => string>([
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + random.pick(Array.from("{}[]:,'#@ \n\t\\*-_aA0.é")) + text.slice(at),
    () => text.slice(0, at) + text.slice(at, at + 10) + text.slice(at),
    () => text.slice(0, at),
    () => lines.toSpliced(line, 1).join("\n"),
    () => lines.toSpliced(random.below(lines.length), 0, lines[line]!).join("\n"),
    () => lines.with(line, `${lines[line]!}  `).join("\n"),
    () => lines.with(line, `  ${lines[line]!}`).join("\n"),
    () => lines.with(line, lines[line]!.trimStart()).join("\n"),
    () => lines.with(line, lines[line]!.replace(/^#\s*/, "# ")).join("\n"),
    () => lines.toSpliced(line, 1, ...lines[line]!.split(" ")).join("\n"),
  ])();
}
