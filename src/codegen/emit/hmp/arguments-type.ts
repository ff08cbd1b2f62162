import type { HxArgument, HxArgumentCode, HxCommand } from "../../../hx/index.js";
import { groupBy } from "../../../util/lists.js";
import { propertyKey } from "../../file/identifier.js";
import { block, type Doc } from "../../file/layout.js";

/** The TypeScript type of an argument's value, by its code; flags and print formats aside. */
const valueTypes: Readonly<Record<Exclude<HxArgumentCode, "-" | "/">, string>> = {
  F: "string",
  B: "string",
  s: "string",
  S: "string",
  O: "ReadonlyMap<string, string>",
  i: "number",
  l: "bigint",
  M: "bigint",
  o: "bigint",
  T: "number",
  b: "boolean",
};

/**
 * The type of the arguments that a command's handler receives. What not every form of the command
 * has is optional.
 *
 * @param forms the entries of one command; conditions keep all but one of them away
 * @param printFormat gives the local name of the runtime's type for print formats
 */
export function argumentsType(forms: readonly HxCommand[], printFormat: () => string): Doc {
  const byKey = groupBy(
    forms.flatMap((form) => form.arguments),
    ({ key }) => key,
  );
  if (byKey.size === 0) return "Readonly<Record<string, never>>";
  const members = [...byKey].map(([key, specs]) => {
    const isOptional = specs.length < forms.length || specs.some(mayBeAbsent);
    const types = new Set(specs.map((spec) => valueType(spec, printFormat)));
    return `readonly ${propertyKey(key)}${isOptional ? "?" : ""}: ${[...types].join(" | ")};`;
  });
  return block(members);
}

/** Flags and options may be left out although no `?` says so. */
function mayBeAbsent({ code, optional, dotted }: HxArgument): boolean {
  return optional || dotted || code === "-" || code === "O";
}

function valueType({ code, flagValue }: HxArgument, printFormat: () => string): string {
  if (code === "/") return printFormat();
  if (code === "-") return flagValue ? "string" : "boolean";
  return valueTypes[code];
}
