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

export type ViewedType<T> =
  | { readonly kind: "builtin"; readonly json: string }
  | { readonly kind: "array"; readonly element: T }
  | { readonly kind: "alternate"; readonly features: readonly string[]; readonly alternatives: readonly T[] }
  | {
      readonly kind: "enum";
      readonly features: readonly string[];
      readonly values: ReadonlyMap<string, readonly string[]>;
    }
  | {
      readonly kind: "object";
      readonly features: readonly string[];
      readonly members: ReadonlyMap<string, ViewedMember<T>>;
      readonly branches: ReadonlyMap<string, T>;
    };
