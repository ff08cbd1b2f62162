import type { Schema } from "../qapi/schema/model.js";
import type { CommandVisit, EventVisit } from "../visitor/qapi.js";
import { namesOf, SchemaVisits } from "./schema-visits.js";

/** What a generated library exports as `qapi`, by any name: no object's own members are among them. */
export interface LiveQapi {
  readonly commands: Readonly<Record<string, CommandVisit>>;
  readonly events: Readonly<Record<string, EventVisit>>;
}

/** A schema that was read at run time, as a generated library would export it. */
export function liveQapi(schema: Schema): LiveQapi {
  const visits = new SchemaVisits();
  const commands: [string, CommandVisit][] = [];
  const events: [string, EventVisit][] = [];
  for (const definition of schema.definitions.values()) {
    if (definition.kind === "command") {
      commands.push([
        definition.name,
        {
          ...(definition.arguments && { arguments: visits.objectOf(definition.arguments) }),
          ...(definition.returns && { returns: visits.visitOf(definition.returns) }),
          ...(definition.allowOob && { allowOob: true }),
          ...(definition.allowPreconfig && { allowPreconfig: true }),
          ...(!definition.gen && { gen: false }),
          ...(!definition.successResponse && { successResponse: false }),
          features: namesOf(definition.features),
        },
      ]);
    } else if (definition.kind === "event") {
      events.push([
        definition.name,
        {
          ...(definition.arguments && { data: visits.objectOf(definition.arguments) }),
          features: namesOf(definition.features),
        },
      ]);
    }
  }
  return { commands: table(commands), events: table(events) };
}

/** Names of any kind, `__proto__` included. */
function table<Value>(entries: readonly [string, Value][]): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, Object.fromEntries(entries));
}
