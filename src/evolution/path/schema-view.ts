/**
 * What a path sees of a schema: the one form in which a model, a QEMU's own answer and the record are
 * walked. `T` is a type as each of them holds it.
 */
export interface SchemaView<T> {
  /** A command or event; undefined where there is none of the name. */
  entry(name: string): ViewedEntry<T> | undefined;
  type(type: T): ViewedType<T>;
}

interface ViewedEntry<T> {
  readonly kind: "command" | "event";
  readonly features: readonly string[];
  /** Undefined where it takes or carries nothing. */
  readonly arguments: T | undefined;
  /** Undefined where it returns nothing, and for events. */
  readonly returns: T | undefined;
}

export interface ViewedMember<T> {
  readonly type: T;
  readonly optional: boolean;
  readonly features: readonly string[];
}

/** A type: what it is called in JSON, and what it has inside by the names that paths have for that. */
export interface ViewedType<T> {
  readonly features: readonly string[];
  /** The JSON type, by which `!type` names it; undefined of alternates, which are of several. */
  readonly json?: string;
  /** Of lists. */
  readonly element?: T;
  readonly alternatives?: readonly T[];
  /** Of enums: their values' features. */
  readonly values?: ReadonlyMap<string, readonly string[]>;
  readonly members?: ReadonlyMap<string, ViewedMember<T>>;
  /** Of objects, unions or not. */
  readonly branches?: ReadonlyMap<string, T>;
}
