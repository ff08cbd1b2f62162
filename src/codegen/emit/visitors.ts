import type { AlternateType, EnumType, ObjectType, Variants } from "../../qapi/schema/model.js";
import type { EmitContext, EmittedProduct, Emitter } from "../plan/emitter.js";
import { FileBuilder } from "../file/file-builder.js";
import { propertyKey } from "../file/identifier.js";
import {
  assignment,
  assignmentBrokenLeft,
  block,
  callArguments,
  group,
  hug,
  list,
  typeArguments,
  type Doc,
} from "../file/layout.js";
import { isEmptyObject, type NamedType, type PlannedModule } from "../plan/plan.js";
import { TypeReferences } from "./type-reference.js";
import { conditionLiteral, note } from "./note.js";
import { PURE, VisitReferences } from "./visit-reference.js";

/** Descriptors of all named types, for the visitors of the runtime: one file per schema module. */
export const visitorsEmitter: Emitter = {
  name: "visitors",
  needs: ["types"],
  emit(context: EmitContext): EmittedProduct {
    const files = context.plan.modules.map((module) => new VisitorsFile(context, module).build());
    return { files, exported: files.map((file) => file.path) };
  },
};

class VisitorsFile {
  private readonly file: FileBuilder;
  private readonly types: TypeReferences;
  private readonly visits: VisitReferences;

  constructor(
    private readonly context: EmitContext,
    private readonly module: PlannedModule,
  ) {
    const declared = module.types.map((type) => context.plan.visitSymbol(type).name);
    this.file = new FileBuilder(`visitors/${module.path}.ts`, declared);
    this.types = new TypeReferences(context, this.file);
    this.visits = new VisitReferences(context, this.file);
  }

  build(): FileBuilder {
    for (const type of this.module.types) this.file.add(this.descriptor(type), type);
    return this.file;
  }

  private descriptor(type: NamedType): Doc {
    switch (type.kind) {
      case "enum":
        return this.enum(type);
      case "object":
        return this.declare(type, "ObjectVisit", this.object(type));
      case "alternate":
        return this.declare(type, "AlternateVisit", this.alternate(type));
    }
  }

  private enum(type: EnumType): Doc {
    const { plan } = this.context;
    const callee = this.visits.runtime("visitEnum");
    const first = [JSON.stringify(type.name), this.file.value(plan.valuesSymbol(type))];
    const notes = type.members.flatMap((member) => {
      const text = note(member.condition, member.features);
      return text === undefined ? [] : [[propertyKey(member.name), ": ", text]];
    });
    const call =
      notes.length === 0
        ? [callee, callArguments(first)]
        : hug(callee, first, block(notes.map((text): Doc => [text, ","])), true);
    const kind = `${this.types.runtime("EnumVisit")}<${this.types.name(type)}>`;
    return assignment(`export const ${plan.visitSymbol(type).name}: ${kind}`, [PURE, call]);
  }

  private object(type: ObjectType): Doc {
    const callee = this.visits.runtime("visitObject");
    const members = type.localMembers.map((member): Doc => {
      const maker = this.visits.runtime(member.optional ? "optional" : "required");
      const first = [JSON.stringify(member.name), this.visits.to(member.type)];
      return call(maker, first, note(member.condition, member.features));
    });
    const parts: Doc[] = [];
    if (type.base !== undefined) parts.push(["base: ", this.visits.to(type.base)]);
    parts.push(["members: ", list(members)]);
    if (type.variants !== undefined) {
      parts.push(["tag: ", JSON.stringify(type.variants.tag.name)]);
      parts.push(["branches: ", list(this.branches(type.variants))]);
    }
    const body = block(parts.map((part): Doc => [part, ","]));
    return hug(callee, [JSON.stringify(type.name)], ["() => (", body, ")"], true);
  }

  private branches({ branches }: Variants): Doc[] {
    return branches
      .filter((branch) => !isEmptyObject(branch.type))
      .map((branch) =>
        call(
          this.visits.runtime("branch"),
          [JSON.stringify(branch.name), this.visits.to(branch.type)],
          branch.condition && conditionLiteral(branch.condition),
        ),
      );
  }

  private alternate(type: AlternateType): Doc {
    const alternatives = type.alternatives.map(({ name, type, condition }) =>
      call(
        this.visits.runtime("alternative"),
        [JSON.stringify(name), this.visits.to(type)],
        condition && conditionLiteral(condition),
      ),
    );
    const makeAll = ["() => ", group(list(alternatives))];
    return hug(this.visits.runtime("visitAlternate"), [JSON.stringify(type.name)], makeAll, false);
  }

  private declare(type: ObjectType | AlternateType, kind: string, made: Doc): Doc {
    const { plan } = this.context;
    const head = `export const ${plan.visitSymbol(type).name}: ${this.types.runtime(kind)}`;
    const name = this.types.name(type);
    if (!plan.takesForm(type)) return assignment(`${head}<${name}>`, [PURE, made]);
    const form = (form: string): string => `${name}<${this.types.runtime(form)}>`;
    const forms = [form("Exact"), name, form("Sent")];
    return assignmentBrokenLeft([head, typeArguments(forms)], [PURE, made]);
  }
}

/** A call whose last argument may be an object literal, or is absent. */
function call(callee: string, first: readonly Doc[], last: Doc | undefined): Doc {
  if (last === undefined) return [callee, callArguments(first)];
  return typeof last === "string"
    ? [callee, callArguments([...first, last])]
    : hug(callee, first, last, false);
}
