import { type EffectOverride, localChange, type LocalChange, type Placed } from "./pair-node.js";

const quiet: EffectOverride = { wire: "ok", code: "ok", why: "it tells that something works now" };
const promised: EffectOverride = { wire: "ok", code: "ok", why: "it is promised to stay now" };
const clock: EffectOverride = {
  wire: "note",
  code: "note",
  why: "it may go after two releases",
};

/** What a thing's features have gained and lost. `step` leads to the thing. */
export function compareFeatures(step: string, old: Placed, next: Placed): LocalChange[] {
  const before = new Map(old.features?.map((feature) => [feature.name, feature]));
  const after = new Map(next.features?.map((feature) => [feature.name, feature]));
  const change = (id: LocalChange["id"], name: string, effect: EffectOverride): LocalChange =>
    localChange(id, old, next, {
      step: `${step}/$${name}`,
      detail: name,
      in: effect,
      out: effect,
      removal: id === "feature-lost",
      oldSpan: before.get(name)?.span,
      newSpan: after.get(name)?.span,
      fields: { feature: name },
    });
  const gained = [...after.keys()].filter((name) => !before.has(name));
  const lost = [...before.keys()].filter((name) => !after.has(name));
  return [
    ...gained.map((name) => {
      const effect = name === "deprecated" ? clock : name === "unstable" ? {} : quiet;
      return change("feature-gained", name, effect);
    }),
    ...lost.map((name) =>
      change("feature-lost", name, name === "deprecated" || name === "unstable" ? promised : {}),
    ),
  ];
}
