import { copySchema } from "../qapi/schema/copy-schema.js";
import type { Command, Definition, Event, Schema } from "../qapi/schema/model.js";
import { isEntry, reachedFrom } from "../qapi/schema/used-types.js";
import { didYouMean } from "../util/did-you-mean.js";
import { escapeControls } from "../util/escape-controls.js";

/** The commands and events that are wanted; an absent list means none of that kind. */
interface Wanted {
  readonly commands?: readonly string[] | undefined;
  readonly events?: readonly string[] | undefined;
}

/** A command or event was asked for that the schema does not have. */
export class UnknownDefinitionError extends Error {
  override readonly name = "UnknownDefinitionError";
}

/**
 * The part of a schema that some commands and events need: themselves and the types they reach.
 *
 * @throws {UnknownDefinitionError}
 */
export function selectDefinitions(schema: Schema, { commands = [], events = [] }: Wanted): Schema {
  const wanted = [
    ...commands.map((name) => find(schema, "command", name)),
    ...events.map((name) => find(schema, "event", name)),
  ];
  return keepDefinitions(schema, reachedFrom(wanted));
}

/** A schema with some of its definitions only. */
function keepDefinitions(schema: Schema, kept: ReadonlySet<Definition>): Schema {
  const gone = [...schema.definitions.values()].filter((definition) => !kept.has(definition));
  const goneDocs = new Set(gone.map(({ doc }) => doc));
  return {
    modules: schema.modules.map(({ name, entities }) => ({
      name,
      entities: entities.filter((entity) => entity.kind === "include" || kept.has(entity)),
    })),
    definitions: new Map([...schema.definitions].filter(([, definition]) => kept.has(definition))),
    docs: schema.docs.filter((doc) => !goneDocs.has(doc)),
  };
}

function find(schema: Schema, kind: "command" | "event", name: string): Command | Event {
  const definition = schema.definitions.get(name);
  if (definition?.kind === kind) return definition;
  const names = [...schema.definitions.values()]
    .filter((each) => each.kind === kind)
    .map((each) => each.name);
  const shown = escapeControls(name);
  throw new UnknownDefinitionError(
    [`the schema has no ${kind} ${shown}`, ...didYouMean(name, names)].join("; "),
  );
}

/**
 * A schema without what is marked by one of some features (`deprecated`, `unstable`), and without the
 * types that only the commands and events among it needed.
 */
export function withoutFeatures(schema: Schema, marks: ReadonlySet<string>): Schema {
  const shown = copySchema(schema, {
    keeps: ({ features = [] }) => !features.some((feature) => marks.has(feature.name)),
    conditionOf: (condition) => condition,
  });
  const gone = [...schema.definitions.values()].filter(
    (definition) => isEntry(definition) && !shown.definitions.has(definition.name),
  );
  const suspects = new Set([...reachedFrom(gone)].map(({ name }) => name));
  const remaining: Definition[] = [...shown.definitions.values()];
  return keepDefinitions(
    shown,
    reachedFrom(remaining.filter(({ kind, name }) => kind === "builtin" || !suspects.has(name))),
  );
}
