import type { MigrationParameter } from "../../../generated/qapi/index.js";
import type { TextForm } from "../../migration/profile/parameter-table.js";
import type { ParameterChange } from "../../migration/profile/parameter-values.js";
import { Refusal } from "../../migration/refusal.js";
import { parameterHandlers } from "../../qmp/handlers/parameters.js";
import { visitSize } from "../../visitor/builtin.js";
import { readSize } from "../../visitor/text/read-size.js";
import { fromText, type FromTextOptions } from "../../visitor/text-input.js";
import type { HmpHandler, MonitorContext } from "./handler.js";
import { splitShellWords } from "../line/shell-words.js";
import { parseEnum } from "./parse-enum.js";

/** Reads the text given for a parameter; throws a Refusal or VisitError when it does not fit. */
type ValueReader = (context: MonitorContext, name: MigrationParameter, text: string) => unknown;

/** Sets one parameter: the value is read by the parameter's type in the schema, exceptions apart. */
export const migrateSetParameter: HmpHandler<"migrate_set_parameter"> = (context, { parameter, value }) => {
  const name = parseEnum(context.machine.types.parameter, parameter);
  const form = context.machine.profile.parameters.get(name)?.text;
  const read = form === undefined ? readByType : textForms[form];
  const change: ParameterChange = { [name]: read(context, name, value) };
  parameterHandlers["migrate-set-parameters"](context, change);
};

const readByType: ValueReader = (context, name, text) => {
  const { machine } = context;
  const type = machine.types.setParameters.members.get(name)?.type;
  if (type === undefined) throw new Refusal(`invalid parameter value: ${name}`);
  return fromText(type, text, name, textOptions(context));
};

function textOptions({ machine, report }: MonitorContext): FromTextOptions {
  return {
    sizes: machine.profile.sizeGrammar,
    warn: (warning) => {
      report(`warning: ${warning}`);
    },
  };
}

/** Sizes that QEMU keeps signed end here. */
const MAX_INT64 = (1n << 63n) - 1n;

/** A bandwidth, in MiB per second where it names no unit. */
const readMebibytes: ValueReader = ({ machine, report }, _name, text) => {
  const read = readSize(text, machine.profile.sizeGrammar, "M");
  if (read.warning !== undefined) report(`warning: ${read.warning}`);
  if ("fault" in read || read.value > MAX_INT64) throw new Refusal(`Invalid size ${text}`);
  return read.value;
};

/** A number that may carry a unit although its type is no size. */
const readAsSize: ValueReader = (context, name, text) =>
  fromText(visitSize, text, name, textOptions(context));

const readSignedSize: ValueReader = (context, name, text) => {
  const value = readAsSize(context, name, text);
  if (typeof value === "bigint" && value > MAX_INT64) throw new Refusal(`Invalid size ${text}`);
  return value;
};

const readWords: ValueReader = (_context, _name, text) => splitShellWords(text);

const refuse: ValueReader = (_context, name) => {
  throw new Refusal(`The ${name} parameter can only be set through QMP`);
};

/** What QEMU does not read by its type (`hmp_migrate_set_parameter`), by what the table calls it. */
const textForms: Readonly<Record<TextForm, ValueReader>> = {
  mebibytes: readMebibytes,
  size: readAsSize,
  "signed-size": readSignedSize,
  "shell-words": readWords,
  none: refuse,
};
