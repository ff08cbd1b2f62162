import type { BuiltinType, Type } from "../../qapi/schema/model.js";
import type { EmitContext } from "../plan/emitter.js";
import type { FileBuilder } from "../file/file-builder.js";
import { softline, group, ifBreak, indent, join, line, type Doc } from "../file/layout.js";
import { isInt64, scalarForm } from "../plan/form-types.js";
import type { NamedType } from "../plan/plan.js";

/**
 * How types are written where they are used. The form is named as it is written there: `F` within
 * declarations, `A` and `R` in the map of commands.
 */
export class TypeReferences {
  private readonly formsUsed = new Set<string>();

  constructor(
    private readonly context: EmitContext,
    private readonly file: FileBuilder,
  ) {}

  /** The members of the union that a use of a type is. */
  parts(type: Type, form: string): Doc[] {
    switch (type.kind) {
      case "builtin":
        return [this.builtin(type, form)];
      case "enum":
        return [this.name(type), this.of(form, "unknown")];
      case "array":
        return [this.array(this.parts(type.element, form))];
      case "object":
      case "alternate":
        return [this.named(type, form)];
    }
  }

  /** A named type with its form, where it takes one. */
  named(type: NamedType, form: string): string {
    if (!this.context.plan.takesForm(type)) return this.name(type);
    this.formsUsed.add(form);
    return `${this.name(type)}<${form}>`;
  }

  /**
   * The type parameter of a map that has gone over its entries. It is there whatever they are; tools
   * know by a `_` that it may go unused.
   */
  parameter(form: string, byDefault: string): string {
    const name = this.formsUsed.has(form) ? form : `_${form}`;
    return `${name} extends ${this.runtime("Form")} = ${this.runtime(byDefault)}`;
  }

  /** Something of the runtime's that is a type. */
  runtime(name: string): string {
    return this.file.type(this.context.runtime(name));
  }

  /** A named type without its form. */
  name(type: NamedType): string {
    return this.file.type(this.context.plan.typeSymbol(type));
  }

  private array(element: readonly Doc[]): Doc {
    if (element.length === 1) return [...element, "[]"];
    const union = group([ifBreak("| "), join([line, "| "], element)]);
    return ["(", group([indent([softline, union]), softline]), ")[]"];
  }

  private builtin(type: BuiltinType, form: string): string {
    switch (type.name) {
      case "str":
        return "string";
      case "bool":
        return "boolean";
      case "null":
        return "null";
      case "any":
        return this.runtime("JsonValue");
      default:
        return this.integer(type.name, form);
    }
  }

  private integer(name: string, form: string): string {
    if (!isInt64(name)) return "number";
    const inMemory = scalarForm(name, this.context.plan.scalars);
    return inMemory === "bigint" ? this.of(form, "int64") : inMemory;
  }

  private of(form: string, what: "int64" | "unknown"): string {
    this.formsUsed.add(form);
    return `${form}["${what}"]`;
  }
}
