import type { Flow } from "../level.js";
import type { PairNode, Pledge, Root } from "./pair-node.js";

/** A command or event by which a pair is reached, and the shortest way there. */
export interface Reach extends DeepPath {
  readonly root: Root;
  /** The firmest pledge among the ways there. */
  readonly pledge: Pledge;
}

const order: readonly Pledge[] = ["firm", "deprecated", "unstable"];

export function weaker(a: Pledge, b: Pledge): Pledge {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

function firmer(a: Pledge, b: Pledge): Pledge {
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

/** A path, and how many types it goes through. */
export interface DeepPath {
  readonly path: string;
  readonly depth: number;
}

/** Orders paths: the shorter first, then as the alphabet has them. */
export function comparePaths(a: DeepPath, b: DeepPath): number {
  return a.depth - b.depth || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

export function flowsOf({ flow }: Root): readonly Flow[] {
  return flow === "both" ? ["in", "out"] : [flow];
}

/** Every command and event by which a pair is reached, by searching backwards from it. */
export function reachOf(node: PairNode): readonly Reach[] {
  const ends = new Map<PairNode, DeepPath & { readonly pledge: Pledge }>([
    [node, { path: "", depth: 0, pledge: "firm" }],
  ]);
  let wave = new Set([node]);
  while (wave.size > 0) {
    const following = new Set<PairNode>();
    for (const to of wave) {
      const end = ends.get(to);
      if (end === undefined) continue;
      for (const { from, step, depth, pledge } of to.parents) {
        const longer = { path: step + end.path, depth: depth + end.depth };
        const joined = weaker(end.pledge, pledge);
        const known = ends.get(from);
        const nearer = known === undefined || comparePaths(longer, known) < 0 ? longer : known;
        const kept = known === undefined ? joined : firmer(known.pledge, joined);
        if (known?.path === nearer.path && known.depth === nearer.depth && known.pledge === kept) continue;
        ends.set(from, { path: nearer.path, depth: nearer.depth, pledge: kept });
        following.add(from);
      }
    }
    wave = following;
  }
  return [...ends].flatMap(([{ root }, { path, depth, pledge }]) =>
    root === undefined ? [] : [{ root, path: root.path + path, depth, pledge: weaker(root.pledge, pledge) }],
  );
}
