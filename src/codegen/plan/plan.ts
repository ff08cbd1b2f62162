import { BUILTIN_MODULE } from "../../qapi/schema/builtins.js";
import { implicitOwner } from "../../qapi/schema/implicit-name.js";
import type {
  Command,
  EnumType,
  Module,
  NamedType,
  ObjectType,
  Schema,
  Type,
} from "../../qapi/schema/model.js";
import { elementType, isImplicit, usedTypes } from "../../qapi/schema/used-types.js";
import { findFormTypes, type Scalars } from "./form-types.js";
import type { ImportSymbol } from "../file/import-table.js";
import { foldersAbove, foldPath } from "../file/output-path.js";
import { append } from "../../util/lists.js";
import { toCamelCase, toIdentifier, toPascalCase } from "../file/identifier.js";

export type { NamedType, Scalars };

/** The types of one schema module. */
export interface PlannedModule {
  readonly name: string;
  /** Of the files made from the module, relative to their product's folder, without a suffix. */
  readonly path: string;
  readonly types: readonly NamedType[];
}

/** Names that the index gives to other things than types and commands. */
const reserved = ["Commands", "Events", "commands", "events", "introspection", "qapi"];

/** What is made of a type besides its declaration. */
const madeOfTypes = ["valuesOf", "visit", "validate"] as const;

/** How the things of a schema are called in TypeScript, and in which file each stands. */
export class Plan {
  readonly modules: readonly PlannedModule[];
  private readonly names = new Map<NamedType, string>();
  /** What is called otherwise than its kind is, since something else has that name. */
  private readonly madeNames = new Map<string, string>();
  private readonly commandNames = new Map<string, string>();
  private readonly paths = new Map<string, string>();
  private readonly takenFiles = new Set<string>();
  private readonly takenFolders = new Set<string>();
  private readonly formTypes: ReadonlySet<NamedType>;

  constructor(
    readonly schema: Schema,
    readonly scalars: Scalars = {},
  ) {
    const declared = schema.modules
      .filter(({ name }) => name !== BUILTIN_MODULE)
      .map((module) => this.module(module, namedTypes(module)));
    const types = declared.flatMap((module) => module.types);
    const builtin = schema.modules
      .filter(({ name }) => name === BUILTIN_MODULE)
      .map((module) => this.module(module, usedOf(namedTypes(module), types, schema)));
    this.modules = [...declared, ...builtin].filter((module) => module.types.length > 0);
    append(
      types,
      builtin.flatMap((module) => module.types),
    );
    this.nameThings(types);
    this.formTypes = findFormTypes(types, scalars);
  }

  /** The name of a type's declaration. */
  typeName(type: NamedType): string {
    return this.names.get(type) ?? toIdentifier(type.name);
  }

  /** A type's declaration. */
  typeSymbol(type: NamedType): ImportSymbol {
    return this.symbol(this.typeName(type), "types", type);
  }

  /** The frozen list of an enum's values. */
  valuesSymbol(type: EnumType): ImportSymbol {
    return this.symbol(this.madeName("valuesOf", type), "types", type);
  }

  /** The descriptor of a type. */
  visitSymbol(type: NamedType): ImportSymbol {
    return this.symbol(this.madeName("visit", type), "visitors", type);
  }

  /** The function that tells everything that is wrong with a document of a type. */
  validatorName(type: NamedType): string {
    return this.madeName("validate", type);
  }

  /** The export of a command. */
  commandName(command: Command): string {
    return this.commandNames.get(command.name) ?? toCamelCase(command.name);
  }

  /** A name in a file of some product that goes by modules. */
  symbol(name: string, product: string, type: NamedType): ImportSymbol {
    return { name, from: { file: `${product}/${this.paths.get(type.module) ?? type.module}.ts` } };
  }

  /** Whether a type's declaration takes a form (`Received`, `Sent`, `Exact`) as its parameter. */
  takesForm(type: NamedType): boolean {
    return this.formTypes.has(type);
  }

  private module(module: Module, types: readonly NamedType[]): PlannedModule {
    const path = this.freePath(modulePath(module.name));
    this.paths.set(module.name, path);
    return { name: module.name, path, types };
  }

  /** No two modules share a file, nor does one's file stand where another's folder does. */
  private freePath(path: string): string {
    let free = path;
    for (let count = 2; this.isTaken(free); count++) free = `${path}-${count}`;
    const folded = foldPath(`${free}.ts`);
    this.takenFiles.add(folded);
    for (const folder of foldersAbove(folded)) this.takenFolders.add(folder);
    return free;
  }

  private isTaken(path: string): boolean {
    const file = foldPath(`${path}.ts`);
    const isFolder = this.takenFolders.has(file);
    return (
      isFolder || this.takenFiles.has(file) || foldersAbove(file).some((above) => this.takenFiles.has(above))
    );
  }

  private madeName(kind: (typeof madeOfTypes)[number], type: NamedType): string {
    const name = kind + this.typeName(type);
    return this.madeNames.get(name) ?? name;
  }

  /**
   * What the index exports has one name each. What the schema names keeps its name; the names we make
   * up give way.
   */
  private nameThings(types: readonly NamedType[]): void {
    const taken = new Set(reserved);
    const freeName = (wanted: string): string => {
      let free = wanted;
      while (taken.has(free)) free += "_";
      taken.add(free);
      return free;
    };
    for (const type of types) if (!isImplicit(type)) this.names.set(type, freeName(toIdentifier(type.name)));
    for (const type of types) {
      if (isImplicit(type)) this.names.set(type, freeName(nameOfImplicit(type, this.schema)));
    }
    for (const type of types) {
      for (const kind of madeOfTypes) {
        const wanted = kind + this.typeName(type);
        const free = freeName(wanted);
        if (free !== wanted) this.madeNames.set(wanted, free);
      }
    }
    for (const { kind, name } of this.schema.definitions.values()) {
      if (kind === "command") this.commandNames.set(name, freeName(toCamelCase(name)));
    }
  }
}

/** The empty object stands for "no data" and is never named. */
export function isEmptyObject(type: Type): boolean {
  return type.kind === "object" && type.name === "q_empty";
}

/** The types of a module that have names in the output. */
function namedTypes(module: Module): NamedType[] {
  return module.entities.filter(
    (entity): entity is NamedType =>
      (entity.kind === "enum" || entity.kind === "object" || entity.kind === "alternate") &&
      !isEmptyObject(entity),
  );
}

/** Those of some types that others, a command or an event refer to. */
function usedOf(
  candidates: readonly NamedType[],
  types: readonly NamedType[],
  schema: Schema,
): readonly NamedType[] {
  const used = new Set<Type>(types.flatMap(usedTypes).map(elementType));
  for (const definition of schema.definitions.values()) {
    if (definition.kind === "command" && definition.returns !== undefined) {
      used.add(elementType(definition.returns));
    }
  }
  return candidates.filter((type) => used.has(type));
}

function nameOfImplicit(type: ObjectType, schema: Schema): string {
  const { owner, role } = implicitOwner(type.name) ?? { owner: type.name, role: "arg" };
  const definition = schema.definitions.get(owner);
  if (role === "base") {
    const isInPlace = definition?.kind === "object" && isImplicit(definition);
    return `${isInPlace ? nameOfImplicit(definition, schema) : toIdentifier(owner)}Base`;
  }
  return toPascalCase(owner) + (definition?.kind === "event" ? "Data" : "Arguments");
}

/** `../../qapi/block-core.json` gives `qapi/block-core`. */
function modulePath(name: string): string {
  const folders = name.replace(/\.json$/, "").split("/");
  const path = folders.filter((folder) => folder !== "" && folder !== "." && folder !== "..");
  const plain = path.map((folder) => folder.replace(/[^A-Za-z0-9._-]/g, "_")).join("/");
  // A file that ends in `.d.ts` would be taken for declarations without code.
  return plain.replace(/\.d$/i, "_d") || "module";
}
