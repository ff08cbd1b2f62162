import type { Command, Type } from "../../qapi/schema/model.js";
import { definitionDocs } from "../docs/definition-docs.js";
import { tsdoc } from "../docs/tsdoc.js";
import type { EmitContext, EmittedProduct, Emitter } from "../plan/emitter.js";
import { FileBuilder } from "../file/file-builder.js";
import { propertyKey } from "../file/identifier.js";
import {
  assignment,
  block,
  braces,
  typeArguments,
  typeParameters,
  property,
  withOrigin,
  type Doc,
} from "../file/layout.js";
import { noteParts } from "./note.js";
import { TypeReferences } from "./type-reference.js";
import { VisitReferences } from "./visit-reference.js";

/**
 * Each command as an export of its own, and the map from all commands to what goes with them and comes
 * back, as a type and as a value.
 */
export const commandsEmitter: Emitter = {
  name: "commands",
  needs: ["types", "visitors"],
  emit(context: EmitContext): EmittedProduct {
    const file = new CommandsFile(context).build();
    return { files: [file], exported: [file.path] };
  },
};

class CommandsFile {
  private readonly file: FileBuilder;
  private readonly types: TypeReferences;
  private readonly visits: VisitReferences;
  private readonly commands: readonly Command[];

  constructor(private readonly context: EmitContext) {
    this.commands = [...context.schema.definitions.values()].filter(
      (definition): definition is Command => definition.kind === "command",
    );
    const exports = this.commands.map((command) => context.plan.commandName(command));
    // `A` and `R` are parameters of the map: a type that is so called takes another name here.
    this.file = new FileBuilder("commands.ts", ["Commands", "commands", "A", "R", ...exports]);
    this.types = new TypeReferences(context, this.file);
    this.visits = new VisitReferences(context, this.file, "top");
  }

  build(): FileBuilder {
    this.file.add(this.map(this.commands));
    for (const command of this.commands) this.file.add(this.declaration(command), command);
    this.file.add(this.table(this.commands));
    return this.file;
  }

  private map(commands: readonly Command[]): Doc {
    const docs = tsdoc([
      "What goes with each command and what comes back.",
      "",
      "@typeParam A - the form of arguments; a server that decodes them strictly has `Exact`",
      "@typeParam R - the form of return values; a server that is to encode them has `Sent`",
    ]);
    const entries = commands.map((command) => this.mapEntry(command));
    const parameters = typeParameters([
      this.types.parameter("A", "Sent"),
      this.types.parameter("R", "Received"),
    ]);
    return [docs, "export interface Commands", parameters, " ", block(entries)];
  }

  private mapEntry(command: Command): Doc {
    const members: Doc[] = [
      ["arguments: ", this.argumentsType(command)],
      property("returns", this.returnsType(command.returns)),
    ];
    // The whole text stands at the command's own export.
    const docs = tsdoc([
      `See {@link ${this.context.plan.commandName(command)}}.`,
      ...command.features.filter(({ name }) => name === "deprecated").map(() => "@deprecated"),
    ]);
    const entry = [docs, propertyKey(command.name), ": ", braces(members, ";"), ";"];
    return withOrigin(entry, command);
  }

  private argumentsType(command: Command): Doc {
    const type = command.arguments === undefined ? "undefined" : this.types.named(command.arguments, "A");
    if (command.gen) return type;
    // QEMU takes whatever it is given here, beside what the schema says.
    const json = this.types.runtime("JsonValue");
    const open = `{ [name: string]: ${json} | undefined }`;
    return command.arguments === undefined ? open : [type, " & ", open];
  }

  private returnsType(type: Type | undefined): Doc[] {
    return type === undefined ? ["undefined"] : this.types.parts(type, "R");
  }

  private declaration(command: Command): Doc {
    const docs = tsdoc(definitionDocs(command, this.context.schema));
    const name = this.context.plan.commandName(command);
    const type = typeArguments(["Commands", JSON.stringify(command.name)]);
    const head = [`export const ${name}: ${this.types.runtime("CommandOf")}`, type];
    return [docs, assignment(head, this.literal(command))];
  }

  private literal(command: Command): Doc {
    const parts: Doc[] = [`name: ${JSON.stringify(command.name)}`];
    if (command.arguments !== undefined) parts.push(["arguments: ", this.visits.to(command.arguments)]);
    if (command.returns !== undefined) parts.push(["returns: ", this.visits.to(command.returns)]);
    if (command.allowOob) parts.push("allowOob: true");
    if (command.allowPreconfig) parts.push("allowPreconfig: true");
    if (command.coroutine) parts.push("coroutine: true");
    if (!command.successResponse) parts.push("successResponse: false");
    if (!command.gen) parts.push("gen: false");
    return block([...parts, ...noteParts(command.condition, command.features)].map((part) => [part, ","]));
  }

  private table(commands: readonly Command[]): Doc {
    const entries = commands.map(
      (command): Doc => `${propertyKey(command.name)}: ${this.context.plan.commandName(command)},`,
    );
    const docs = tsdoc(["How each command's arguments and return value travel, and QEMU's flags."]);
    const type = this.types.runtime("CommandVisits");
    return [docs, assignment(`export const commands: ${type}<Commands>`, block(entries))];
  }
}
