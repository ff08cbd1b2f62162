import { PAGE_SIZE, steadyWork, type WorkPhase, type WritePattern } from "../simulator/guest.js";
import { createScenario, ScenarioError, type Scenario, type ScenarioChoices } from "../simulator/scenario.js";
import { parseDuration, parseRate, parseShare, parseSize, UnitError } from "./units.js";

type Reader = (value: string) => ScenarioChoices;

/** What each option of a scenario means; errors list them in this order. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["ram", (value) => ({ ram: parseSize(value) })],
  ["working-set", (value) => ({ workingSet: parseSize(value) })],
  ["zero", (value) => ({ zero: parseSize(value) })],
  ["pattern", (value) => ({ pattern: parsePattern(value) })],
  ["dirty-rate", (value) => ({ work: steadyWork(parseRate(value)) })],
  ["work", (value) => ({ work: value.split("/").map(parsePhase) })],
  ["accel", (value) => ({ isEmulated: parseAccelerator(value) })],
  ["bandwidth", parseBandwidths],
  ["fail", (value) => ({ failure: parseFailure(value) })],
  ["fail-after", (value) => ({ failure: { kind: "after", bytes: parseSize(value) } })],
  ["seed", (value) => ({ seed: parseSeed(value) })],
]);

/** The names of the options. */
export const scenarioOptionNames: readonly string[] = [...readers.keys()];

/**
 * The choices that one option makes.
 *
 * @throws ScenarioError for an unknown option or a value that it does not take
 */
export function readScenarioOption(name: string, value: string): ScenarioChoices {
  const reader = readers.get(name);
  if (reader === undefined) {
    throw new ScenarioError(`unknown option '${name}'; there are ${scenarioOptionNames.join(", ")}`);
  }
  return readNamed(name, value, reader);
}

/**
 * Reads a value that is given by a name.
 *
 * @throws ScenarioError with the name in it, where `read` throws a {@link UnitError}
 */
export function readNamed<Value>(name: string, text: string, read: (text: string) => Value): Value {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof UnitError) throw new ScenarioError(`${name}: '${text}' is not ${error.message}`);
    throw error;
  }
}

/**
 * Splits `key=value,…`, as `--guest` takes it and as it follows `sim:`.
 *
 * @throws ScenarioError if an option is given twice or lacks its value
 */
export function splitScenarioOptions(text: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const part of text.split(",")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    if (equals === -1) throw new ScenarioError(`'${part}' is not of the form key=value`);
    const name = part.slice(0, equals);
    if (options.has(name)) throw new ScenarioError(`${name} is given twice`);
    options.set(name, part.slice(equals + 1));
  }
  return options;
}

/**
 * Reads `key=value,…`.
 *
 * @throws ScenarioError as {@link splitScenarioOptions} and {@link readScenarioOption} do
 */
export function parseScenarioChoices(text: string): ScenarioChoices {
  let choices: ScenarioChoices = {};
  for (const [name, value] of splitScenarioOptions(text)) {
    choices = { ...choices, ...readScenarioOption(name, value) };
  }
  return choices;
}

/**
 * The scenario that `key=value,…` describes; what it leaves open is as in `base`, then as usual.
 *
 * @throws ScenarioError as {@link parseScenarioChoices} and {@link createScenario} do
 */
export function parseScenario(text: string, base: ScenarioChoices = {}): Scenario {
  return createScenario({ ...base, ...parseScenarioChoices(text) });
}

/** `uniform`, `sweep`, `hot` or `hot:SIZE:WEIGHT` with shares of the working set and of the writes. */
function parsePattern(text: string): WritePattern {
  if (text === "uniform" || text === "sweep") return { kind: text };
  const [kind, sizeText = "10%", weightText = "90%", ...rest] = text.split(":");
  if (kind === "hot" && rest.length === 0) {
    const [size, weight] = [parseShare(sizeText), parseShare(weightText)];
    if (size > 0 && size < 1) return { kind, size, weight };
  }
  throw new UnitError("uniform, sweep or hot:SIZE:WEIGHT, as in hot:10%:90%");
}

/** `RATE@TIME`: so many bytes a second for so much CPU time. */
function parsePhase(text: string): WorkPhase {
  const [rate = "", time = "", ...rest] = text.split("@");
  if (time === "" || rest.length > 0) throw new UnitError("a list of phases such as 1G@2s/0@500ms");
  const cpuMs = parseDuration(time);
  if (cpuMs === 0) throw new UnitError("a list of phases that take time");
  return { cpuMs, pagesPerSecond: parseRate(rate) / PAGE_SIZE };
}

/** Whether the accelerator is software emulation. */
function parseAccelerator(text: string): boolean {
  if (text !== "kvm" && text !== "tcg") throw new UnitError("kvm or tcg");
  return text === "tcg";
}

/** `RATE`, or `RATE/RATE@TIME/…`: a bandwidth, and what it changes to so long after the start. */
function parseBandwidths(text: string): ScenarioChoices {
  // The slash of `/s` is no separator.
  const [first = "", ...later] = text.split(/\/(?!s(?:[@/]|$))/);
  const bandwidthChanges = later.map((change) => {
    const [rate = "", time = "", ...rest] = change.split("@");
    if (rest.length > 0) throw new UnitError("a bandwidth and its changes such as 10G/1G@30s/10G@1min");
    return { fromMs: parseDuration(time), bandwidth: parseBandwidth(rate) };
  });
  if (bandwidthChanges.some(({ fromMs }, i) => fromMs <= (bandwidthChanges[i - 1]?.fromMs ?? 0))) {
    throw new UnitError("a list of bandwidths in the order of time");
  }
  return { bandwidth: parseBandwidth(first), bandwidthChanges };
}

function parseBandwidth(text: string): number {
  const bandwidth = parseRate(text);
  if (bandwidth < 1) throw new UnitError("a bandwidth of at least a byte per second");
  return bandwidth;
}

function parseFailure(text: string): { kind: "connect" } {
  if (text !== "connect") throw new UnitError("connect, the only way to fail by name");
  return { kind: text };
}

function parseSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (!(seed < 2 ** 32)) throw new UnitError("a whole number below 2^32");
  return seed;
}
