import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

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
  "src/qapi/schema": ["src/qapi/check", "src/qapi/ast", "src/json", "src/diagnostic", "src/util"],
  "src/qapi/dump": ["src/qapi/schema", "src/qapi/ast"],
  // JSON from outside, held to its form by what ajv has made of that.
  "src/document": ["src/json", "src/util"],
  "generated/documents": ["src/document"],
  "src/qapi/introspected": [
    "generated/documents",
    "src/document",
    "src/qapi/schema",
    "src/qapi/ast",
    "src/json",
    "src/diagnostic",
    "src/util",
  ],
  "src/qapi": ["src/qapi/*", "src/diagnostic"],
  "src/evolution/path": ["src/json", "src/util"],
  "src/evolution/page": ["src/evolution", "src/page"],
  "src/evolution": [
    "src/evolution/*",
    "src/document",
    "src/qapi/schema",
    "src/findings",
    "src/diagnostic",
    "src/json",
    "src/util",
  ],
  "src/hx/ast": ["src/diagnostic"],
  "src/hx": ["src/hx/ast", "src/qapi/load", "src/diagnostic", "src/util", "generated/grammar"],
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
    "src/hx",

    "src/util",
  ],
  "src/codegen": ["src/codegen/*", "src/qapi/schema", "src/hx", "src/diagnostic", "src/util"],
  // Types in the declarations of a grammar's results.
  "generated/grammar": ["src/hx/ast", "src/util"],
  // The text of a schema laid out anew.
  "src/format": ["src/qapi/parse", "src/diagnostic", "src/util"],
  // The road from a typed line to a throttled guest.
  "src/json": ["src/util"],
  "src/visitor": ["src/json", "src/util"],
  "generated/qapi": ["src/visitor"],
  "generated/hmp": ["src/visitor"],
  "src/migration/throttle": ["src/util"],
  "src/migration/profile": ["src/migration/throttle", "generated/qapi", "src/visitor", "src/util"],
  "src/migration/simulator": [
    "src/migration/profile",
    "src/migration/throttle",
    "generated/qapi",
    "src/visitor",
    "src/util",
  ],
  "src/migration/text": ["src/migration/simulator", "src/util"],
  "src/migration/trace": [
    "generated/documents",
    "src/document",
    "src/migration/simulator",
    "src/migration/profile",
    "src/migration/throttle",
    "src/util",
  ],
  "src/migration": ["src/migration/*", "generated/qapi", "src/visitor", "src/util"],
  "src/qmp": ["src/migration", "src/migration/*", "generated/qapi", "src/visitor", "src/json", "src/util"],
  "src/hmp": [
    "src/qmp",
    "src/migration",
    "src/migration/profile",
    "generated/qapi",
    "generated/hmp",
    "src/visitor",

    "src/util",
  ],
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
  // Pages that need nothing else.
  "src/page": [],
  // Reports and pages about simulated migrations.
  // A thread a core; the figures of a grid.
  "src/lab/sweep": ["src/lab", "src/util"],
  // What a terminal or a file is told of them.
  "src/lab/report": ["src/lab", "src/lab/sweep", "src/migration/*", "src/json", "src/util"],
  "src/lab": ["generated/documents", "src/document", "src/page", "src/migration/*", "src/util"],
  // Where the roads meet.
  "src/lint": [
    "generated/documents",
    "src/document",
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
  "src/proxy": ["src/conformance", "src/server", "src/client", "src/qmp", "src/json", "src/util"],
  "src/schema-source": ["src/document", "src/client", "src/qapi", "src/qapi/*", "src/json", "src/util"],
  "src/live-schema": ["src/qapi/schema", "src/diagnostic", "src/visitor", "src/util"],
  "src/vitest": [
    "src/conformance",
    "src/live-schema",
    "src/qapi/schema",
    "src/visitor",
    "src/diagnostic",
    "src/json",
  ],
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
  /^src\/schema-source\/(?:read-schema|git-host|kind-of-path)\.ts$/,
  /^src\/codegen\/node-output-host\.ts$/,
  /^src\/server\//,
  /^src\/proxy\/(?:proxy|pass-on)\.ts$/,
  /^src\/lsp\//,
  /^src\/vitest\//,
  /^src\/client\/transport\.ts$/,
  /^src\/terminal\//,
  /^src\/lab\/sweep\//,
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

const sourceFiles = new Set(sources);

/** The package's doors: `qapi-ts/hmp` is `src/hmp/index.ts`. Whoever names one imports that module. */
const doors = new Map(
  Object.entries(packageJson.exports).flatMap(([door, file]) =>
    typeof file === "string"
      ? []
      : [[posix.join(packageJson.name, door), file.types.replace("./dist/", "").replace(".d.ts", ".ts")]],
  ),
);

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly target: string;
}

/** Imports and re-exports of a module, of types too, and `import()` as an expression or a type. */
function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.flatMap(({ fileName: specifier }) => {
    const door = doors.get(specifier);
    if (door !== undefined) return [{ from: file, specifier, target: door }];
    if (!specifier.startsWith(".")) return [{ from: file, specifier, target: specifier }];
    const path = relative(root, resolve(root, dirname(file), specifier)).replaceAll("\\", "/");
    // What peggy writes has its types beside it.
    const candidates = [path, path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".d.ts")];
    const targets = candidates.filter((candidate) => sourceFiles.has(candidate));
    return (targets.length > 0 ? targets : [path]).map((target) => ({ from: file, specifier, target }));
  });
}

/**
 * Groups of nodes each of which leads to every other, by Tarjan's algorithm. A group of one is no group
 * unless the node leads to itself.
 */
function cyclesOf(edges: readonly { readonly from: string; readonly to: string }[]): string[][] {
  const next = new Map<string, typeof edges>();
  for (const edge of edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge]);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const index = order.size;
    let low = index;
    order.set(node, index);
    stack.push(node);
    for (const { to } of next.get(node) ?? []) {
      if (!order.has(to)) low = Math.min(low, visit(to));
      else if (stack.includes(to)) low = Math.min(low, order.get(to) ?? low);
    }
    lowest.set(node, low);
    if (low === index) {
      const group = stack.splice(stack.indexOf(node));
      const isLoop = edges.some(({ from, to }) => from === node && to === node);
      if (group.length > 1 || isLoop) found.push(group.sort());
    }
    return low;
  };
  for (const { from } of edges) if (!order.has(from)) visit(from);
  return found;
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

  it("has no cycle of modules, types included", () => {
    expect(cyclesOf(imports.map(({ from, target }) => ({ from, to: target })))).toEqual([]);
  });

  it("has no cycle of stations, types included", () => {
    const edges = imports.flatMap(({ from, target }) => {
      const [own, other] = [stationOf(from), stationOf(target)];
      return own === undefined || other === undefined || own === other ? [] : [{ from: own, to: other }];
    });
    expect(cyclesOf(edges)).toEqual([]);
  });

  it("finds the cycles that it looks for", () => {
    const edges = ["ab", "bc", "ca", "cd", "de", "ed", "ff", "fa"].map(([from = "", to = ""]) => ({
      from,
      to,
    }));
    expect(cyclesOf(edges)).toEqual([["d", "e"], ["a", "b", "c"], ["f"]]);
  });

  it("runs one way", () => {
    const wrong = imports
      .filter((each) => !allowed(each))
      .map(({ from, specifier }) => `${from} -> ${specifier}`);
    expect(wrong).toEqual([]);
  });

  it("allows nothing that nobody needs, what all may use aside", () => {
    const used = new Set(
      imports.flatMap(({ from, target }) => [`${stationOf(from) ?? ""} -> ${stationOf(target) ?? ""}`]),
    );
    const idle = Object.entries(stations).flatMap(([own, rules]) =>
      rules
        .filter((rule) => !rule.endsWith("*") && rule !== "src/util" && !used.has(`${own} -> ${rule}`))
        .map((rule) => `${own} -> ${rule}`),
    );
    expect(idle).toEqual([]);
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
      ajv: /^src\/codegen\/emit\//,
    };
    const wrong = imports.filter(({ from, target }) => {
      const home = homes[target.split("/")[0] ?? ""];
      return home !== undefined && !home.test(from);
    });
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([]);
  });
});
