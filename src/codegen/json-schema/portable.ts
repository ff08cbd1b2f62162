import type {
  AlternateType,
  BuiltinName,
  EnumType,
  NamedType,
  ObjectMember,
} from "../../qapi/schema/model.js";
import { documentRange } from "../../qapi/schema/integer-range.js";
import { leavesOf, type Shape } from "./shape.js";
import { isDemanded, objectSchema, typeSchema, type Dialect, type JsonSchema } from "./type-schema.js";

/**
 * JSON Schema 2020-12 with nothing added, for any tool. Objects are closed; a union is the list
 * of its closed branches, told apart by a constant tag.
 */
export class PortableDialect implements Dialect {
  readonly open = false;
  readonly number = { type: "number" };
  /** A member of a base stands in every branch that has it. */
  private readonly members = new Map<ObjectMember, JsonSchema>();

  /** @param describe the description of a member, if it has one */
  constructor(private readonly describe: (member: ObjectMember) => JsonSchema) {}

  integer(name: BuiltinName): JsonSchema {
    return { type: "integer", ...documentRange(name) };
  }

  enum(type: EnumType): JsonSchema {
    const values = type.members.map((member) => member.name);
    return values.length === 0 ? neverSchema : { type: "string", enum: values };
  }

  object(shape: Shape): JsonSchema {
    const branches = leavesOf(shape).map((leaf) => this.plainObject(leaf));
    const [first, ...others] = branches;
    if (first === undefined) return neverSchema;
    return others.length === 0 ? first : { oneOf: branches };
  }

  alternate(type: AlternateType): JsonSchema {
    if (type.alternatives.length === 0) return neverSchema;
    return { anyOf: type.alternatives.map((alternative) => typeSchema(alternative.type, this)) };
  }

  reference(type: NamedType): JsonSchema {
    return { $ref: `#/$defs/${type.name}` };
  }

  private plainObject({ members, tags }: Shape): JsonSchema {
    const properties = members.map((member) => ({
      name: member.name,
      schema: this.member(member, tags),
      required: isDemanded(member),
    }));
    return objectSchema(properties, this);
  }

  private member(member: ObjectMember, tags: Shape["tags"]): JsonSchema {
    const values = tags.get(member.name);
    if (values !== undefined) return { ...oneOfValues(values), ...this.describe(member) };
    let schema = this.members.get(member);
    if (schema === undefined) {
      schema = { ...typeSchema(member.type, this), ...this.describe(member) };
      this.members.set(member, schema);
    }
    return schema;
  }
}

/** What conditions have left empty takes no value; JSON Schema has no empty choice. */
const neverSchema: JsonSchema = { not: {} };

function oneOfValues(values: readonly string[]): JsonSchema {
  return values.length === 1 ? { const: values[0] } : { enum: values };
}
