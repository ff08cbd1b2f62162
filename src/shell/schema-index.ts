import { isJsonObject, type JsonObject, type JsonValue } from "../json/index.js";

/** A type, as `query-qmp-schema` describes it; names of types are not for people. */
export type ShellType =
  | { readonly kind: "builtin"; readonly json: string }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "array"; readonly element: () => ShellType }
  | { readonly kind: "alternate"; readonly types: () => readonly ShellType[] }
  | ObjectType;

export interface ObjectType {
  readonly kind: "object";
  /** Set where members that are not known may stand all the same. */
  readonly isOpen?: boolean;
  readonly members: ReadonlyMap<string, Member>;
  /** The member that selects one of `branches`. */
  readonly tag: string | undefined;
  readonly branches: () => ReadonlyMap<string, ObjectType>;
}

export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly type: () => ShellType;
}

export interface ShellCommand {
  readonly name: string;
  readonly arguments: ObjectType;
  /** What it returns; undefined where that is not told. */
  readonly returns: () => ShellType | undefined;
}

const noMembers: ObjectType = {
  kind: "object",
  members: new Map(),
  tag: undefined,
  branches: () => new Map(),
};
/** QEMU handles their arguments without the schema (`gen: false`), which it does not tell. */
const openCommands: ReadonlySet<string> = new Set(["device_add"]);

const anything: ShellType = { kind: "builtin", json: "value" };

/** What a QEMU can be told, read from its own description of itself. */
export class SchemaIndex {
  readonly commands: ReadonlyMap<string, ShellCommand>;
  private readonly entries: ReadonlyMap<string, JsonObject>;
  private readonly types = new Map<string, ShellType>();

  /** @param entries what `query-qmp-schema` returns; what is not understood is passed over */
  constructor(entries: JsonValue) {
    const objects = list(entries).filter(isJsonObject);
    this.entries = new Map(objects.map((entry) => [`${kindOf(entry)} ${text(entry["name"])}`, entry]));
    this.commands = new Map(
      objects
        .filter((entry) => entry["meta-type"] === "command")
        .map((entry): [string, ShellCommand] => {
          const name = text(entry["name"]);
          const type = this.type(text(entry["arg-type"]));
          const args = type.kind === "object" ? type : noMembers;
          const returned = text(entry["ret-type"]);
          return [
            name,
            {
              name,
              arguments: openCommands.has(name) ? { ...args, isOpen: true } : args,
              returns: () => (this.entries.has(`type ${returned}`) ? this.type(returned) : undefined),
            },
          ];
        }),
    );
  }

  private type(name: string): ShellType {
    let type = this.types.get(name);
    if (type === undefined) {
      type = this.makeType(this.entries.get(`type ${name}`) ?? {});
      this.types.set(name, type);
    }
    return type;
  }

  private makeType(entry: JsonObject): ShellType {
    switch (entry["meta-type"]) {
      case "builtin":
        return { kind: "builtin", json: text(entry["json-type"]) };
      case "enum":
        return { kind: "enum", values: enumValues(entry) };
      case "array":
        return { kind: "array", element: () => this.type(text(entry["element-type"])) };
      case "alternate":
        return { kind: "alternate", types: () => list(entry["members"]).map((item) => this.typeOf(item)) };
      case "object":
        return this.makeObject(entry);
      default:
        return anything;
    }
  }

  private makeObject(entry: JsonObject): ObjectType {
    const members = list(entry["members"])
      .filter(isJsonObject)
      .map((item): [string, Member] => {
        const name = text(item["name"]);
        return [name, { name, optional: Object.hasOwn(item, "default"), type: () => this.typeOf(item) }];
      });
    const branches = (): [string, ObjectType][] =>
      list(entry["variants"])
        .filter(isJsonObject)
        .map((item) => {
          const type = this.typeOf(item);
          return [text(item["case"]), type.kind === "object" ? type : noMembers];
        });
    const tag = typeof entry["tag"] === "string" ? entry["tag"] : undefined;
    return { kind: "object", members: new Map(members), tag, branches: () => new Map(branches()) };
  }

  private typeOf(item: JsonValue): ShellType {
    return isJsonObject(item) ? this.type(text(item["type"])) : anything;
  }
}

/** A member by name: of the object itself, or of whichever branch has one. */
export function findMember(type: ObjectType, name: string): Member | undefined {
  const own = type.members.get(name);
  if (own !== undefined) return own;
  for (const branch of type.branches().values()) {
    const found = findMember(branch, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names of all members that an object of the type may have, those of every branch included. */
export function memberNames(type: ObjectType): string[] {
  const names = new Set(type.members.keys());
  for (const branch of type.branches().values()) for (const name of memberNames(branch)) names.add(name);
  return [...names];
}

/** Older QEMUs list an enum's values as `values`, newer ones as `members` as well. */
function enumValues(entry: JsonObject): string[] {
  const members = list(entry["members"]).map((item) => text(isJsonObject(item) ? item["name"] : item));
  return members.length > 0 ? members : list(entry["values"]).map(text);
}

function kindOf(entry: JsonObject): string {
  const kind = entry["meta-type"];
  return kind === "command" || kind === "event" ? kind : "type";
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
