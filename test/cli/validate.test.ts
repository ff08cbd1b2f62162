import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { validate, type ValidateOptions } from "../../src/cli/commands/validate.js";
import { runCommand } from "../support/cli-run.js";

const folder = mkdtempSync(join(tmpdir(), "qapi-validate-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const schema = write(
  "schema.json",
  `
{ 'enum': 'Kind', 'data': [ 'point', 'circle' ] }
{ 'struct': 'Circle', 'data': { 'radius': 'uint8' } }
{ 'union': 'Shape', 'base': { 'kind': 'Kind', '*name': 'str' }, 'discriminator': 'kind',
  'data': { 'circle': 'Circle' } }
{ 'command': 'draw', 'data': { 'what': 'Shape', '*times': 'int' }, 'returns': 'Circle', 'allow-oob': true }
{ 'command': 'clear' }
{ 'command': 'plug', 'data': { 'driver': 'str' }, 'gen': false }
{ 'event': 'DRAWN', 'data': { 'kinds': [ 'Kind' ] } }
{ 'event': 'CLEARED' }
`,
);

function write(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(options: Partial<ValidateOptions>, documents: readonly string[], stdin?: string) {
  const files = documents.map((text, index) => write(`${index}.json`, text));
  const outcome = await runCommand(
    (context) =>
      validate(
        schema,
        stdin === undefined ? files : [...files, "-"],
        { diagnostics: "pretty", docRules: "lenient", ...options },
        context,
      ),
    { stdin: stdin ?? "" },
  );
  return { ...outcome, stdout: outcome.stdout.replaceAll(`${folder}/`, "") };
}

/** The findings of a run, as `FILE:LINE:COLUMN: PLACE MESSAGE`. */
function told(stdout: string): string {
  const findings = JSON.parse(stdout) as {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly pointer: string;
    readonly message: string;
  }[];
  return findings
    .map(({ file, line, column, pointer, message }) => {
      return `${file.replace(`${folder}/`, "")}:${line}:${column}: ${pointer || "the document"} ${message}\n`;
    })
    .join("");
}

const timestamp = '"timestamp": {"seconds": 1, "microseconds": 2}';

describe("qapi validate accepts", () => {
  it.each<[Partial<ValidateOptions>, string]>([
    [{ type: "Circle" }, '{"radius": 255}'],
    [{ type: "Kind" }, '"point"'],
    [{ type: "int" }, "-9223372036854775808"],
    // Several, a line each or not.
    [{ type: "Circle" }, '{"radius": 1}\n{"radius": 2}\n'],
    [{ type: "Circle" }, ' {\n  "radius": 1\n}{"radius": 2} {"radius": 3}'],
    [{ type: "Kind" }, '"point" "circle"'],
    [{ type: "int" }, "1\n-2\n"],
    [{ command: "draw" }, '{"execute": "draw", "arguments": {"what": {"kind": "point"}}, "id": [1]}'],
    [{ command: "draw" }, '{"exec-oob": "draw", "arguments": {"what": {"kind": "circle", "radius": 1}}}'],
    [{ command: "draw" }, '{"what": {"kind": "point"}, "times": 2}'],
    [{ command: "clear" }, '{"execute": "clear"}'],
    [{ command: "clear" }, '{"execute": "clear", "arguments": {}}'],
    [{ command: "clear" }, "{}"],
    [
      { command: "plug" },
      '{"execute": "plug", "arguments": {"driver": "e1000", "mac": "52:54:00:12:34:56"}}',
    ],
    [{ reply: "draw" }, '{"return": {"radius": 1}, "id": 7}'],
    [{ reply: "draw" }, '{"radius": 1}'],
    [{ reply: "clear" }, '{"return": {}}'],
    [{ reply: "clear" }, '{"error": {"class": "GenericError", "desc": "no"}}'],
    [{ event: "DRAWN" }, `{"event": "DRAWN", "data": {"kinds": ["circle"]}, ${timestamp}}`],
    [{ event: "DRAWN" }, '{"kinds": []}'],
    [{ event: "CLEARED" }, `{"event": "CLEARED", ${timestamp}}`],
    [{ type: "Shape", tolerant: true }, '{"kind": "square", "side": 2}'],
    [{ type: "Shape", tolerant: true }, '{"kind": "circle"}'],
    [{ type: "Shape", tolerant: true }, '{"kind": "circle", "radius": 2, "color": "red"}'],
    [{ type: "Kind", tolerant: true }, '"square"'],
    [
      { event: "DRAWN", tolerant: true },
      `{"event": "DRAWN", "data": {"kinds": ["square"], "more": 1}, ${timestamp}}`,
    ],
  ])("as %o: %s", async (options, document) => {
    expect(await run(options, [document])).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("qapi validate finds what is wrong", () => {
  it.each<[Partial<ValidateOptions>, string, string]>([
    [{ type: "Circle" }, '{"radius": 256}', "0.json:1:12: /radius must be an integer from 0 to 255\n"],
    // Integers are what is written as such.
    [{ type: "Circle" }, '{"radius": 1.0}', "0.json:1:12: /radius must be an integer from 0 to 255\n"],
    [
      { command: "draw" },
      '{\n  "execute": "draw",\n  "arguments": {\n    "what": {"kind": "cirle"}, "tímes": 1\n  }, "😀": 2\n}\n',
      "0.json:4:22: /arguments/what/kind cannot be 'cirle', only 'circle', 'point'\n" +
        "0.json:4:32: /arguments/tímes is not expected here\n" +
        "0.json:5:6: /😀 is not expected here\n",
    ],
    [{ command: "draw" }, '{"execute": "draw"}', "0.json:1:1: the document lacks the member 'arguments'\n"],
    [{ command: "clear" }, '{"execute": "draw"}', "0.json:1:13: /execute cannot be 'draw', only 'clear'\n"],
    [
      { command: "clear" },
      '{"exec-oob": "clear"}',
      "0.json:1:14: /exec-oob names a command that does not support OOB\n",
    ],
    [
      { type: "Circle" },
      '{"radius": 1}\n{"radius": 256}\n{"radius": }\n{"radius": "1"} {"r": 1}\n',
      "0.json:2:12: /radius must be an integer from 0 to 255\n" +
        "0.json:3:12: the document is not JSON: expected a value\n" +
        "0.json:4:12: /radius must be an integer from 0 to 255\n" +
        "0.json:4:17: the document lacks the member 'radius'\n" +
        "0.json:4:18: /r is not expected here\n",
    ],
    [{ type: "Kind" }, " \n", "0.json:1:1: the document is not JSON: there is nothing in it\n"],
    [{ command: "clear" }, '{"x": 1}', "0.json:1:2: /x is not expected here\n"],
    [{ command: "plug" }, '{"driver": 1, "mac": 2}', "0.json:1:12: /driver must be a string\n"],
    [{ reply: "clear" }, '{"return": {"x": 1}}', "0.json:1:13: /return/x is not expected here\n"],
    [{ reply: "clear" }, '{"error": {"class": "X"}}', "0.json:1:11: /error lacks the member 'desc'\n"],
    [
      { event: "DRAWN" },
      '{"event": "DRAWN", "data": {"kinds": ["circle", 1]}}',
      "0.json:1:1: the document lacks the member 'timestamp'\n0.json:1:49: /data/kinds/1 must be a string\n",
    ],
    [
      { type: "Shape", tolerant: true },
      '{"kind": "square", "name": 1}',
      "0.json:1:28: /name must be a string\n",
    ],
    [{ type: "Shape", tolerant: true }, '{"kind": 1}', "0.json:1:10: /kind must be a string\n"],
    [
      { type: "Shape" },
      '{"__proto__": {"kind": "point"}}',
      "0.json:1:1: the document lacks the member 'kind'\n",
    ],
    [
      { type: "Circle" },
      '{"radius": 1,}',
      "0.json:1:14: the document is not JSON: expected a key in double quotes\n",
    ],
    [
      { type: "Circle" },
      '{"radius": 1, "radius": 2}',
      '0.json:1:15: the document is not JSON: duplicate key "radius"\n',
    ],
  ])("as %o: %s", async (options, document, wanted) => {
    const { status, stdout, stderr } = await run({ ...options, format: "json" }, [document]);
    expect([status, told(stdout), stderr]).toEqual([100, wanted, ""]);
  });

  it("and shows it to people", async () => {
    const { status, stdout } = await run({ type: "Circle" }, ['{"radius": 256}']);
    expect([status, stdout]).toEqual([
      100,
      `error[document/integer]: /radius must be an integer from 0 to 255
   --> 0.json:1:12
 1 | {"radius": 256}
   |            ^^^

1 finding (1 error)
`,
    ]);
  });

  it("in several files and on stdin", async () => {
    const { status, stdout } = await run({ type: "Kind", format: "json" }, ['"point"', '"x"'], "1");
    expect(status).toBe(100);
    expect(told(stdout)).toBe(
      "1.json:1:1: the document cannot be 'x', only 'point', 'circle'\n<stdin>:1:1: the document must be a string\n",
    );
  });

  it("in what is no text", async () => {
    const file = write("latin1.json", Buffer.from('"\xe9"', "latin1"));
    const { status, stdout } = await runCommand((context) =>
      validate(
        schema,
        [file],
        { diagnostics: "pretty", docRules: "lenient", type: "Kind", format: "json" },
        context,
      ),
    );
    expect([status, told(stdout)]).toEqual([100, "latin1.json:1:1: the document is not UTF-8\n"]);
  });

  it("as data, where asked", async () => {
    const fine = await run({ type: "Kind", diagnostics: "json" }, ['"point"']);
    expect([fine.status, fine.stdout]).toEqual([0, "[]\n"]);
    const { stdout } = await run({ type: "Circle", diagnostics: "json" }, ['{"radius":\n -1}']);
    expect(JSON.parse(stdout)).toEqual([
      {
        code: "document/integer",
        severity: "error",
        level: "error",
        type: "Circle",
        line: 2,
        column: 2,
        message: "must be an integer from 0 to 255",
        pointer: "/radius",
        file: "0.json",
        start: { line: 2, column: 2 },
        end: { line: 2, column: 4 },
        notes: [],
      },
    ]);
  });
});

describe("qapi validate cannot run", () => {
  it.each<[Partial<ValidateOptions>, string]>([
    [{}, "say what the files are: one of --type, --command, --reply, --event, or --log for conversations\n"],
    [{ type: "Circel" }, `${schema}: the schema has no type 'Circel'; did you mean 'Circle'?\n`],
    [{ type: "draw" }, `${schema}: the schema has no type 'draw'\n`],
    [{ reply: "drew" }, `${schema}: the schema has no command 'drew'; did you mean 'draw'?\n`],
    [{ event: "constructor" }, `${schema}: the schema has no event 'constructor'\n`],
  ])("with %o", async (options, stderr) => {
    expect(await run(options, ["{}"])).toEqual({ status: 2, stdout: "", stderr: `qapi: ${stderr}` });
  });
});

describe("qapi validate with introspection data for a schema", () => {
  const reply = [
    { name: "go", "meta-type": "command", "arg-type": "0", "ret-type": "1" },
    { name: "0", "meta-type": "object", members: [{ name: "speed", type: "int" }] },
    { name: "1", "meta-type": "object", members: [] },
    { name: "int", "meta-type": "builtin", "json-type": "int" },
  ];

  async function against(data: unknown, document: string) {
    const path = write("live.json", JSON.stringify(data));
    const file = write("document.json", document);
    return runCommand((context) =>
      validate(
        path,
        [file],
        { diagnostics: "pretty", docRules: "lenient", command: "go", format: "json" },
        context,
      ),
    );
  }

  it("checks as with a schema file", async () => {
    const { status, stdout } = await against(
      { return: reply },
      '{"execute": "go", "arguments": {"sped": 1}}',
    );
    expect(status).toBe(100);
    expect(told(stdout)).toMatch(/:1:33: \/arguments\/sped is not expected here\n/);
    expect((await against(reply, '{"execute": "go", "arguments": {"speed": 1}}')).status).toBe(0);
  });

  it("says what is wrong with it", async () => {
    const { status, stderr } = await against(reply.slice(0, 2), "{}");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /live\.json:1:2: not what query-qmp-schema returns: 'go' uses '1', which is not listed\n/,
    );
  });
});

describe("qapi validate --log", () => {
  const good = [
    '{"QMP": {"version": {}, "capabilities": []}}',
    '{"execute": "clear", "id": 1}',
    '{"return": {}, "id": 1}',
    `{"event": "CLEARED", ${timestamp}}`,
  ].join("\n");

  it("has nothing to say of a good log", async () => {
    expect(await run({ log: true }, [good])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(await run({ log: true, format: "json" }, [], good)).toEqual({
      status: 0,
      stdout: "[]\n",
      stderr: "",
    });
  });

  it("tells each problem with its place, side, command and path", async () => {
    const sent =
      '-> {"execute": "draw", "arguments": {"what": {"kind": "circle", "radius": 256}}}\n' +
      '<- {"error": {"class": "GenericError", "desc": "no"}}\n' +
      '{"event": "DRAWN", "data": {"kinds": ["square"]}, ' +
      `${timestamp}}`;
    const { status, stdout } = await run({ log: true, format: "json" }, [good, sent]);
    expect(status).toBe(100);
    expect(JSON.parse(stdout)).toEqual([
      {
        level: "error",
        message: "/arguments/what/radius must be an integer from 0 to 255",
        file: "1.json",
        line: 1,
        column: 75,
        from: "client",
        command: "draw",
        pointer: "/arguments/what/radius",
        path: "draw/arg-type/what/+circle/radius",
      },
      {
        level: "error",
        message: "/data/kinds/0 cannot be 'square', only 'point', 'circle'",
        file: "1.json",
        line: 3,
        column: 39,
        from: "server",
        event: "DRAWN",
        pointer: "/data/kinds/0",
        path: "DRAWN/arg-type/kinds",
      },
    ]);
  });

  it.each([
    "",
    "\n# nothing\n",
    "root:x:0:0\n",
    '{"name": "qapi-ts"}',
    "{ 'struct': 'S', 'data': {} }",
    "[]",
  ])("refuses what is no log: %j", async (text) => {
    const { status, stdout, stderr } = await run({ log: true }, [text]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/0\.json: is no log: there is no message of QMP in it\n$/);
  });

  it("says which log cannot be read", async () => {
    const { status, stderr } = await runCommand((context) =>
      validate(
        schema,
        [join(folder, "none.log")],
        { diagnostics: "pretty", docRules: "lenient", log: true },
        context,
      ),
    );
    expect([status, stderr]).toEqual([
      1,
      `qapi: cannot read ${join(folder, "none.log")}: No such file or directory\n`,
    ]);
  });

  it("counts what of the schema was used, across logs", async () => {
    const other =
      '{"execute": "draw", "arguments": {"what": {"kind": "point"}}}\n{"return": {"radius": 1}}\n';
    const { status, stdout, stderr } = await run({ log: true, coverage: true, format: "json" }, [
      good,
      other,
    ]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({
      commands: {
        seen: [
          { path: "draw", count: 1 },
          { path: "clear", count: 1 },
        ],
        unseen: ["plug"],
      },
      events: { seen: [{ path: "CLEARED", count: 1 }], unseen: ["DRAWN"] },
      arguments: {
        seen: [
          { path: "draw/arg-type/what", count: 1 },
          { path: "draw/arg-type/what/kind", count: 1 },
        ],
        unseen: [
          "draw/arg-type/times",
          "plug/arg-type/driver",
          "draw/arg-type/what/name",
          "draw/arg-type/what/+circle/radius",
        ],
      },
      members: {
        seen: [{ path: "draw/ret-type/radius", count: 1 }],
        unseen: ["DRAWN/arg-type/kinds"],
      },
      branches: {
        seen: [{ path: "draw/arg-type/what/+point", count: 1 }],
        unseen: ["draw/arg-type/what/+circle"],
      },
      values: {
        seen: [{ path: "draw/arg-type/what/kind/^point", count: 1 }],
        unseen: [
          "draw/arg-type/what/kind/^circle",
          "DRAWN/arg-type/kinds/^point",
          "DRAWN/arg-type/kinds/^circle",
        ],
      },
    });
    const table = await run({ log: true, coverage: true }, [good, other]);
    expect(table.stdout).toMatch(/^commands +2 of +3 +66\.7%$/m);
    const markdown = await run({ log: true, coverage: true, format: "markdown" }, [good, '{"execute": "x"}']);
    expect(markdown.status).toBe(100);
    expect(markdown.stdout).toMatch(/^\| commands \| 1 \| 3 \| 33\.3% \|$/m);
    expect(markdown.stderr).toMatch(/the schema has no command 'x'/);
  });

  it("refuses coverage in a form that it has not, and of documents", async () => {
    expect((await run({ log: true, coverage: true, format: "sarif" }, [good])).status).toBe(2);
    expect((await run({ type: "Kind", coverage: true }, [good])).status).toBe(2);
  });
});
