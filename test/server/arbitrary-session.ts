import fc from "fast-check";
import { createMachine, type MachineSettings } from "qapi-ts/server";
import type { Session, Step } from "../support/qemu-session.js";

/** One of some words. */
const oneOf = (words: string): fc.Arbitrary<string> => fc.constantFrom(...words.split(" "));

/** One of some arbitraries, each as often as its weight says. */
function mostly<Value>(...choices: (readonly [weight: number, arbitrary: fc.Arbitrary<Value>])[]) {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

const joined = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(""));

const nearPowerOfTwo = fc
  .tuple(fc.nat(66), fc.constantFrom(-1n, 0n, 1n))
  .map(([shift, by]) => (1n << BigInt(shift)) + by);
const digits = fc.oneof(fc.nat(120), fc.nat(3_000_000), fc.bigInt(0n, 1n << 65n), nearPowerOfTwo).map(String);
const numberText = joined(
  mostly([2, fc.constant("")], [1, oneOf("- + 0 0x 0X -- -0x ~")], [1, fc.constant(" ")]),
  digits,
  mostly([2, fc.constant("")], [1, oneOf(".5 . .25 e3 .0 .99999999999999999999 .5e1 e-1")]),
  mostly([2, fc.constant("")], [1, oneOf("k K M G T P E B b kB KiB ms s % x kk")]),
);
const enumText = oneOf(
  "none zlib zstd qatzip legacy multifd normal cpr-reboot cpr-transfer cpr-exec None setup active device pre-switchover",
);
const boolText = oneOf("on off on off yes no true false y n On 1 0 o onn");
const wildText = fc.oneof(
  fc.string({ unit: "binary-ascii", maxLength: 6 }),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  oneOf('" \\ \'\' "" # - -- ü \u{1f600} ${x} $(ls) /bin/qemu'),
  fc.constantFrom('"a b"', "a b ", "x #y", "a\\ b", "'a b' c", '"a\\n"', '"\\q"', "a\tb", "x\ny", "a\0b"),
  fc.constantFrom("x".repeat(1023), "ü".repeat(512), "/bin/qemu -S"),
);
const valueText = mostly([5, numberText], [2, enumText], [2, boolText], [2, wildText]);

/** A word as it is, or in quotes that may lack their end. */
function quoted(word: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return mostly(
    [7, word],
    [1, word.map((text) => JSON.stringify(text))],
    [1, word.map((text) => `"${text}"`)],
    [1, word.map((text) => `"${text}`)],
  );
}

const uri = mostly(
  [2, fc.constant("fd:nosuch")],
  [
    4,
    oneOf(
      "tcp: tcp:x tcp:[::1] unix: fd: fd:-1 vsock: vsock:1 vsock:1:2,3 nosuch:x nosuch : TCP:1:2 defer file sim",
    ),
  ],
  [1, fc.constantFrom("", "fd:x y", "http://x", "exe:")],
  [1, fc.string({ unit: "binary-ascii", maxLength: 8 }).map((text) => `nosuch:${text}`)],
  [1, fc.string({ unit: "grapheme", maxLength: 4 }).map((text) => `tcp:${text.replaceAll(/[:,]/g, "")}`)],
);

const jsonNumber = mostly(
  [4, fc.nat(120).map(String)],
  [2, fc.integer({ min: -5, max: 3_000_000 }).map(String)],
  [2, joined(mostly([3, fc.constant("")], [1, fc.constant("-")]), nearPowerOfTwo.map(String))],
  [1, oneOf("1.0 1.5 1e2 -0 0.1 1e400 18446744073709551616 -9223372036854775809")],
);
const jsonString = mostly(
  [3, fc.oneof(enumText, boolText).map((text) => JSON.stringify(text))],
  [1, wildText.map((text) => JSON.stringify(text))],
  [1, oneOf(String.raw`"" '' "\u0000" "\uD800" "\uffff" 'it\'s' "\/"`)],
);
const jsonText = mostly(
  [5, jsonNumber],
  [2, jsonString],
  [2, oneOf('null true false [] {} ["a",1] ["/bin/qemu"] {"a":1} [[]]')],
);

/** An object's text; a name may stand in it twice. */
function objectText(members: fc.Arbitrary<readonly (readonly [name: string, value: string])[]>) {
  return members.map(
    (all) => `{${all.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(", ")}}`,
  );
}

const membersOf = (names: fc.Arbitrary<string>, values = jsonText, maxLength = 3) =>
  fc.array(fc.tuple(names, values), { maxLength });

const bitmapMapping = fc
  .array(fc.tuple(oneOf("n m 1"), oneOf("a b 1 é"), fc.nat(3)), { maxLength: 3 })
  .map((nodes) =>
    JSON.stringify(
      nodes.map(([name, alias, way]) => ({
        "node-name": way === 3 ? name.repeat(40) : name,
        alias: way === 2 ? alias.repeat(256) : alias,
        bitmaps: [
          { name: "b", alias },
          ...(way === 1 ? [{ name, alias: "b", transform: { persistent: true } }] : []),
        ],
      })),
    ),
  );

function command(name: fc.Arbitrary<string>, args: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return joined(
    fc.constant('{"execute": "'),
    name,
    fc.constant('", "arguments": '),
    args,
    mostly([5, fc.constant("}")], [1, jsonText.map((id) => `, "id": ${id}}`)]),
  );
}

/** Words of a monitor's line with something between them, and perhaps around them. */
function line(...words: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  const space = mostly([8, fc.constant(" ")], [1, fc.constantFrom("  ", "\t", "")]);
  const end = mostly([8, fc.constant("")], [1, fc.constantFrom(" ", "\t", " x", "  ", "\n")]);
  const parts = words.map((word) => (typeof word === "string" ? fc.constant(word) : word));
  return joined(...parts.flatMap((word, index) => (index === 0 ? [word] : [space, word])), end);
}

const shown = oneOf(
  'migrate migrate_parameters migrate_capabilities status name uuid history nosuch Migrate "migrate" migrate_param',
);
const verb = oneOf(
  "migrate_cancel migrate_pause migrate_start_postcopy migrate_continue migrate_recover stop s cont c exit_preconfig",
);
const waitingVerb = oneOf("migrate migrate_incoming migrate_set_parameter migrate_set_capability");
const notVerb = fc.constantFrom(
  "",
  " ",
  "\t \t",
  "/",
  "/x",
  "nosuch",
  " nosuch x",
  "é",
  "infos",
  "info/migrate",
);

/** The names that a machine of a profile knows. */
function namesOf(profile: string) {
  const machine = createMachine({ profile });
  const { types } = machine;
  machine.close();
  return {
    parameters: types.parameter.values.map(({ name }) => name),
    capabilities: types.capability.values.map(({ name }) => name),
    properties: [...machine.profile.parameters.values()].flatMap(({ property }) => property ?? []),
    capabilityProperties: [...machine.profile.capabilityProperties.keys()],
    globalProperties: machine.profile.globalProperties.flatMap(({ property }) => property ?? []),
  };
}

/** One of some names, or something like it. */
function almost(names: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...names);
  return mostly(
    [20, known],
    [1, fc.constantFrom("nosuch", "", "zero-blocks", "compress", "block", "cpr-exec-command", "direct-io")],
    [1, known.map((name) => name.replaceAll("-", "_"))],
    [1, known.map((name) => name.toUpperCase())],
  );
}

/** Any session of the kinds of step that the recorded ones have. */
export function arbitrarySession(profile: string, maxSteps = 20): fc.Arbitrary<Session> {
  const names = namesOf(profile);
  const parameter = almost(names.parameters);
  const capability = almost(names.capabilities);

  const monitorLine = mostly(
    [10, line("migrate_set_parameter", quoted(parameter), quoted(valueText))],
    [5, line("migrate_set_capability", quoted(capability), quoted(boolText))],
    [3, line("info", shown)],
    [1, line("info", shown, oneOf('-a - -b -- -aa x "-a"'))],
    [2, line("migrate", oneOf("-d -d -d -r -rd -x -b -i -d\t-r -d\t-i"), quoted(uri))],
    [1, line("migrate", quoted(uri))],
    [1, line(oneOf("migrate_incoming migrate_recover"), quoted(uri))],
    [1, line("migrate_continue", quoted(enumText))],
    [2, line("help", quoted(fc.oneof(verb, waitingVerb, oneOf("? quit nosuch"))), oneOf("x info migrate"))],
    [1, line("help info", shown)],
    [2, fc.oneof(verb, waitingVerb)],
    [1, line(verb, quoted(valueText))],
    [1, notVerb],
  );
  const parameterChange = fc
    .tuple(membersOf(parameter, jsonText, 4), fc.option(bitmapMapping, { freq: 4 }))
    .map(([members, mapping]) => [
      ...members,
      ...(mapping === null ? [] : [["block-bitmap-mapping", mapping] as const]),
    ]);
  const capabilityChange = objectText(
    fc
      .tuple(capability, mostly([9, oneOf("true false")], [1, jsonText]), fc.nat(20))
      .map(([name, state, odd]) => [
        ["capability", JSON.stringify(name)],
        ["state", state],
        ...(odd === 0 ? [["bogus", "1"] as const] : []),
      ]),
  );
  const migrateArguments = fc
    .tuple(
      fc.option(uri, { freq: 8 }),
      membersOf(oneOf("detach resume blk inc bogus channels uri"), jsonText, 2),
    )
    .map(([to, others]) => [...(to === null ? [] : [["uri", JSON.stringify(to)] as const]), ...others]);
  const plainCommand = oneOf(
    "query-migrate query-migrate-parameters query-migrate-capabilities query-status query-name query-uuid stop cont migrate_cancel migrate-pause migrate-start-postcopy x-exit-preconfig qmp_capabilities nosuch migrate-recover migrate-continue migrate migrate-incoming",
  );
  const request = mostly(
    [6, command(fc.constant("migrate-set-parameters"), objectText(parameterChange))],
    [
      4,
      command(
        fc.constant("migrate-set-capabilities"),
        fc.array(capabilityChange, { maxLength: 4 }).map((all) => `{"capabilities": [${all.join(", ")}]}`),
      ),
    ],
    [3, command(oneOf("migrate migrate-incoming"), objectText(migrateArguments))],
    [3, plainCommand.map((name) => `{"execute": "${name}"}`)],
    [
      2,
      command(
        fc.oneof(plainCommand, oneOf("human-monitor-command migrate-set-capabilities")),
        objectText(membersOf(oneOf("state uri bogus x toString capabilities command-line cpu-index enable"))),
      ),
    ],
    [
      1,
      objectText(
        membersOf(
          oneOf("execute id arguments exec-oob x Id toString"),
          mostly([1, fc.constant('"query-name"')], [1, jsonText]),
          5,
        ),
      ),
    ],
    [1, jsonText],
    [
      1,
      fc.constantFrom(
        '{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}}',
        '{"exec-oob": "migrate-pause"}',
        '{"exec-oob": "query-name", "id": null}',
        '{"exec-oob": "migrate-recover", "arguments": {"uri": "x"}}',
      ),
    ],
  );
  const step: fc.Arbitrary<Step> = mostly<Step>(
    [6, monitorLine],
    [5, request.map((text) => ({ request: text }))],
  );

  const globalText = mostly(
    [6, joined(fc.constant("migration."), fc.constantFrom(...names.properties), fc.constant("="), valueText)],
    [
      3,
      joined(
        fc.constant("migration."),
        fc.constantFrom(...names.capabilityProperties),
        fc.constant("="),
        boolText,
      ),
    ],
    [
      2,
      joined(
        fc.constant("migration."),
        fc.constantFrom(...names.globalProperties),
        fc.constant("="),
        fc.oneof(boolText, numberText),
      ),
    ],
    [1, fc.constantFrom("migration.nosuch=1", "foo.bar=1", "driver=migration,property=x-xbzrle,value=on")],
  ).filter((text) => !text.includes("\0"));
  const compatText = fc
    .array(
      joined(
        oneOf("deprecated-input= unstable-input= deprecated-output= unstable-output="),
        oneOf("accept reject hide"),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((items) => items.join(","));
  const settings: fc.Arbitrary<MachineSettings> = mostly<MachineSettings>(
    [6, fc.constant({})],
    [3, fc.array(globalText, { minLength: 1, maxLength: 3 }).map((globals) => ({ globals }))],
    [2, compatText.map((compat) => ({ compat }))],
    [2, fc.boolean().map((paused) => ({ incoming: "defer", paused }))],
    [2, fc.constantFrom({ preconfig: true }, { preconfig: true, incoming: "defer" }, { paused: true })],
  );
  return fc.record({
    isEarly: mostly([9, fc.constant(false)], [1, fc.constant(true)]),
    settings: settings.map((each) => ({ ...each, profile })),
    steps: fc.array(step, { minLength: 1, maxLength: maxSteps, size: "max" }),
  });
}
