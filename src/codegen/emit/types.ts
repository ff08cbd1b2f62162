import type { AlternateType, EnumType, ObjectMember, ObjectType, Variants } from "../../qapi/schema/model.js";
import { definitionDocs, memberDocs } from "../docs/definition-docs.js";
import { tsdoc } from "../docs/tsdoc.js";
import type { EmitContext, EmittedProduct, Emitter } from "../plan/emitter.js";
import { FileBuilder } from "../file/file-builder.js";
import { propertyKey } from "../file/identifier.js";
import {
  assignment,
  block,
  braces,
  callArguments,
  group,
  hug,
  indent,
  list,
  property,
  typeParameters,
  unionAlias,
  type Doc,
} from "../file/layout.js";
import { isEmptyObject, type NamedType, type PlannedModule } from "../plan/plan.js";
import { TypeReferences } from "./type-reference.js";

/** Declarations of enums, structs, unions and alternates: one file per schema module. */
export const typesEmitter: Emitter = {
  name: "types",
  needs: [],
  emit(context: EmitContext): EmittedProduct {
    const files = context.plan.modules.map((module) => new TypesFile(context, module).build());
    return { files, exported: files.map((file) => file.path) };
  },
};

class TypesFile {
  private readonly file: FileBuilder;
  private readonly references: TypeReferences;

  constructor(
    private readonly context: EmitContext,
    private readonly module: PlannedModule,
  ) {
    const { plan } = context;
    const declared = module.types.flatMap((type) =>
      type.kind === "enum" ? [plan.typeName(type), plan.valuesSymbol(type).name] : [plan.typeName(type)],
    );
    this.file = new FileBuilder(`types/${module.path}.ts`, declared);
    this.references = new TypeReferences(context, this.file);
  }

  build(): FileBuilder {
    for (const type of this.module.types) {
      for (const statement of this.declarations(type)) this.file.add(statement, type);
    }
    return this.file;
  }

  private declarations(type: NamedType): Doc[] {
    switch (type.kind) {
      case "enum":
        return [this.enumType(type), this.enumValues(type)];
      case "object":
        return [type.variants === undefined ? this.struct(type) : this.union(type, type.variants)];
      case "alternate":
        return [this.alternate(type)];
    }
  }

  private enumType(type: EnumType): Doc {
    return this.alias(
      type,
      type.members.map((member) => JSON.stringify(member.name)),
    );
  }

  private enumValues(type: EnumType): Doc {
    const name = this.context.plan.typeName(type);
    const values = list(type.members.map((member) => JSON.stringify(member.name)));
    const frozen =
      type.members.length === 0
        ? ["Object.freeze", callArguments([values])]
        : hug("Object.freeze", [], values, false);
    return [
      tsdoc([`Every value of {@link ${name}}, in the schema's order.`]),
      assignment(`export const ${this.context.plan.valuesSymbol(type).name}: readonly ${name}[]`, [
        "/* @__PURE__ */ ",
        frozen,
      ]),
    ];
  }

  private struct(type: ObjectType): Doc {
    const name = this.context.plan.typeName(type);
    const parameters = typeParameters(this.parameters(type));
    const body = block(type.localMembers.map((member) => this.member(member, type)));
    const docs = this.docs(type);
    const base = type.base === undefined ? "" : [" extends ", this.references.named(type.base, "F")];
    return [docs, group(["export interface ", name, parameters, base]), " ", body];
  }

  private member(member: ObjectMember, owner: ObjectType): Doc {
    const mayBeAbsent = member.optional || member.condition !== undefined;
    const parts = this.references.parts(member.type, "F");
    const key = propertyKey(member.name) + (mayBeAbsent ? "?" : "");
    return [
      tsdoc(memberDocs(member, owner, this.context.schema)),
      property(key, mayBeAbsent ? [...parts, "undefined"] : parts),
      ";",
    ];
  }

  /** The common members, and for each branch the tag with what the branch adds. */
  private union(type: ObjectType, { tag, branches }: Variants): Doc {
    const common = type.base === undefined ? [] : [this.references.named(type.base, "F")];
    const withTag = (values: readonly string[]): Doc =>
      braces([property(propertyKey(tag.name), values)], ";");
    const members = branches
      .filter((branch) => !isEmptyObject(branch.type))
      .map((branch) => {
        const added = this.references.named(branch.type, "F");
        return intersection(common, withTag([JSON.stringify(branch.name)]), added);
      });
    const bare = branches.filter((branch) => isEmptyObject(branch.type));
    if (bare.length > 0) {
      members.push(intersection(common, withTag(bare.map((branch) => JSON.stringify(branch.name)))));
    }
    members.push(intersection(common, withTag([this.references.runtime("Unrecognized")])));
    return this.alias(type, members);
  }

  private alternate(type: AlternateType): Doc {
    return this.alias(
      type,
      type.alternatives.flatMap((alternative) => this.references.parts(alternative.type, "F")),
    );
  }

  private alias(type: NamedType, members: readonly Doc[]): Doc {
    const name = this.context.plan.typeName(type);
    const head = ["export type ", name, typeParameters(this.parameters(type))];
    return [this.docs(type), unionAlias(head, members)];
  }

  private docs(type: NamedType): Doc {
    return tsdoc(definitionDocs(type, this.context.schema));
  }

  private parameters(type: NamedType): string[] {
    if (!this.context.plan.takesForm(type)) return [];
    return [`F extends ${this.references.runtime("Form")} = ${this.references.runtime("Received")}`];
  }
}

/** `(Common & { tag: "value" } & Added)` */
function intersection(common: readonly Doc[], tag: Doc, added?: Doc): Doc {
  const before = common.map((type): Doc => [type, " & "]);
  const after = added === undefined ? [] : [" & ", common.length === 0 ? added : indent(added)];
  const type = group([...before, tag, ...after]);
  return before.length + after.length === 0 ? type : ["(", type, ")"];
}
