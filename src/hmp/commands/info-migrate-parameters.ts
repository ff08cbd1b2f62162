import type { BitmapMigrationNodeAlias } from "../../../generated/qapi/index.js";
import type { ShownParameter } from "../../migration/profile/profile.js";
import type { ParameterName, ParameterValues } from "../../migration/profile/parameter-values.js";
import type { Machine } from "../../migration/machine.js";
import { parameterHandlers } from "../../qmp/handlers/parameters.js";
import type { TypeVisit } from "../../visitor/type-visit.js";
import { onOff } from "./c-format.js";
import type { HmpHandler } from "./handler.js";

/** A line for each parameter that is set: in the profile's order, then those only the schema knows. */
export const infoMigrateParameters: HmpHandler<"info migrate_parameters"> = (context) => {
  const values = parameterHandlers["query-migrate-parameters"](context);
  for (const shown of [...context.machine.profile.shownParameters, ...unlisted(context.machine)]) {
    context.print(parameterText(context.machine, shown, values));
  }
};

/** Parameters of a schema that the profile says nothing of. */
function unlisted({ profile, types }: Machine): ShownParameter[] {
  return [...types.parameters.members.keys()]
    .filter((name) => !profile.parameters.has(name as ParameterName))
    .map((name) => ({ name: name as ParameterName }));
}

function parameterText({ types }: Machine, { name, unit }: ShownParameter, values: ParameterValues): string {
  const value = values[name];
  const type = types.parameters.members.get(name)?.type;
  if (value === undefined || type === undefined) return "";
  if (name === "block-bitmap-mapping") return `${name}:\n${mappingText(values[name] ?? [])}`;
  if (Array.isArray(value)) return `${[`${name}:`, ...value.map(String)].join(" ")}\n`;
  return `${name}: ${valueText(type, value)}${unit === undefined ? "" : ` ${unit}`}\n`;
}

/** Strings stand in apostrophes, nothing in them is escaped. */
function valueText(type: TypeVisit<unknown>, value: unknown): string {
  if (typeof value === "boolean") return onOff(value);
  return typeof value === "string" && type.kind !== "enum" ? `'${value}'` : String(value);
}

function mappingText(nodes: readonly BitmapMigrationNodeAlias[]): string {
  return nodes
    .map((node) => {
      const bitmaps = node.bitmaps.map(({ name, alias }) => `    '${name}' -> '${alias}'\n`);
      return `  '${node["node-name"]}' -> '${node.alias}'\n${bitmaps.join("")}`;
    })
    .join("");
}
