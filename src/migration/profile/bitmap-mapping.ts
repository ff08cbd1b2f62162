import type { BitmapMigrationNodeAlias } from "../../../generated/qapi/index.js";

const MAX_NODE_NAME_BYTES = 31;
const MAX_ALIAS_BYTES = 255;
const MAX_BITMAP_NAME_BYTES = 1023;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** What is wrong with a block bitmap mapping, in QEMU's words: names first, then aliases, must be unique. */
export function checkBitmapMapping(nodes: readonly BitmapMigrationNodeAlias[]): string | undefined {
  return checkNodes(nodes, byName) ?? checkNodes(nodes, byAlias);
}

/** One of the two directions in which a mapping is read, and what it says of a second use. */
interface Direction {
  node(node: BitmapMigrationNodeAlias): string;
  nodeTwice(key: string): string;
  bitmap(bitmap: { readonly name: string; readonly alias: string }): string;
  bitmapTwice(node: string, key: string): string;
}

const byName: Direction = {
  node: (node) => node["node-name"],
  nodeTwice: (key) => `The node name '${key}' is mapped twice`,
  bitmap: ({ name }) => name,
  bitmapTwice: (node, key) => `The bitmap '${node}'/'${key}' is mapped twice`,
};

const byAlias: Direction = {
  node: ({ alias }) => alias,
  nodeTwice: (key) => `The node alias '${key}' is used twice`,
  bitmap: ({ alias }) => alias,
  bitmapTwice: (node, key) => `The bitmap alias '${node}'/'${key}' is used twice`,
};

function checkNodes(nodes: readonly BitmapMigrationNodeAlias[], direction: Direction): string | undefined {
  const seen = new Set<string>();
  for (const node of nodes) {
    const key = direction.node(node);
    const problem =
      nodeProblem(node) ?? (seen.has(key) ? direction.nodeTwice(key) : checkBitmaps(node, direction));
    if (problem !== undefined) return problem;
    seen.add(key);
  }
  return undefined;
}

function checkBitmaps(node: BitmapMigrationNodeAlias, direction: Direction): string | undefined {
  const seen = new Set<string>();
  for (const bitmap of node.bitmaps) {
    if (byteLength(bitmap.alias) > MAX_ALIAS_BYTES) {
      return `The bitmap alias '${bitmap.alias}' is longer than ${MAX_ALIAS_BYTES} bytes`;
    }
    if (byteLength(bitmap.name) > MAX_BITMAP_NAME_BYTES) {
      return `The bitmap name '${bitmap.name}' is longer than ${MAX_BITMAP_NAME_BYTES} bytes`;
    }
    const key = direction.bitmap(bitmap);
    if (seen.has(key)) return direction.bitmapTwice(direction.node(node), key);
    seen.add(key);
  }
  return undefined;
}

function nodeProblem({ alias, "node-name": name }: BitmapMigrationNodeAlias): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(alias)) return `The node alias '${alias}' is not well-formed`;
  if (byteLength(alias) > MAX_ALIAS_BYTES)
    return `The node alias '${alias}' is longer than ${MAX_ALIAS_BYTES} bytes`;
  if (byteLength(name) > MAX_NODE_NAME_BYTES)
    return `The node name '${name}' is longer than ${MAX_NODE_NAME_BYTES} bytes`;
  return undefined;
}
