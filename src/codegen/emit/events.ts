import type { Event } from "../../qapi/schema/model.js";
import { definitionDocs } from "../docs/definition-docs.js";
import { tsdoc } from "../docs/tsdoc.js";
import type { EmitContext, EmittedProduct, Emitter } from "../plan/emitter.js";
import { FileBuilder } from "../file/file-builder.js";
import { propertyKey } from "../file/identifier.js";
import { assignment, block, braces, typeParameters, withOrigin, type Doc } from "../file/layout.js";
import { noteParts } from "./note.js";
import { TypeReferences } from "./type-reference.js";
import { VisitReferences } from "./visit-reference.js";

/** The map from events to their data, as a type and as a value. */
export const eventsEmitter: Emitter = {
  name: "events",
  needs: ["types", "visitors"],
  emit(context: EmitContext): EmittedProduct {
    const file = new EventsFile(context).build();
    return { files: [file], exported: [file.path] };
  },
};

class EventsFile {
  private readonly file = new FileBuilder("events.ts", ["Events", "events", "F"]);
  private readonly types: TypeReferences;
  private readonly visits: VisitReferences;

  constructor(private readonly context: EmitContext) {
    this.types = new TypeReferences(context, this.file);
    this.visits = new VisitReferences(context, this.file, "top");
  }

  build(): FileBuilder {
    const events = [...this.context.schema.definitions.values()].filter(
      (definition): definition is Event => definition.kind === "event",
    );
    this.file.add(this.map(events));
    this.file.add(this.table(events));
    return this.file;
  }

  private map(events: readonly Event[]): Doc {
    const docs = tsdoc([
      "What each event brings.",
      "",
      "@typeParam F - the form of the data; a server that is to encode it has `Sent`",
    ]);
    const entries = events.map((event) => this.mapEntry(event));
    const parameters = typeParameters([this.types.parameter("F", "Received")]);
    return [docs, "export interface Events", parameters, " ", block(entries)];
  }

  private mapEntry(event: Event): Doc {
    const data = event.arguments === undefined ? "undefined" : this.types.named(event.arguments, "F");
    const docs = tsdoc(definitionDocs(event, this.context.schema));
    return withOrigin([docs, propertyKey(event.name), ": ", data, ";"], event);
  }

  private table(events: readonly Event[]): Doc {
    const entries = events.map((event): Doc => [propertyKey(event.name), ": ", this.tableEntry(event), ","]);
    const docs = tsdoc(["How each event's data travels."]);
    return [
      docs,
      assignment(`export const events: ${this.types.runtime("EventVisits")}<Events>`, block(entries)),
    ];
  }

  private tableEntry(event: Event): Doc {
    const data: Doc[] = event.arguments === undefined ? [] : [["data: ", this.visits.to(event.arguments)]];
    return braces([...data, ...noteParts(event.condition, event.features)], ",");
  }
}
