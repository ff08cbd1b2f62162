/**
 * The entities of a schema on their way from names to what the names mean: the model's object, to be
 * filled in, beside what was written.
 */
import type { Span } from "../../diagnostic/source.js";
import type {
  AlternateDefinition,
  CommandDefinition,
  Definition as CheckedDefinition,
  EnumDefinition,
  EventDefinition,
  MemberDefinition,
  TypeReference,
  UnionDefinition,
} from "../check/definition.js";
import type {
  AlternateType,
  ArrayType,
  BuiltinType,
  Command,
  EnumType,
  Event,
  ModuleInclude,
  ObjectType,
} from "./model.js";
import type { Mutable } from "./object-type.js";

interface IncludeDraft {
  readonly kind: "include";
  readonly entity: ModuleInclude;
  /** Name of the module that holds the directive. */
  readonly module: string;
}

interface BuiltinDraft {
  readonly kind: "builtin";
  readonly entity: BuiltinType;
}

export interface EnumDraft {
  readonly kind: "enum";
  readonly entity: Mutable<EnumType>;
  /** Absent for `QType`. */
  readonly definition: EnumDefinition | undefined;
}

/** An array, made when a definition first needs it. */
export interface ArrayDraft {
  readonly kind: "array";
  /**
   * There whatever the elements are: what uses an array is not wrong because the array is. Where the
   * elements' type cannot be had, the empty object stands in its place.
   */
  readonly entity: Mutable<ArrayType>;
  /** Whether the elements are of a type that an array can have. */
  linked: boolean;
  /** The name of the elements' type. */
  readonly element: string;
  /** Where it was first needed; absent for arrays of built-in types, which always exist. */
  readonly origin: { readonly definition: CheckedDefinition; readonly span: Span } | undefined;
}

export interface ObjectDraft {
  readonly kind: "object";
  readonly entity: Mutable<ObjectType>;
  /** The definition it is, or was made for; absent for `q_empty`. */
  readonly definition: CheckedDefinition | undefined;
  readonly base: TypeReference | undefined;
  readonly members: readonly MemberDefinition[];
  /** What was written, when it is a union. */
  readonly union: UnionDefinition | undefined;
  /** `open` while its bases and branches are being checked. */
  state: "new" | "open" | "done";
  /** Whether members are missing because of problems that were reported. */
  incomplete: boolean;
}

export interface AlternateDraft {
  readonly kind: "alternate";
  readonly entity: Mutable<AlternateType>;
  readonly definition: AlternateDefinition;
}

export interface CommandDraft {
  readonly kind: "command";
  readonly entity: Mutable<Command>;
  readonly definition: CommandDefinition;
  /** The type of the arguments. */
  readonly data: TypeReference | undefined;
}

export interface EventDraft {
  readonly kind: "event";
  readonly entity: Mutable<Event>;
  readonly definition: EventDefinition;
  /** The type of the arguments. */
  readonly data: TypeReference | undefined;
}

export type TypeDraft = BuiltinDraft | EnumDraft | ArrayDraft | ObjectDraft | AlternateDraft;
export type DefinitionDraft = TypeDraft | CommandDraft | EventDraft;
export type Draft = DefinitionDraft | IncludeDraft;

export function isType(draft: DefinitionDraft): draft is TypeDraft {
  return draft.kind !== "command" && draft.kind !== "event";
}

/** The name of the array of a type; no other definition can have it. */
export function arrayName(element: string): string {
  return `${element}List`;
}
