import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The stations of the two journeys and what each may import, itself aside. Nothing else is allowed,
 * so an arrow drawn backwards fails here. The longest matching prefix names a file's station.
 */
const stations: Readonly<Record<string, readonly string[]>> = {
  "src/util": [],
  // The road from a schema to emitted files.
  "src/diagnostic": ["src/util"],
  "src/findings": ["src/diagnostic", "src/util"],
  "src/qapi/ast": ["src/diagnostic"],
  "src/qapi/parse": ["src/qapi/ast", "src/diagnostic", "src/util", "generated/grammar"],
  "src/qapi/load": ["src/qapi/parse", "src/qapi/ast", "src/diagnostic", "src/util"],
  "src/qapi/check": ["src/qapi/ast", "src/diagnostic", "src/util"],
  "src/qapi/schema": ["src/qapi/check", "src/qapi/ast", "src/diagnostic", "src/util"],
  "src/qapi/dump": ["src/qapi/schema", "src/qapi/ast"],
  "src/qapi/introspected": ["src/qapi/schema", "src/qapi/ast", "src/json", "src/diagnostic", "src/util"],
  "src/qapi": ["src/qapi/*", "src/diagnostic"],
  "src/evolution/path": ["src/json", "src/util"],
  "src/evolution/page": ["src/evolution", "src/evolution/*", "src/lab"],
  "src/evolution": [
    "src/evolution/*",
    "src/qapi/schema",
    "src/findings",
    "src/diagnostic",
    "src/json",
    "src/util",
  ],
  "src/hx": ["src/qapi/load", "src/diagnostic", "src/util", "generated/grammar"],
  "src/codegen/file": ["src/diagnostic", "src/util"],
  "src/codegen/plan": ["src/codegen/file", "src/qapi/schema", "src/util"],
  "src/codegen/docs": ["src/codegen/plan", "src/codegen/file", "src/qapi/schema", "src/qapi/ast", "src/util"],
  "src/codegen/json-schema": ["src/qapi/schema", "src/util"],
  "src/codegen/emit": [
    "src/codegen/json-schema",
    "src/codegen/docs",
    "src/codegen/plan",
    "src/codegen/file",
    "src/qapi/schema",
    "src/qapi/ast",
    "src/hx",
    "src/diagnostic",
    "src/util",
  ],
  "src/codegen": ["src/codegen/*", "src/qapi/schema", "src/hx", "src/diagnostic", "src/util"],
  // Types in the declarations of a grammar's results.
  "generated/grammar": ["src/hx", "src/util"],
  // The text of a schema laid out anew.
  "src/format": ["src/qapi/parse", "src/diagnostic", "src/util"],
  // The road from a typed line to a throttled guest.
  "src/json": ["src/util"],
  "src/visitor": ["src/json", "src/util"],
  "generated/qapi": ["src/visitor"],
  "src/migration/throttle": ["src/util"],
  "src/migration/profile": ["src/migration/throttle", "generated/qapi", "src/visitor", "src/util"],
  "src/migration/simulator": ["src/migration/profile", "src/migration/throttle", "src/util"],
  "src/migration/text": ["src/migration/simulator", "src/util"],
  "src/migration/trace": [
    "src/migration/simulator",
    "src/migration/profile",
    "src/migration/throttle",
    "src/json",
    "src/util",
  ],
  "src/migration": ["src/migration/*", "generated/qapi", "src/visitor", "src/json", "src/util"],
  "src/qmp": ["src/migration", "src/migration/*", "generated/qapi", "src/visitor", "src/json", "src/util"],
  "src/hmp": [
    "src/qmp",
    "src/migration",
    "src/migration/profile",
    "generated/qapi",
    "generated/hmp",
    "src/visitor",
    "src/json",
    "src/util",
  ],
  // A command table's types come from the monitor's front door.
  "generated/hmp": ["src/hmp"],
  // A QEMU that there is none of, by its schema.
  "src/stand-in": [
    "src/codegen/emit",
    "src/qapi/schema",
    "src/qmp",
    "src/migration",
    "src/migration/*",
    "src/visitor",
    "src/json",
    "src/util",
  ],
  "src/server": [
    "src/stand-in",
    "src/live-schema",
    "src/conformance",
    "src/qapi/schema",
    "generated/qapi",
    "src/visitor",
    "src/hmp",
    "src/qmp",
    "src/migration",
    "src/json",
    "src/util",
  ],
  // The other end of the wire.
  "src/client": ["src/evolution/path", "src/json", "src/visitor", "src/util"],
  // Prompts, and what stands behind them.
  "src/terminal": ["src/util"],
  "src/shell": [
    "src/terminal",
    "src/client",
    "src/live-schema",
    "src/hmp",
    "src/migration",
    "src/json",
    "src/visitor",
    "src/util",
  ],
  // Reports and pages about simulated migrations.
  "src/lab": ["src/migration", "src/migration/*", "src/json", "src/util"],
  // Where the roads meet.
  "src/lint": [
    "src/evolution",
    "src/evolution/*",
    "src/conformance",
    "src/findings",
    "src/format",
    "src/qapi",
    "src/qapi/*",
    "src/diagnostic",
    "src/json",
    "src/util",
  ],
  "src/lsp": [
    "src/lint",
    "src/evolution",
    "src/evolution/*",
    "src/format",
    "src/codegen/docs",
    "src/qapi",
    "src/qapi/*",
    "src/diagnostic",
    "src/util",
  ],
  "src/conformance": [
    "src/codegen/emit",
    "src/codegen/json-schema",
    "src/qapi/schema",
    "src/visitor",
    "src/json",
    "src/util",
  ],
  // Between a client and a QEMU.
  "src/proxy": [
    "src/conformance",
    "src/server",
    "src/client",
    "src/qmp/wire",
    "src/qmp",
    "src/json",
    "src/util",
  ],
  "src/schema-source": ["src/client", "src/qapi", "src/qapi/*", "src/diagnostic", "src/json", "src/util"],
  "src/live-schema": ["src/qapi/schema", "src/visitor", "src/json", "src/util"],
  "src/vitest": ["src/conformance", "src/qapi/schema", "src/diagnostic", "src/json"],
  "src/index.ts": [
    "src/evolution",
    "src/schema-source",
    "src/conformance",
    "src/codegen",
    "src/codegen/*",
    "src/qapi",
    "src/qapi/*",
    "src/diagnostic",
    "src/json",
  ],
  "src/cli": ["*"],
};

/** Only the rim and these few modules touch the machine. */
const machineAccess = [
  /^src\/cli\//,
  /^src\/qapi\/load\/node-host\.ts$/,
  /^src\/schema-source\/(?:read-schema|git-host)\.ts$/,
  /^src\/codegen\/node-output-host\.ts$/,
  /^src\/server\//,
  /^src\/proxy\/(?:proxy|pass-on)\.ts$/,
  /^src\/lsp\//,
  /^src\/vitest\//,
  /^src\/client\/transport\.ts$/,
  /^src\/terminal\//,
];

const sources = ["src", "generated"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|js)$/.test(name))
    .map((name) => posix.join(folder, name.replaceAll("\\", "/"))),
);

const stationOf = (file: string): string | undefined =>
  Object.keys(stations)
    .filter((station) => file === station || file.startsWith(`${station}/`))
    .sort((a, b) => b.length - a.length)[0];

const selfReference = /^qapi-ts\/(\w+)$/;

/** Doors that are not named after their folder. */
const doorFolders: Readonly<Record<string, string>> = { qmp: "client" };

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => {
    const own = selfReference.exec(fileName);
    if (own?.[1] !== undefined) {
      const folder = doorFolders[own[1]] ?? own[1];
      return { from: file, specifier: fileName, target: `src/${folder}/index.ts` };
    }
    if (!fileName.startsWith(".")) return { from: file, specifier: fileName, target: fileName };
    const path = relative(root, resolve(root, dirname(file), fileName)).replaceAll("\\", "/");
    return {
      from: file,
      specifier: fileName,
      target: path.startsWith("src/") ? path.replace(/\.js$/, ".ts") : path,
    };
  });
}

function allowed({ from, target }: Import): boolean {
  if (!target.startsWith("src/") && !target.startsWith("generated/")) return true;
  const own = stationOf(from);
  const other = stationOf(target);
  if (own === undefined || other === undefined) return false;
  if (own === other) return true;
  return (stations[own] ?? []).some(
    (rule) => rule === "*" || rule === other || (rule.endsWith("/*") && other.startsWith(rule.slice(0, -1))),
  );
}

describe("import order", () => {
  const imports = sources.flatMap(importsOf);

  it("knows every file's station", () => {
    expect(sources.filter((file) => stationOf(file) === undefined)).toEqual([]);
  });

  it("runs one way", () => {
    const wrong = imports
      .filter((each) => !allowed(each))
      .map(({ from, specifier }) => `${from} -> ${specifier}`);
    expect(wrong).toEqual([]);
  });

  it("touches files, processes and sockets only at the rim", () => {
    const wrong = imports
      .filter(({ target }) => /^node:(fs|process|net|child_process|readline|os)/.test(target))
      .filter(({ from }) => !machineAccess.some((place) => place.test(from)))
      .map(({ from, specifier }) => `${from} -> ${specifier}`);
    expect(wrong).toEqual([]);
  });

  it("gives each package one home", () => {
    const homes: Readonly<Record<string, RegExp>> = {
      peggy: /^(?!)/,
      commander: /^src\/cli\//,
      prettier: /^src\/(codegen|format)\//,
      ajv: /^src\/(codegen\/emit|cli)\//,
    };
    const wrong = imports.filter(({ from, target }) => {
      const home = homes[target.split("/")[0] ?? ""];
      return home !== undefined && !home.test(from);
    });
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });
});
