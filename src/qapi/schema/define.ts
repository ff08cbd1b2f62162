import type { Note } from "../../diagnostic/diagnostic.js";
import type { Problems } from "../../diagnostic/problems.js";
import type { SourceFile, Span } from "../../diagnostic/source.js";
import type { Include } from "../ast/document.js";
import type {
  Definition as CheckedDefinition,
  Feature,
  MemberDefinition,
  Members,
  TypeReference,
} from "../check/definition.js";
import {
  BUILTIN_MODULE,
  createArrayType,
  createBuiltinTypes,
  createEmptyObject,
  createQType,
} from "./builtins.js";
import { describeDefinition } from "./describe.js";
import {
  type ArrayDraft,
  arrayName,
  type DefinitionDraft,
  type Draft,
  isType,
  type ObjectDraft,
} from "./drafts.js";
import { implicitName, type ImplicitRole } from "./implicit-name.js";
import { moduleNaming } from "./module-name.js";
import type { ObjectType } from "./model.js";
import { createObjectType } from "./object-type.js";

/** The first use of a feature name. */
interface FeatureUse {
  readonly definition: CheckedDefinition;
  readonly feature: Feature;
}

/** All entities of a schema by name; what they refer to is not looked at yet. */
export interface Definitions {
  /** Everything, in QEMU's order of definition: an implicit type stands before what it was made for. */
  readonly drafts: readonly Draft[];
  readonly byName: ReadonlyMap<string, DefinitionDraft>;
  /** The object without members, which branches that are not written have. */
  readonly emptyObject: ObjectType;
  /** The names of the modules, in the order in which they were first met. */
  readonly modules: ReadonlySet<string>;
  /** The names of features beside the special ones, in order of first use. */
  readonly features: ReadonlyMap<string, FeatureUse>;
}

/** Features that every schema has: QEMU's code knows what they mean. */
export const specialFeatures: ReadonlySet<string> = new Set(["deprecated", "unstable"]);

/**
 * Give every name its entity, and make the types that are not written out: implicit objects and
 * arrays (QEMU's `QAPISchema._def_exprs`). Names that are defined twice are reported.
 * @param main path of the schema's main file
 * @param absolute makes a path absolute; see {@link moduleNaming}
 */
export function defineEntities(
  entries: readonly (CheckedDefinition | Include)[],
  main: string,
  absolute: (path: string) => string,
  problems: Problems,
): Definitions {
  const definer = new Definer(main, moduleNaming(main, absolute), problems);
  definer.addBuiltins();
  for (const entry of entries) definer.add(entry);
  definer.linkArrays();
  return definer;
}

class Definer implements Definitions {
  readonly drafts: Draft[] = [];
  readonly byName = new Map<string, DefinitionDraft>();
  readonly features = new Map<string, FeatureUse>();
  readonly modules: Set<string>;
  /** The types that have an array. */
  private readonly arrays = new Set<string>();
  readonly emptyObject = createEmptyObject();
  private readonly moduleByFile = new Map<SourceFile, string>();

  constructor(
    main: string,
    private readonly moduleName: (path: string) => string,
    private readonly problems: Problems,
  ) {
    this.modules = new Set([BUILTIN_MODULE, moduleName(main)]);
  }

  addBuiltins(): void {
    for (const entity of createBuiltinTypes()) {
      this.insert(entity.name, { kind: "builtin", entity });
      this.insertArray(entity.name, undefined);
    }
    this.insert("q_empty", createObjectDraft(this.emptyObject, undefined, {}));
    this.insert("QType", { kind: "enum", entity: createQType(), definition: undefined });
  }

  add(entry: CheckedDefinition | Include): void {
    if (entry.kind === "include") {
      const name = this.moduleName(entry.path);
      this.modules.add(name);
      const entity = { kind: "include", name, span: entry.span } as const;
      this.drafts.push({ kind: "include", entity, module: this.moduleOf(entry.span) });
      return;
    }
    this.noteFeatures(entry, entry.features);
    const draft = this.draft(entry);
    if (!this.isTaken(entry)) this.insert(entry.name, draft);
  }

  /** Gives arrays the types of their elements, where these are of a kind that an array can have. */
  linkArrays(): void {
    for (const draft of this.drafts) {
      if (draft.kind !== "array") continue;
      const element = this.byName.get(draft.element);
      if (element === undefined || !isType(element) || element.kind === "array") continue;
      const { module, condition } = element.entity;
      Object.assign(draft.entity, { module, condition, element: element.entity });
      draft.linked = true;
    }
  }

  private draft(definition: CheckedDefinition): DefinitionDraft {
    const { name, condition, features, doc, span } = definition;
    const module = this.moduleOf(span);
    switch (definition.kind) {
      case "enum": {
        for (const value of definition.values) this.noteFeatures(definition, value.features);
        const { kind, prefix, values: members } = definition;
        const entity = { kind, name, module, condition, features, doc, span, prefix, members };
        return { kind, definition, entity };
      }
      case "struct": {
        const { base, members } = definition;
        this.prepareMembers(definition, members);
        const common = { name, module, condition, features, doc, span };
        return createObjectDraft(createObjectType(common, "struct"), definition, { base, members });
      }
      case "union": {
        const base = this.nameMembers(definition, definition.base, "base");
        const common = { name, module, condition, features, doc, span };
        return createObjectDraft(createObjectType(common, "union"), definition, { base, union: definition });
      }
      case "alternate": {
        for (const { type } of definition.branches) this.prepareType(definition, type);
        const { kind } = definition;
        const entity = { kind, name, module, condition, features, doc, span, alternatives: [] };
        return { kind, definition, entity };
      }
      case "command": {
        const data = this.nameMembers(definition, definition.arguments, "arg");
        if (definition.returns) this.prepareType(definition, definition.returns);
        const { kind, boxed, gen, successResponse, allowOob, allowPreconfig, coroutine } = definition;
        // In one literal: to spread parts costs ten times as much.
        // prettier-ignore
        const entity = {
          kind, name, module, condition, features, doc, span, arguments: undefined, returns: undefined,
          boxed, gen, successResponse, allowOob, allowPreconfig, coroutine,
        };
        return { kind, definition, data, entity };
      }
      case "event": {
        const data = this.nameMembers(definition, definition.arguments, "arg");
        const { kind, boxed } = definition;
        const entity = { kind, name, module, condition, features, doc, span, arguments: undefined, boxed };
        return { kind, definition, data, entity };
      }
    }
  }

  /** The type that has the members: the one named, or one made for those written in place. */
  private nameMembers(
    definition: CheckedDefinition,
    members: Members | undefined,
    role: ImplicitRole,
  ): TypeReference | undefined {
    if (members?.kind !== "inline") return members?.type;
    this.prepareMembers(definition, members.members);
    if (members.members.length === 0) return undefined;
    const name = implicitName(definition.name, role);
    // It can be there already only if the definition's own name is; that is reported later.
    if (!this.byName.has(name)) {
      const { condition, span } = definition;
      const common = { name, module: this.moduleOf(span), condition, features: [], doc: undefined, span };
      this.insert(name, createObjectDraft(createObjectType(common, "implicit"), definition, members));
    }
    return { name, array: false, span: definition.span };
  }

  private prepareMembers(definition: CheckedDefinition, members: readonly MemberDefinition[]): void {
    for (const { type, features } of members) {
      this.prepareType(definition, type);
      this.noteFeatures(definition, features);
    }
  }

  /** Makes the array type that a reference asks for, unless it is there. */
  private prepareType(definition: CheckedDefinition, type: TypeReference): void {
    if (type.array) this.insertArray(type.name, { definition, span: type.span });
  }

  private insertArray(element: string, origin: ArrayDraft["origin"]): void {
    if (this.arrays.has(element)) return;
    this.arrays.add(element);
    const name = arrayName(element);
    const entity = createArrayType(name, origin?.span, this.emptyObject);
    this.insert(name, { kind: "array", element, origin, entity, linked: false });
  }

  private insert(name: string, draft: DefinitionDraft): void {
    this.drafts.push(draft);
    this.byName.set(name, draft);
  }

  /** Whether a definition's name is in use already, which is reported. */
  private isTaken(definition: CheckedDefinition): boolean {
    const other = this.byName.get(definition.name);
    if (other === undefined) return false;
    const { span: anchor, nameSpan, within } = definition;
    if (other.kind !== "array" && other.kind !== "builtin" && other.definition) {
      const notes = [previousDefinition(other.definition)];
      this.problems.report("definition-duplicate", nameSpan, [definition.name], { anchor, within, notes });
    } else if (other.kind !== "array") {
      this.problems.report("definition-built-in", nameSpan, [describeDefinition(other.entity)], {
        anchor,
        within,
      });
    }
    return true;
  }

  private noteFeatures(definition: CheckedDefinition, features: readonly Feature[]): void {
    if (features.length === 0) return;
    for (const feature of features) {
      if (specialFeatures.has(feature.name) || this.features.has(feature.name)) continue;
      this.features.set(feature.name, { definition, feature });
    }
  }

  private moduleOf({ file }: Span): string {
    let name = this.moduleByFile.get(file);
    if (name === undefined) this.moduleByFile.set(file, (name = this.moduleName(file.path)));
    return name;
  }
}

function createObjectDraft(
  entity: ObjectDraft["entity"],
  definition: CheckedDefinition | undefined,
  written: Partial<Pick<ObjectDraft, "base" | "members" | "union">>,
): ObjectDraft {
  const { base, members = [], union } = written;
  return { kind: "object", entity, definition, base, members, union, state: "new", incomplete: false };
}

/** The note that QEMU prints too; its place is the first line of the definition. */
function previousDefinition({ span, within }: CheckedDefinition): Note {
  return { message: "previous definition", span, within };
}
