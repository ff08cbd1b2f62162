import type { BuiltinType, Type } from "../../qapi/schema/model.js";
import type { EmitContext } from "../plan/emitter.js";
import type { FileBuilder } from "../file/file-builder.js";
import { isBigint, isInt64 } from "../plan/form-types.js";
import { callArguments, type Doc } from "../file/layout.js";

/** How the descriptors of types are written where they are used. */
export class VisitReferences {
  constructor(
    private readonly context: EmitContext,
    private readonly file: FileBuilder,
  ) {}

  /** The descriptor of a type. */
  to(type: Type): Doc {
    switch (type.kind) {
      case "builtin":
        return this.builtin(type);
      case "array":
        return [this.runtime("visitArray"), callArguments([this.to(type.element)])];
      default:
        return this.file.value(this.context.plan.visitSymbol(type));
    }
  }

  private builtin({ name }: BuiltinType): Doc {
    const visit = this.runtime(`visit${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    const isNumber = isInt64(name) && !isBigint(name, this.context.plan.scalars);
    return isNumber ? [this.runtime("asNumber"), callArguments([visit])] : visit;
  }

  private runtime(name: string): string {
    return this.file.value(this.context.runtime(name));
  }
}
