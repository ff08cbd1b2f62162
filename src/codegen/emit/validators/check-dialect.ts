import { jsonKindOf } from "../../../qapi/schema/alternative-for.js";
import { invariant } from "../../../util/invariant.js";
import type { AlternateType, BuiltinName, EnumType, NamedType } from "../../../qapi/schema/model.js";
import { isInt64, scalarForm, type Scalars } from "../../plan/form-types.js";
import type { Shape } from "../../json-schema/shape.js";
import {
  isDemanded,
  objectSchema,
  typeSchema,
  type Dialect,
  type JsonSchema,
} from "../../json-schema/type-schema.js";

/**
 * JSON Schema as validators are compiled from it, with the keywords of `keywords.ts`: integers
 * exact and of either kind in memory, a union or alternate decided before its branch is looked
 * into, so that one mistake is one problem.
 */
export class CheckDialect implements Dialect {
  readonly number = { qapiNumber: true };

  /**
   * @param reference how a schema refers to the definition of another type
   * @param open let through what the schema does not know, as a client reads: members, values of
   *   enums, tags of unions
   */
  constructor(
    readonly reference: (type: NamedType) => JsonSchema,
    readonly open = false,
    /** Whether members that the schema demands may be missing, as from a QEMU that is older than it. */
    private readonly lacking = false,
    private readonly scalars: Scalars = {},
  ) {}

  integer(name: BuiltinName): JsonSchema {
    const memory = isInt64(name) ? scalarForm(name, this.scalars) : "bigint";
    return { qapiInteger: name, ...(memory !== "bigint" && { qapiMemory: memory }) };
  }

  enum(type: EnumType): JsonSchema {
    if (this.open) return { type: "string" };
    const values = type.members.map((member) => member.name);
    return values.length === 0 ? { not: {} } : { enum: values };
  }

  object(shape: Shape): JsonSchema {
    return shape.union === undefined
      ? this.plainObject(shape)
      : { type: "object", ...this.union(shape, shape.union) };
  }

  alternate(type: AlternateType): JsonSchema {
    // What conditions have left empty takes no value.
    if (type.alternatives.length === 0) return { not: {} };
    const alternatives = type.alternatives.map(({ type }) => {
      const kind = jsonKindOf(type);
      invariant(kind !== undefined, `an alternate holds '${type.name}'`);
      return [kind, typeSchema(type, this)];
    });
    return { qapiAlternate: Object.fromEntries(alternatives) as JsonSchema };
  }

  private union(shape: Shape, { tag, branches }: NonNullable<Shape["union"]>): JsonSchema {
    const schemas = branches.map(({ values, shape }) => ({ qapiValues: values, ...this.object(shape) }));
    // The last branch, without values, is for tags that the schema does not know.
    if (this.open) schemas.push({ qapiValues: [], ...this.plainObject(shape, tag) });
    return { qapiTag: tag, qapiUnion: schemas };
  }

  /** @param tag a member that has been looked at already, besides those of `shape.tags` */
  private plainObject({ members, tags }: Shape, tag?: string): JsonSchema {
    const properties = members.map((member) => {
      const isTag = member.name === tag || tags.has(member.name);
      return {
        name: member.name,
        schema: isTag ? {} : typeSchema(member.type, this),
        required: isDemanded(member) && !this.lacking,
      };
    });
    return objectSchema(properties, this);
  }
}
