/**
 * The rules: every kind of change, how bad it is for what is sent and for what is received, and why.
 * Where a kind has shades, the level given here is its worst; the comparison names a milder one.
 *
 * They rest on QEMU's `docs/devel/qapi-code-gen.rst`, "Compatibility considerations", on what
 * visitors do with input they do not expect, and on what a client can rely on.
 */
import type { ChangeLevel, Flow } from "./level.js";

/** What a kind of change means in one direction. */
export interface Effect {
  /** For clients on the socket. */
  readonly wire: ChangeLevel;
  /** For programs compiled against the generated TypeScript. */
  readonly code: ChangeLevel;
  /** Why, as the end of a sentence that begins with who is concerned: "clients of X send this: …". */
  readonly why: string;
}

/** What a kind of change means to clients, by the way that data flows. */
export interface ChangeRule extends Readonly<Record<Flow, Effect>> {
  /** What the rule is about, for the documentation. */
  readonly summary: string;
  /**
   * What it does to a program that is compiled against generated TypeScript; only where the code level is more than a
   * note.
   */
  readonly compiler?: Partial<Readonly<Record<Flow, string>>>;
}

const fine = (why: string, code: ChangeLevel = "ok"): Effect => ({ wire: "ok", code, why });
const note = (why: string, code: ChangeLevel = "note"): Effect => ({ wire: "note", code, why });
const risky = (why: string, code: ChangeLevel = "dangerous"): Effect => ({ wire: "dangerous", code, why });
const bad = (why: string, code: ChangeLevel = "breaking"): Effect => ({ wire: "breaking", code, why });

const both = (text: string): Readonly<Record<Flow, string>> => ({ in: text, out: text });
const changedType = both("the type of the property changes");

const notReceived = fine("only what is sent has it");
const notSent = fine("only what is received has it");

/** Every kind of change there is, and what it means. */
export const changeRules = {
  "command-removed": {
    summary: "A command is gone.",
    in: bad("QEMU answers CommandNotFound"),
    out: bad("there is no answer any more"),
    compiler: both("its key is gone from the map of commands"),
  },
  "command-added": {
    summary: "A new command.",
    in: fine("nobody sends it yet"),
    out: fine("nobody asks for it yet"),
  },
  "event-removed": {
    summary: "An event is gone. Who only ignores what it does not need is not harmed; who waits for it is.",
    in: notSent,
    out: risky("who waits for it waits for ever", "breaking"),
    compiler: { out: "its key is gone from the map of events" },
  },
  "event-added": {
    summary: "A new event. Clients must ignore events they do not know.",
    in: notSent,
    out: fine("clients ignore events that they do not know", "dangerous"),
    compiler: { out: "an exhaustive switch over the names of events lacks a case" },
  },
  "arg-added-mandatory": {
    summary: "A mandatory member is new in what clients send.",
    in: bad("QEMU refuses what lacks a mandatory member"),
    out: fine("clients ignore members that they do not know", "dangerous"),
    compiler: {
      in: "an object literal without it does not compile",
      out: "who builds such values, as servers and mocks do, must add it",
    },
  },
  "arg-added-optional": {
    summary: "An optional member is new in what clients send.",
    in: fine("it may be left out"),
    out: fine("clients ignore members that they do not know"),
  },
  "member-added": {
    summary: "A member is new in what clients receive.",
    in: fine("it may be left out"),
    out: fine("clients ignore members that they do not know"),
  },
  "member-removed": {
    summary:
      "A member is gone. Sent, it is refused even where it had been ignored; received, a client may read it. " +
      "Optional members count too: neither schema says whether they were ever sent.",
    in: bad("QEMU refuses members that it does not know"),
    out: bad("it does not come any more"),
    compiler: { in: "a literal that has it does not compile", out: "the property is gone" },
  },
  "member-renamed": {
    summary:
      "A member is gone and another of the same type is new in the same place: it looks like a rename. " +
      "Told as one finding, under the old name.",
    in: bad("QEMU refuses the old name"),
    out: bad("the old name does not come any more"),
    compiler: { in: "a literal that has the old name does not compile", out: "the property is gone" },
  },
  "member-made-optional": {
    summary:
      "A mandatory member is optional now. Not in QEMU's own rules; that a client may read without asking " +
      "what was promised to be there follows from their mirror image for arguments.",
    in: fine("it may be left out now"),
    out: bad("a client that relies on it may meet an answer without it"),
    compiler: { out: "the property may be undefined" },
  },
  "member-made-mandatory": {
    summary: "An optional member is mandatory now.",
    in: bad("QEMU refuses what leaves it out"),
    out: fine("it always comes now"),
    compiler: { in: "an object literal without it does not compile" },
  },
  "member-moved-to-branch": {
    summary:
      "A common member of a union, or of what becomes a union, is only in some of its branches now. One " +
      "finding, not a removal: where it still is, the bytes are the same.",
    in: bad("QEMU refuses it with every other value of the tag"),
    out: risky("it comes only with some values of the tag", "breaking"),
    compiler: {
      in: "a literal that has it with another tag does not compile",
      out: "the tag must be narrowed first",
    },
  },
  "int-narrowed": {
    summary: "An integer takes fewer values. Introspection cannot show it: there all integers are `int`.",
    in: bad("QEMU refuses values that were good"),
    out: fine("its values fit where the old ones did"),
    compiler: { in: "a bigint does not fit", out: "number and bigint change places" },
  },
  "int-widened": {
    summary: "An integer takes more values.",
    in: fine("old values stay good"),
    out: risky("values may come that a client has no room for"),
    compiler: { in: "a bigint does not fit", out: "number and bigint change places" },
  },
  "type-changed": {
    summary:
      "Another type that shares values with the old one: `int` and `number`, anything and `any`; also a " +
      "command whose arguments were not checked by the schema (`gen: false`) and are now.",
    in: bad("QEMU refuses values that were good"),
    out: risky("values of another form may come"),
    compiler: changedType,
  },
  "type-kind-changed": {
    summary: "A type of another JSON kind: a string where a number was, an object where a string was.",
    in: bad("QEMU refuses the old kind of value"),
    out: bad("another kind of value comes"),
    compiler: changedType,
  },
  "scalar-array": {
    summary: "A single value became a list of them, or a list a single value.",
    in: bad("QEMU refuses the old kind of value"),
    out: bad("another kind of value comes"),
    compiler: changedType,
  },
  "str-to-enum": {
    summary:
      "A string takes only listed values now. Harmless where QEMU had refused all others before, which no " +
      "schema tells.",
    in: risky("QEMU refuses strings that are not listed", "breaking"),
    out: fine("what comes is one of the strings that came before"),
    compiler: { in: "a string is not one of the literals" },
  },
  "enum-to-str": {
    summary: "An enum became a free string.",
    in: fine("old values stay good"),
    out: risky("strings may come that were not listed"),
    compiler: { out: "an exhaustive switch over its values stops to be one" },
  },
  "type-to-alternate": {
    summary: "A type became an alternate that has it as one of its alternatives.",
    in: fine("old values stay good"),
    out: bad("a value of another JSON kind may come"),
    compiler: { out: "the type must be narrowed first" },
  },
  "alternate-to-type": {
    summary: "An alternate became one of its alternatives.",
    in: bad("QEMU refuses the other alternatives"),
    out: fine("what comes is one of the alternatives that came before"),
    compiler: { in: "the other alternatives do not fit" },
  },
  "alternative-added": {
    summary: "An alternate has one alternative more.",
    in: fine("old values stay good"),
    out: bad("a value of another JSON kind may come"),
    compiler: { out: "the type must be narrowed further" },
  },
  "alternative-removed": {
    summary: "An alternate has one alternative less.",
    in: bad("QEMU refuses values of that kind"),
    out: fine("values of that kind do not come any more"),
    compiler: { in: "values of that kind do not fit" },
  },
  "enum-value-added": {
    summary:
      "An enum has one value more. QEMU's rules do not speak of receivers, yet a client can only have been " +
      "written for the values it knew.",
    in: fine("nobody sends it yet"),
    out: risky("a value may come that clients do not know"),
    compiler: { out: "an exhaustive switch over its values lacks a case" },
  },
  "enum-value-removed": {
    summary: "An enum has one value less.",
    in: bad("QEMU refuses the value"),
    out: note("the value does not come any more", "breaking"),
    compiler: { in: "the literal does not fit", out: "a comparison with the literal does not compile" },
  },
  "branch-added": {
    summary:
      "A union has members for a value of its tag that had none. Breaking for senders where the value is an " +
      "old one and a new member is mandatory.",
    in: bad("QEMU refuses the value without the branch's mandatory members"),
    out: fine("clients ignore members that they do not know", "dangerous"),
    compiler: {
      in: "a literal without its mandatory members does not compile",
      out: "an exhaustive switch over the tag lacks a case",
    },
  },
  "branch-removed": {
    summary:
      "A union has no members for a value of its tag that had some. Where the value is gone as well, nothing " +
      "of it can come any more.",
    in: bad("QEMU refuses the branch's members"),
    out: bad("the branch's members do not come any more"),
    compiler: { in: "a literal with its members does not compile", out: "its properties are gone" },
  },
  "tag-changed": {
    summary: "Another member of a union decides which branch it has.",
    in: bad("QEMU takes the branch from another member"),
    out: risky("the branch depends on another member", "breaking"),
    compiler: both("the union has another discriminant"),
  },
  "returns-added": {
    summary: "A command that returned nothing, which is `{}` on the wire, returns an object.",
    in: notReceived,
    out: fine("clients ignore members that they do not know", "dangerous"),
    compiler: { out: "the result is no empty object any more" },
  },
  "returns-removed": {
    summary: "A command that returned something returns nothing, which is `{}` on the wire.",
    in: notReceived,
    out: bad("what it returned does not come any more"),
    compiler: { out: "the result is an empty object" },
  },
  "returns-changed": {
    summary: "A command returns another kind of value: a list where an object was.",
    in: notReceived,
    out: bad("another kind of value comes"),
    compiler: { out: "the type of the result changes" },
  },
  "feature-gained": {
    summary:
      "Something is marked. `deprecated` starts the clock; `unstable` takes a promise back; any other " +
      "feature tells that something works now.",
    in: risky("it is no longer promised to stay"),
    out: risky("it is no longer promised to stay"),
    compiler: both("it is gone where code is generated with --exclude-unstable"),
  },
  "feature-lost": {
    summary:
      "Something has lost a mark. Losing `deprecated` or `unstable` gives a promise; any other feature is " +
      "what clients look for before they use something.",
    in: bad("clients that look for it find less than there was", "ok"),
    out: bad("clients that look for it find less than there was", "ok"),
  },
  "success-response": {
    summary: "A command answers no more, or answers where it did not. Guest agents only.",
    in: bad("the client waits for an answer for ever", "ok"),
    out: bad("no answer comes any more", "ok"),
  },
  "allow-oob": {
    summary: "A command can, or can no longer, be sent out of band.",
    in: bad("QEMU refuses it in `exec-oob`"),
    out: notSent,
    compiler: { in: "its name is gone from those that can be sent out of band" },
  },
  "allow-preconfig": {
    summary: "A command can, or can no longer, be sent before the machine is set up (`--preconfig`).",
    in: bad("QEMU refuses it before the machine is set up", "ok"),
    out: notSent,
  },
  "if-added": {
    summary:
      "What every build had depends on a condition now. A matter of configuration, not of the interface.",
    in: note("builds without the condition lack it", "ok"),
    out: note("builds without the condition lack it", "ok"),
  },
  "if-narrowed": {
    summary: "A condition holds in fewer builds than before.",
    in: note("some builds that had it lack it", "ok"),
    out: note("some builds that had it lack it", "ok"),
  },
  "type-renamed": {
    summary: "A type has another name. Nothing on the wire has it; generated code does.",
    in: fine("no name of a type is sent"),
    out: fine("no name of a type is sent"),
  },
  "definition-moved": {
    summary: "A definition stands in another file of the schema, so generated code has it in another module.",
    in: fine("no name of a file is sent"),
    out: fine("no name of a file is sent"),
  },
} as const satisfies Readonly<Record<string, ChangeRule>>;

/** A kind of change, by the name that findings give it. */
export type ChangeId = keyof typeof changeRules;

export const changeIds = Object.keys(changeRules) as readonly ChangeId[];
