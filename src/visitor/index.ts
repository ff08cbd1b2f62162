// The runtime of generated code, and what its users need beside it.

// Going from and to JSON, text, and copies.
export { fromJson, type FromJsonOptions } from "./json-input.js";
export { toJson, type ToJsonOptions } from "./json-output.js";
export { fromText, type FromTextOptions } from "./text-input.js";
export { toText } from "./text-output.js";
export { clone } from "./clone.js";
export { resolve } from "./resolve.js";
export { VisitError } from "./visit-error.js";

// What generated introspection data is built from.
export { introspectionOf, type Introspection } from "./introspection.js";

// What generated validators are built from.
export { fractions, wasFraction } from "../json/number-spelling.js";
export { isIntegerText } from "./integer-text.js";
export { runCheck, type CompiledCheck, type ValidationProblem } from "./validation.js";

// Types as received, as sent, and exact.
export type { Exact, Form, Received, Sent, Unrecognized } from "./forms.js";
export type { JsonValue } from "../json/value.js";
export type {
  AlternateVisit,
  AlternativeVisit,
  ArrayVisit,
  BranchVisit,
  EnumValue,
  EnumVisit,
  IntegerVisit,
  MemberVisit,
  ObjectVisit,
  ReceivedOf,
  ScalarVisit,
  SentOf,
  TypeVisit,
  ValueOf,
  VariantsVisit,
  Visitor,
} from "./type-visit.js";
export type {
  CommandOf,
  CommandTypes,
  CommandVisit,
  CommandVisits,
  EventVisit,
  EventVisits,
  NamedCommand,
  Qapi,
} from "./qapi.js";
export { conditionHolds, type Condition } from "../util/condition.js";

// What generated command tables of the monitor are typed by.
export type { ArgumentCode, ArgumentSpec, HmpCommand, PrintFormat } from "./hmp-command.js";

// What descriptors of types are built from.
export {
  asNumber,
  asString,
  visitAny,
  visitBool,
  visitInt,
  visitInt16,
  visitInt32,
  visitInt64,
  visitInt8,
  visitInteger,
  visitNull,
  visitNumber,
  visitSize,
  visitStr,
  visitUint16,
  visitUint32,
  visitUint64,
  visitUint8,
} from "./builtin.js";
export { visitEnum } from "./enum-type.js";
export { visitArray } from "./array-type.js";
export { branch, optional, required, visitObject } from "./object-type.js";
export { alternative, visitAlternate } from "./alternate-type.js";

// The readers of text that the monitor shares.
export { readBool } from "./text/read-bool.js";
export { readDouble, type DoubleText } from "./text/read-double.js";
export { readInt64, readUint64, type NumberFault, type NumberText } from "./text/read-integer.js";
export {
  readSize,
  type SizeGrammar,
  type SizeRefusal,
  type SizeSuffix,
  type SizeText,
} from "./text/read-size.js";

// Orders that QEMU's hash tables impose.
export { qdictOrder } from "./hash-order.js";
