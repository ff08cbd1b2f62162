import type { Feature, Schema, Type } from "../qapi/schema/model.js";
import type { SchemaView, ViewedType } from "./path/schema-view.js";

/** A compiled or introspected schema as paths see it. */
export function modelView({ definitions }: Schema): SchemaView<Type> {
  const known = new Map<Type, ViewedType<Type>>();
  return {
    entry: (name) => {
      const found = definitions.get(name);
      if (found?.kind !== "command" && found?.kind !== "event") return undefined;
      return {
        kind: found.kind,
        features: namesOf(found.features),
        arguments: found.arguments,
        returns: found.kind === "command" ? found.returns : undefined,
      };
    },
    type: (type) => {
      const viewed = known.get(type) ?? viewType(type);
      known.set(type, viewed);
      return viewed;
    },
  };
}

function namesOf(features: readonly Feature[]): readonly string[] {
  return features.map(({ name }) => name);
}

function viewType(type: Type): ViewedType<Type> {
  switch (type.kind) {
    case "builtin":
      return { kind: "builtin", json: type.json };
    case "array":
      return { kind: "array", element: type.element };
    case "alternate":
      return {
        kind: "alternate",
        features: namesOf(type.features),
        alternatives: type.alternatives.map((each) => each.type),
      };
    case "enum":
      return {
        kind: "enum",
        features: namesOf(type.features),
        values: new Map(type.members.map(({ name, features }) => [name, namesOf(features)])),
      };
    case "object":
      return {
        kind: "object",
        features: namesOf(type.features),
        members: new Map(
          type.members.map(({ name, type: of, optional, features }) => [
            name,
            { type: of, optional, features: namesOf(features) },
          ]),
        ),
        branches: new Map(type.variants?.branches.map(({ name, type: of }) => [name, of])),
      };
  }
}
