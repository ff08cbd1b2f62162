import type { Feature } from "../../qapi/schema/model.js";
import type { EffectOverride, LocalChange, Pledge } from "./pair-node.js";

/** How far what has these features is promised to stay. */
export function pledgeOf(features: readonly Feature[]): Pledge {
  if (features.some(({ name }) => name === "unstable")) return "unstable";
  return features.some(({ name }) => name === "deprecated") ? "deprecated" : "firm";
}

const quiet: EffectOverride = { wire: "ok", code: "ok", why: "it tells that something works now" };
const promised: EffectOverride = { wire: "ok", code: "ok", why: "it is promised to stay now" };
const clock: EffectOverride = {
  wire: "note",
  code: "note",
  why: "it may go after two releases",
};

/** What a thing's features have gained and lost. `step` leads to the thing. */
export function compareFeatures(
  step: string,
  old: { readonly features: readonly Feature[] },
  next: { readonly features: readonly Feature[] },
): LocalChange[] {
  const before = new Map(old.features.map((feature) => [feature.name, feature]));
  const after = new Map(next.features.map((feature) => [feature.name, feature]));
  const change = (id: LocalChange["id"], name: string, effect: EffectOverride): LocalChange => ({
    id,
    step: `${step}/$${name}`,
    old,
    next,
    detail: name,
    in: effect,
    out: effect,
    pledge: pledgeOf(old.features),
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
