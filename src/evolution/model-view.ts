import type { Feature, Schema, Type } from "../qapi/schema/model.js";
import { isEntry } from "../qapi/schema/used-types.js";
import { locate } from "./path/locate.js";
import { parsePathQuery } from "./path/path-query.js";
import type { SchemaView, ViewedType } from "./path/schema-view.js";

/** A compiled or introspected schema as paths see it. */
export function modelView({ definitions }: Schema): SchemaView<Type> {
  const known = new Map<Type, ViewedType<Type>>();
  return {
    entry: (name) => {
      const found = definitions.get(name);
      if (found === undefined || !isEntry(found)) return undefined;
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
  const features = namesOf(type.features);
  switch (type.kind) {
    case "builtin":
      return { features, json: type.json };
    case "array":
      return { features, json: "array", element: type.element };
    case "alternate":
      return { features, alternatives: type.alternatives.map((each) => each.type) };
    case "enum": {
      const values = type.members.map((value) => [value.name, namesOf(value.features)] as const);
      return { features, json: "string", values: new Map(values) };
    }
    case "object":
      return {
        features,
        json: "object",
        members: new Map(
          type.members.map(({ name, type: of, optional, features: marks }) => [
            name,
            { type: of, optional, features: namesOf(marks) },
          ]),
        ),
        branches: new Map(type.variants?.branches.map(({ name, type: of }) => [name, of])),
      };
  }
}

/**
 * Whether a schema has what a path asks for, `migrate/arg-type/channels`, by the rules of libvirt's
 * queries. Whatever stands under a condition counts as there.
 * @throws {PathQueryError} for what is no path
 */
export function holds(schema: Schema, query: string): boolean {
  return locate(modelView(schema), parsePathQuery(query)) !== undefined;
}
