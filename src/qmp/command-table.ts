import { commands as commandVisits } from "../../generated/qapi/commands.js";
import type { JsonObject, JsonValue } from "../json/value.js";
import { conditionHolds } from "../util/condition.js";
import { fromJson } from "../visitor/json-input.js";
import { toJson } from "../visitor/json-output.js";
import { emptyObject, visitObject } from "../visitor/object-type.js";
import type { Profile } from "../migration/profile/profile.js";
import type { ObjectVisit } from "../visitor/type-visit.js";
import type { CommandVisit } from "../visitor/qapi.js";
import type { CompatPolicy } from "../visitor/compat-policy.js";
import { heldFeatures, resolve } from "../visitor/resolve.js";
import { underPolicy } from "../visitor/under-policy.js";
import type { QmpContext } from "./handlers/handler.js";
import { handlers } from "./handlers/index.js";

/** A command as a connection runs it: from JSON to JSON. */
export interface TableCommand {
  readonly allowOob: boolean;
  /** Set where only an error is answered. */
  readonly sendsNoReply?: boolean;
  /** May be run before the machine is made. */
  readonly allowPreconfig: boolean;
  readonly features: readonly string[];
  /**
   * Decodes the arguments, runs the command, encodes what it returns. Only a stand-in's answer may take time;
   * commands after it wait for it.
   *
   * @throws {VisitError} when the arguments do not fit
   * @throws {Refusal} when the command is refused
   */
  run(context: QmpContext, args: JsonObject): JsonValue | Promise<JsonValue>;
}

/** A command that our machine has. */
interface OwnCommand extends TableCommand {
  /** As the profile has them. */
  readonly arguments: ObjectVisit<unknown>;
}

/**
 * The commands of a profile's QEMU, as far as there is a handler, by name.
 *
 * @param policy what is done about deprecated and unstable parts of them
 */
export function commandTable(
  { defines, mandatoryArguments }: Profile,
  policy?: CompatPolicy,
): ReadonlyMap<string, OwnCommand> {
  const table = new Map<string, OwnCommand>();
  const commands: Readonly<Record<string, CommandVisit>> = commandVisits;
  for (const [name, command] of Object.entries(commands)) {
    if (!conditionHolds(command.condition, defines)) continue;
    const handler = handlerOf(name);
    const mandatory: Readonly<Record<string, readonly string[] | undefined>> = mandatoryArguments;
    if (handler !== undefined)
      table.set(name, tableCommand(command, handler, { defines, mandatory: mandatory[name] ?? [], policy }));
  }
  return table;
}

type AnyHandler = (context: QmpContext, args: unknown) => unknown;

function tableCommand(
  command: CommandVisit,
  handler: AnyHandler,
  {
    defines,
    mandatory,
    policy,
  }: {
    readonly defines: ReadonlySet<string>;
    readonly mandatory: readonly string[];
    readonly policy: CompatPolicy | undefined;
  },
): OwnCommand {
  const demanded = demanding(resolve(command.arguments ?? emptyObject, defines), mandatory);
  const argumentType = policy === undefined ? demanded : underPolicy(demanded, policy);
  const returnType = command.returns === undefined ? undefined : resolve(command.returns, defines);
  return {
    allowOob: command.allowOob === true,
    arguments: argumentType,
    allowPreconfig: command.allowPreconfig === true,
    features: heldFeatures(command, defines).features ?? command.features ?? [],
    run: (context, args) => {
      const returned = handler(context, fromJson(argumentType, args));
      return returnType === undefined ? {} : toJson(returnType, returned, { policy });
    },
  };
}

/** A type some of whose optional members must be there. */
function demanding(type: ObjectVisit<unknown>, names: readonly string[]): ObjectVisit<unknown> {
  if (names.length === 0) return type;
  const members = [...type.members.values()];
  return visitObject(type.name, () => ({
    members: members.map((member) => (names.includes(member.name) ? { ...member, optional: false } : member)),
  }));
}

/**
 * A handler whose argument is decoded by the type of the same name: the schema that typed it gave both,
 * which a lookup by name cannot tell the compiler.
 */
function handlerOf(name: string): AnyHandler | undefined {
  return (handlers as Readonly<Record<string, AnyHandler | undefined>>)[name];
}
