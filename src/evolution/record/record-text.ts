/**
 * The record as it is shipped: JSON with the builds and a line for each fact's place, in a form small
 * enough for a package. A set of builds is hexadecimal after a `@`, left out where it is that of what
 * the thing is in.
 *
 *     c migrate 12 3 @3ff !deprecated@300       a command, its argument type, its return type
 *     o m:uri:7?3e0 m:channels:9@3c0            a type: members (with `?` where optional), …
 *     b:nbd:4  v:raw  j:string  a:5  l:6        … branches, values, JSON type, list, alternatives
 */
import {
  type BuildSet,
  createDraft,
  type HistoryRecord,
  type RecordDraft,
  type RecordedBranch,
  type RecordedBuild,
  type RecordedEntry,
  type RecordedFeatures,
  type RecordedType,
} from "./record.js";

interface RecordText {
  /** `10.2_x86_64`. */
  readonly builds: readonly string[];
  /** Commands and events, the first at the top. */
  readonly entries: readonly string[];
  /** Types, by their number. */
  readonly types: readonly string[];
}

export function writeRecord(record: HistoryRecord): RecordText {
  const writer = new Writer((1n << BigInt(record.builds.length)) - 1n);
  const entries = [...record.entries].map(([name, entry]) => writer.entry(name, entry));
  return {
    builds: record.builds.map(({ version, arch }) => (arch === "" ? version : `${version}_${arch}`)),
    entries,
    types: writer.types(),
  };
}

class Writer {
  private readonly numbers = new Map<RecordedType, number>();

  constructor(private readonly all: BuildSet) {}

  entry(name: string, { kind, builds, features, arguments: taken, returns }: RecordedEntry): string {
    const head = `${kind === "command" ? "c" : "e"} ${name} ${this.number(taken)} ${this.number(returns)}`;
    return `${head} ${set(builds, this.all)}${marks(features, builds)}`.trimEnd();
  }

  /** Grows while it is written: a type is numbered when it is first used. */
  types(): string[] {
    const lines: string[] = [];
    for (const type of this.numbers.keys()) lines.push(this.type(type));
    return lines;
  }

  private number(type: RecordedType): number {
    const number = this.numbers.get(type) ?? this.numbers.size;
    this.numbers.set(type, number);
    return number;
  }

  private type(type: RecordedType): string {
    const { builds, enums, objects } = type;
    const branch = (sign: string, { builds: there, type: of }: RecordedBranch, around: BuildSet): string =>
      `${sign}${this.number(of)}${set(there, around)}`;
    const parts = [
      `${set(builds, this.all)}${marks(type.features, builds)}`,
      ...[...type.builtins].map(([json, there]) => `j:${json}${set(there, builds)}`),
      ...type.elements.map((each) => branch("a:", each, builds)),
      ...type.alternatives.map((each) => branch("l:", each, builds)),
      ...(enums === 0n ? [] : [`e${set(enums, builds)}`]),
      ...[...type.values].map(
        ([name, value]) => `v:${name}${set(value.builds, enums)}${marks(value.features, value.builds)}`,
      ),
      ...(objects === 0n ? [] : [`o${set(objects, builds)}`]),
      ...[...type.members].map(([name, member]) => {
        const { builds: there, optional } = member;
        const may = optional === 0n ? "" : `?${optional === there ? "" : optional.toString(16)}`;
        return `m:${name}:${this.number(member.type)}${set(there, objects)}${may}${marks(member.features, there)}`;
      }),
      ...[...type.branches].map(([name, each]) => branch(`b:${name}:`, each, objects)),
    ];
    return parts.join(" ").trim();
  }
}

function set(builds: BuildSet, around: BuildSet): string {
  return builds === around ? "" : `@${builds.toString(16)}`;
}

function marks(features: RecordedFeatures, around: BuildSet): string {
  return [...features].map(([name, builds]) => `!${name}${set(builds, around)}`).join("");
}

/** Reads what `writeRecord` wrote, which is trusted. */
export function readRecord({ builds, entries, types }: RecordText): HistoryRecord {
  const all = (1n << BigInt(builds.length)) - 1n;
  const drafts = types.map(() => createDraft(all));
  const typeOf = (number: string | undefined): RecordedType => {
    const type = drafts[Number(number)];
    if (type === undefined) throw new RangeError(`the record has no type ${number ?? ""}`);
    return type;
  };
  types.forEach((line, index) => {
    const draft = drafts[index];
    if (draft !== undefined) readType(line, draft, all, typeOf);
  });
  return {
    builds: builds.map(readBuild),
    entries: new Map(entries.map((line) => readEntry(line, all, typeOf))),
  };
}

/** `10.2_x86_64+hvf` as version and architecture; the latter may be missing. */
export function readBuild(text: string): RecordedBuild {
  const [version = "", ...arch] = text.split("_");
  return { version, arch: arch.join("_") };
}

function readEntry(
  line: string,
  all: BuildSet,
  typeOf: (number: string | undefined) => RecordedType,
): [string, RecordedEntry] {
  const [kind, name = "", taken, returned, rest = ""] = line.split(" ");
  const { builds, features } = readTail(rest, all);
  return [
    name,
    {
      kind: kind === "c" ? "command" : "event",
      builds,
      features,
      arguments: typeOf(taken),
      returns: typeOf(returned),
    },
  ];
}

function readType(
  line: string,
  draft: RecordDraft,
  all: BuildSet,
  typeOf: (number: string | undefined) => RecordedType,
): void {
  const words = line.split(" ");
  if (/^[@!]/.test(words[0] ?? "")) {
    const { builds, features } = readTail(words.shift() ?? "", all);
    Object.assign(draft, { builds, features });
  }
  for (const word of words) {
    const tailAt = word.search(/[@?!]/);
    const head = tailAt === -1 ? word : word.slice(0, tailAt);
    const tail = tailAt === -1 ? "" : word.slice(tailAt);
    const [sign, name = "", number] = head.split(":");
    switch (sign) {
      case "j":
        draft.builtins.set(name, readTail(tail, draft.builds).builds);
        break;
      case "a":
        draft.elements.push({ builds: readTail(tail, draft.builds).builds, type: typeOf(name) });
        break;
      case "l":
        draft.alternatives.push({ builds: readTail(tail, draft.builds).builds, type: typeOf(name) });
        break;
      case "e":
        draft.enums = readTail(tail, draft.builds).builds;
        break;
      case "v":
        draft.values.set(name, readTail(tail, draft.enums));
        break;
      case "o":
        draft.objects = readTail(tail, draft.builds).builds;
        break;
      case "m":
        draft.members.set(name, { ...readTail(tail, draft.objects), type: typeOf(number) });
        break;
      case "b":
        draft.branches.set(name, { builds: readTail(tail, draft.objects).builds, type: typeOf(number) });
        break;
      default:
    }
  }
}

/** `@BUILDS?OPTIONAL!FEATURE@BUILDS…`, each part of which may be missing. */
function readTail(
  tail: string,
  around: BuildSet,
): { readonly builds: BuildSet; readonly optional: BuildSet; readonly features: RecordedFeatures } {
  const [head = "", ...marked] = tail.split("!");
  const [own = "", may] = head.split("?");
  const builds = own === "" ? around : readSet(own.slice(1));
  const features = new Map(
    marked.map((mark): [string, BuildSet] => {
      const [name = "", where] = mark.split("@");
      return [name, where === undefined ? builds : readSet(where)];
    }),
  );
  return { builds, optional: may === undefined ? 0n : may === "" ? builds : readSet(may), features };
}

/** There are few sets, each of them many times. */
const sets = new Map<string, BuildSet>();

function readSet(hexadecimal: string): BuildSet {
  const known = sets.get(hexadecimal) ?? BigInt(`0x${hexadecimal}`);
  sets.set(hexadecimal, known);
  return known;
}
