/** A schema as something to tinker with: definitions as plain trees, doc comments as lines. */
import { Problems } from "../../../src/diagnostic/problems.js";
import type { Value } from "../../../src/qapi/ast/expression.js";
import { loadSchema } from "../../../src/qapi/load/load-schema.js";
import { nodeHost } from "../../../src/qapi/load/node-host.js";

/** An object keeps its pairs in a list, so that keys can be there twice. */
export interface Tree {
  pairs: [string, Node][];
}
export type Node = string | boolean | Node[] | Tree;

export interface Block {
  doc: string[];
  expression: Tree;
}

export const isTree = (node: Node): node is Tree => typeof node === "object" && !Array.isArray(node);

/** The definitions of a schema file and all that it includes. */
export function readBlocks(path: string): Block[] {
  const { items } = loadSchema(path, nodeHost, new Problems("lenient"));
  return items.flatMap((item) => {
    if (item.kind === "include") return [];
    const { value, doc } = item;
    const text = doc ? doc.span.file.text.slice(doc.span.start, doc.span.end) : "";
    const expression = toNode(value);
    return isTree(expression) ? [{ doc: text === "" ? [] : text.trimEnd().split("\n"), expression }] : [];
  });
}

function toNode(value: Value): Node {
  switch (value.kind) {
    case "string":
    case "boolean":
      return value.value;
    case "list":
      return value.items.map(toNode);
    case "object":
      return { pairs: [...value.members.values()].map(({ key, value: inner }) => [key, toNode(inner)]) };
  }
}

export const copyBlock = ({ doc, expression }: Block): Block => ({
  doc: [...doc],
  expression: structuredClone(expression),
});

/** The name that a definition gives. */
export function nameOf({ expression }: Block): string {
  const [first] = expression.pairs;
  return typeof first?.[1] === "string" ? first[1] : "";
}

/** Every string in a tree, keys included. */
export function stringsIn(node: Node): string[] {
  if (typeof node === "string") return [node];
  if (typeof node === "boolean") return [];
  if (Array.isArray(node)) return node.flatMap(stringsIn);
  return node.pairs.flatMap(([key, value]) => [key, ...stringsIn(value)]);
}

/** A definition and all that it needs, or undefined where that is more than `limit` definitions. */
export function closure(
  start: Block,
  byName: ReadonlyMap<string, Block>,
  limit: number,
): Block[] | undefined {
  const found = new Set([start]);
  for (const block of found) {
    for (const name of stringsIn(block.expression)) {
      const needed = byName.get(name);
      if (needed) found.add(needed);
    }
    if (found.size > limit) return undefined;
  }
  return [...found].reverse();
}

export function printNode(node: Node): string {
  if (typeof node === "string") return `'${node.replaceAll("\\", "\\\\")}'`;
  if (typeof node === "boolean") return String(node);
  if (Array.isArray(node)) return `[ ${node.map(printNode).join(", ")} ]`;
  return `{ ${node.pairs.map(([key, value]) => `'${key}': ${printNode(value)}`).join(", ")} }`;
}

export function printBlock({ doc, expression }: Block): string {
  return [...doc, printNode(expression)].join("\n");
}
