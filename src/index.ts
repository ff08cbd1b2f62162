// Compile a schema: from files to a checked and resolved model, or to diagnostics.
export {
  compileSchema,
  type Compilation,
  type CompileOptions,
  type CompileResult,
  type CompilerOptions,
  SchemaCompiler,
} from "./qapi/index.js";
export type { SchemaHost } from "./qapi/load/host.js";
export type * from "./qapi/schema/model.js";

// What is wrong with a schema, and how to show it.
export type { Diagnostic, Note } from "./diagnostic/diagnostic.js";
export { type Position, SourceFile, type Span } from "./diagnostic/source.js";
export type { DocRules } from "./diagnostic/problems.js";
export { renderPretty } from "./diagnostic/render/pretty.js";
export { renderQemu } from "./diagnostic/render/qemu.js";
export { renderJson } from "./diagnostic/render/json.js";

// Read a schema in any of its forms: a QAPI file, introspection data, a live QEMU, a revision of a repository.
export { readSchema, type ReadSchemaOptions, type ReadSchemaResult } from "./schema-source/read-schema.js";
export { SchemaSourceError } from "./schema-source/source-form.js";

// Generate a TypeScript library from a schema; products of one's own are written with `qapi-ts/emit`.
export { generate } from "./codegen/generate.js";
export type { GenerateOptions } from "./codegen/index.js";
export type { GeneratedFile } from "./codegen/file/generated-file.js";
export type { Emitter } from "./codegen/plan/emitter.js";
export { defineConfig, type QapiConfig, type SchemaConfig } from "./codegen/config.js";

// What changed between two schemas, and since which QEMU something is there.
export {
  type Change,
  type ChangeId,
  type ChangeLevel,
  changelog,
  type ChangeRule,
  changeRules,
  type Chronicle,
  compare,
  type CompareOptions,
  createChronicle,
  createRecord,
  type Direction,
  history,
  type HistoryRecord,
  historyText,
  holds,
  type Lifetime,
  lifetimeOf,
  type PathHistory,
  PathQueryError,
  type RecordedBuild,
  shippedRecord,
  type VersionHistory,
} from "./evolution/index.js";

// Hold JSON documents to a schema.
export { validate } from "./conformance/validate.js";
export {
  type CheckOptions,
  type DocumentKind,
  SchemaChecker,
  UnknownNameError,
} from "./conformance/schema-checker.js";
export { checkText, type PlacedProblem } from "./conformance/check-text.js";
export { checkLog, checkLogStream, type LogProblem } from "./conformance/check-log.js";
export { Coverage, type CoverageReport } from "./conformance/coverage.js";
export { checkFixture } from "./conformance/check-fixture.js";
export { type JsonValue, parseJson, writeJson } from "./json/index.js";
