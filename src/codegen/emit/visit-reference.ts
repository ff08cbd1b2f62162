import type { BuiltinType, Type } from "../../qapi/schema/model.js";
import type { EmitContext } from "../plan/emitter.js";
import type { FileBuilder } from "../file/file-builder.js";
import { isInt64, scalarForm } from "../plan/form-types.js";
import { callArguments, type Doc } from "../file/layout.js";

/** Says to bundlers that a call at the top of a module may go with what it makes. */
export const PURE = "/* @__PURE__ */ ";

/** How the descriptors of types are written where they are used. */
export class VisitReferences {
  /**
   * @param where calls that stand at the top of a module are run when it is loaded: they are marked, so
   *   that bundlers leave out those that nobody needs
   */
  constructor(
    private readonly context: EmitContext,
    private readonly file: FileBuilder,
    private readonly where: "top" | "within-function" = "within-function",
  ) {}

  /** The descriptor of a type. */
  to(type: Type): Doc {
    switch (type.kind) {
      case "builtin":
        return this.builtin(type);
      case "array":
        return this.call("visitArray", this.to(type.element));
      default:
        return this.file.value(this.context.plan.visitSymbol(type));
    }
  }

  private builtin({ name }: BuiltinType): Doc {
    const visit = this.runtime(`visit${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    const inMemory = isInt64(name) ? scalarForm(name, this.context.plan.scalars) : "bigint";
    if (inMemory === "bigint") return visit;
    return this.call(inMemory === "number" ? "asNumber" : "asString", visit);
  }

  private call(name: string, argument: Doc): Doc {
    return [this.where === "top" ? PURE : "", this.runtime(name), callArguments([argument])];
  }

  /** Something of the runtime's that is there at run time. */
  runtime(name: string): string {
    return this.file.value(this.context.runtime(name));
  }
}
