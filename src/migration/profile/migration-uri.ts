import { valuesOfMigrationChannelType } from "../../../generated/qapi/index.js";
import { readSize } from "../../visitor/text/read-size.js";

/** The transport of this project: a modelled guest over a modelled link. */
export const SIMULATED = "sim:";

/** What a URI that names a transport of QEMU's is wrong in; the words are QEMU's. */
export type UriFault = (rest: string) => string | undefined;

/**
 * An internet address as QEMU's `inet_parse` takes it: `HOST:PORT` or `[HOST]:PORT`, then `,to=NUMBER` and
 * the flags `,ipv4`, `,ipv6`, `,keep-alive`, `,mptcp`, each `=on` or `=off` if it says anything. Other
 * options are passed over.
 */
export const inetFault: UriFault = (address) => {
  const form = inetForms.find(({ applies }) => applies.test(address));
  const read = form?.pattern.exec(address);
  if (form === undefined || read === undefined || read === null) {
    return `error parsing ${form?.what ?? "address"} '${address}'`;
  }
  const options = address.slice(read[0].length);
  const to = optionAfter(options, ",to=");
  if (to !== undefined && !/^[ \t\n\v\f\r]*[+-]?\d+(,|$)/.test(to)) return "error parsing to= argument";
  for (const flag of ["ipv4", "ipv6", "keep-alive", "mptcp"]) {
    const value = optionAfter(options, `,${flag}`);
    if (value !== undefined && !/^(?:=on|=off)?(?:,(?!,)|$)/.test(value))
      return `error parsing '${flag}' flag '${value}'`;
  }
  return undefined;
};

const inetForms = [
  { applies: /^:/, pattern: /^:[^,]{1,32}/, what: "port in address" },
  { applies: /^\[/, pattern: /^\[[^\]]{1,64}\]:[^,]{1,32}/, what: "IPv6 address" },
  { applies: /^/, pattern: /^[^:]{1,64}:[^,]{1,32}/, what: "address" },
];

/** What follows the first place where an option stands. */
function optionAfter(options: string, option: string): string | undefined {
  const at = options.indexOf(option);
  return at < 0 ? undefined : options.slice(at + option.length);
}

export const unixFault: UriFault = (path) => (path === "" ? "invalid Unix socket address" : undefined);

/** `CID:PORT`. */
export const vsockFault: UriFault = (address) => {
  const read = /^[^:]{1,32}:[^,]{1,32}/.exec(address);
  if (read === null) return `error parsing address '${address}'`;
  return read[0] === address ? undefined : `trailing characters in address '${address}'`;
};

/** A descriptor's name or number. */
export const fdAddressFault: UriFault = (name) =>
  name === "" ? "invalid file descriptor address" : undefined;

/** The name of a descriptor that was passed by `getfd`, of which there is none here. */
export const fdFault = (name: string): string => `File descriptor named '${name}' has not been found`;

/** A descriptor to hear a migration from: a name, which only a monitor can have been told, or a number. */
export function incomingFdFault(name: string, isAtStart: boolean): string | undefined {
  if (!isAtStart && !/^\d/.test(name)) return fdFault(name);
  const isNumber = /^\s*\+?\d+$/.test(name) && Number(name) <= MAX_INT32;
  return isNumber ? undefined : `Invalid file descriptor number '${name}'`;
}

const MAX_INT32 = 2 ** 31 - 1;

/** `PATH` or `PATH,offset=SIZE`. */
export const fileFault: UriFault = (target) => {
  const offset = optionAfter(target, ",offset=");
  if (offset === undefined) return undefined;
  const read = readSize(offset, "current");
  if (!("fault" in read)) return undefined;
  const reason = read.fault === "range" ? "Numerical result out of range" : "Invalid argument";
  return `file URI has bad offset ${offset}: ${reason}`;
};

/**
 * What `-incoming` names instead of a URI: a channel, as JSON or as `key=value,…` whose first key, `channel-type`,
 * may be left out. Of these only a bare `channel-type` is read here; the others are refused in words of ours.
 */
export const incomingChannelFault: UriFault = (text) => {
  if (/^[A-Za-z]*:/.test(text)) return undefined;
  if (text === "") return "Parameter 'channel-type' is missing";
  if (/^\{|[,=]/.test(text)) return "a channel in options is beyond this model; give it as a URI";
  return valuesOfMigrationChannelType.some((type) => type === text)
    ? "Parameter 'addr' is missing"
    : `Parameter 'channel-type' does not accept value '${text}'`;
};

/** Nothing that can be seen before it is tried. */
export const noFault: UriFault = () => undefined;
