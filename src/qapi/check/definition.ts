/**
 * Definitions that are well shaped: every shorthand is spelt out and every key has its type. Names
 * are still names; whether they mean something is for the next stage.
 */
import type { Within } from "../../diagnostic/diagnostic.js";
import type { Span } from "../../diagnostic/source.js";
import type { Condition } from "../../util/condition.js";
import type { DocComment } from "../ast/doc.js";

interface Conditional {
  readonly name: string;
  readonly condition: Condition | undefined;
  readonly span: Span;
}

export type Feature = Conditional;

/** A type by name, or an array of it. */
export interface TypeReference {
  readonly name: string;
  readonly array: boolean;
  readonly span: Span;
}

/** A value of an enum. */
export interface ValueDefinition extends Conditional {
  readonly features: readonly Feature[];
}

/** A member of an object, whose name has lost its `*`. */
export interface MemberDefinition extends ValueDefinition {
  readonly optional: boolean;
  readonly type: TypeReference;
}

/** Members given in place, or the name of the type that has them. */
export type Members =
  | { readonly kind: "inline"; readonly members: readonly MemberDefinition[] }
  | { readonly kind: "named"; readonly type: TypeReference };

/** A branch of a union or alternate. */
export interface BranchDefinition extends Conditional {
  readonly type: TypeReference;
}

interface Common extends ValueDefinition {
  readonly doc: DocComment | undefined;
  /** The whole definition; QEMU gives its first line as the place of every problem in it. */
  readonly span: Span;
  /** The name alone. */
  readonly nameSpan: Span;
  /**
   * What QEMU calls the definition in messages. QEMU keeps this by line: of several definitions that
   * start on one line, messages name the last.
   */
  readonly within: Within;
}

export interface EnumDefinition extends Common {
  readonly kind: "enum";
  readonly prefix: string | undefined;
  readonly values: readonly ValueDefinition[];
}

export interface StructDefinition extends Common {
  readonly kind: "struct";
  readonly base: TypeReference | undefined;
  readonly members: readonly MemberDefinition[];
}

export interface UnionDefinition extends Common {
  readonly kind: "union";
  /** Absent when written as an empty string, which QEMU takes for no base. */
  readonly base: Members | undefined;
  readonly discriminator: { readonly name: string; readonly span: Span };
  readonly branches: readonly BranchDefinition[];
}

export interface AlternateDefinition extends Common {
  readonly kind: "alternate";
  readonly branches: readonly BranchDefinition[];
}

/** How a command is carried out. */
export interface CommandFlags {
  readonly boxed: boolean;
  readonly gen: boolean;
  readonly successResponse: boolean;
  readonly allowOob: boolean;
  readonly allowPreconfig: boolean;
  readonly coroutine: boolean;
}

export interface CommandDefinition extends Common, CommandFlags {
  readonly kind: "command";
  readonly arguments: Members | undefined;
  readonly returns: TypeReference | undefined;
}

export interface EventDefinition extends Common {
  readonly kind: "event";
  readonly arguments: Members | undefined;
  readonly boxed: boolean;
}

export type Definition =
  | EnumDefinition
  | StructDefinition
  | UnionDefinition
  | AlternateDefinition
  | CommandDefinition
  | EventDefinition;

export type DefinitionKind = Definition["kind"];

/** What a kind of definition has beside what all have. */
export type Own<D extends Definition> = Omit<D, keyof Common>;
