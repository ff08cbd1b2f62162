/** The door `qapi-ts/emit`: what emitters are written with, ours and others. */
export type { EmitContext, EmittedProduct, Emitter, ExportedNames, Reuse } from "./plan/emitter.js";
export type { NamedType, Plan, PlannedModule } from "./plan/plan.js";
export type { ImportSymbol } from "./file/import-table.js";
export type { Doc } from "./file/layout.js";
export { FileBuilder } from "./file/file-builder.js";
export type { GeneratedFile } from "./file/generated-file.js";
export { MARK } from "./file/generated-file.js";
export { propertyKey, toCamelCase, toIdentifier, toPascalCase } from "./file/identifier.js";
export { definitionDocs, memberDocs } from "./docs/definition-docs.js";
export { tsdoc } from "./docs/tsdoc.js";
export { TypeReferences } from "./emit/type-reference.js";
export { VisitReferences } from "./emit/visit-reference.js";

/** Builders of documents: emitters say where lines may break, and never where they do. */
export * as layout from "./file/layout.js";
