import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";
import type { Profile } from "../migration/profile/profile.js";
import { schemaTypes } from "../migration/profile/schema-types.js";
import { commandTable } from "../qmp/command-table.js";
import type { QmpContext } from "../qmp/handlers/handler.js";
import { invariant } from "../util/invariant.js";
import { fromJson } from "../visitor/json-input.js";
import type { CommandVisit, Qapi } from "../visitor/qapi.js";
import type { ArrayVisit, ObjectVisit, TypeVisit } from "../visitor/type-visit.js";
import { VisitError } from "../visitor/visit-error.js";
import { exampleValue } from "./example-value.js";
import { capabilitiesIn } from "./nearest-machine.js";
import { UnmodelledSettings } from "./unmodelled-settings.js";

/** A command that our machine has, in place of that of another schema. */
export interface MachineCommand {
  /** May be run before the machine is built. */
  readonly allowPreconfig: boolean;
  /** Whether it has all of these arguments, by name. */
  takes(args: JsonObject): boolean;
  /** @throws {VisitError} for arguments of which it knows that they do not fit */
  check(args: JsonObject): void;
  /** What it returns fits the schema. */
  run(context: QmpContext, args: JsonObject): JsonValue;
}

/** What our machine has of a schema's commands, by name. */
export function machineCommands(
  schema: Qapi<unknown, unknown>,
  profile: Profile,
): ReadonlyMap<string, MachineCommand> {
  const commands: Readonly<Record<string, CommandVisit | undefined>> = schema.commands;
  const { capability, setParameters } = schemaTypes(profile);
  const settings = new UnmodelledSettings(
    {
      capabilities: new Set<string>(capability.values.map(({ name }) => name)),
      parameters: new Set(setParameters.members.keys()),
    },
    capabilitiesIn(commands),
  );
  const table = new Map<string, MachineCommand>();
  for (const [name, command] of commandTable(profile)) {
    const returns = Object.hasOwn(commands, name) ? commands[name]?.returns : undefined;
    const { members } = command.arguments;
    table.set(name, {
      allowPreconfig: command.allowPreconfig,
      takes: (args) => Object.keys(settings.split(name, args).modelled).every((each) => members.has(each)),
      check: (args) => {
        fromJson(command.arguments, settings.split(name, args).modelled);
      },
      run: (context, args) => {
        const { modelled, keep } = settings.split(name, args);
        const value = command.run(context, modelled);
        invariant(!(value instanceof Promise), "our machine answers at once");
        keep();
        const known = fitted(value, returns);
        const joined = settings.join(name, known);
        return returns === undefined || fits(joined, returns) ? joined : known;
      },
    });
  }
  return table;
}

/** What our machine says, made to fit a schema of another QEMU: what that lacks goes, what it demands is added. */
function fitted(value: JsonValue, returns: TypeVisit<unknown> | undefined): JsonValue {
  if (returns === undefined) return {};
  if (fits(value, returns)) return value;
  if (Array.isArray(value) && returns.kind === "array") {
    const { element } = returns as ArrayVisit<unknown>;
    return value.filter((each) => fits(each, element));
  }
  const smallest = exampleValue(returns);
  if (!isJsonObject(value) || !isJsonObject(smallest) || returns.kind !== "object") return smallest;
  const { members } = returns as ObjectVisit<unknown>;
  const known = Object.entries(value).filter(([name]) => members.has(name));
  const joined = Object.assign(Object.create(null) as JsonObject, smallest, Object.fromEntries(known));
  return fits(joined, returns) ? joined : smallest;
}

function fits(value: JsonValue, type: TypeVisit<unknown>): boolean {
  try {
    fromJson(type, value);
    return true;
  } catch (error) {
    if (!(error instanceof VisitError)) throw error;
    return false;
  }
}
