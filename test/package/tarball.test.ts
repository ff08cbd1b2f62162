import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import { build as viteBuild } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "qapi-tarball-"));
const installed = join(home, "node_modules", "qapi-ts");

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: home, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** What `npm install TARBALL` does, without asking a registry: the dependencies are our own, linked. */
beforeAll(() => {
  if (!existsSync(join(root, "dist/cli.js"))) throw new Error("not built: run `npm run build` first");
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", home], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  run("tar", "-xzf", filename, "-C", installed, "--strip-components=1");
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const link = join(home, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
  writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module", private: true }));
}, 60_000);

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe("the packed package", () => {
  const cli = join(installed, "dist/cli.js");

  it("runs its program", () => {
    expect(run("node", cli, "--help")).toContain("Usage: qapi");
    expect(run("node", cli, "hmp", "-c", "info migrate_parameters")).toContain(
      "cpu-throttle-tailslow: off\n",
    );
  });

  it("ships an executable bin with a shebang", () => {
    expect(run(cli, "--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("holds what README links to", () => {
    const readme = readFileSync(join(installed, "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = ""]) => path);
    expect(links).toContain("docs/architecture.md");
    // What is not in the checkout either is a link to nothing: for the tests of README.
    const shipped = links.filter((path) => existsSync(join(root, path)));
    expect(shipped.filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });

  it("gives each front door, with types", () => {
    writeFileSync(
      join(home, "consumer.ts"),
      `import { compileSchema } from "qapi-ts";
import { fromJson } from "qapi-ts/visitor";
import { parseJson, writeJson } from "qapi-ts/json";
import { FileBuilder } from "qapi-ts/emit";
import { AutoConverge, nextThrottle } from "qapi-ts/migration";
import * as qmp from "qapi-ts/qmp";
import * as server from "qapi-ts/server";
import * as hmp from "qapi-ts/hmp";
const percentage: number = nextThrottle(
  { percentage: 20, bytesDirtyPeriod: 200n, bytesDirtyThreshold: 100n },
  { initial: 20, increment: 10, tailslow: false, max: 99 },
);
console.log(percentage, writeJson(parseJson("18446744073709551615")), typeof FileBuilder, typeof compileSchema, typeof fromJson, typeof AutoConverge, typeof qmp, typeof server, typeof hmp);
`,
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const types = join(root, "node_modules/@types");
    run(
      "node",
      tsc,
      "consumer.ts",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--strict",
      "--typeRoots",
      types,
      "--types",
      "node",
    );
    expect(run("node", "consumer.js")).toBe(
      "30 18446744073709551615 function function function function object object object\n",
    );
  }, 60_000);
});

/** An app in a folder of its own with a library generated into its sources. */
describe("an app", () => {
  const app = join(home, "app");
  const main = `import { introspection, qapi, queryClock, validateClockInfo, valuesOfZone, visitClockInfo, type ClockInfo } from "./clock/index.js";
import { fromJson, toJson } from "qapi-ts/visitor";
import { parseJson, writeJson } from "qapi-ts/json";
const info: ClockInfo = { seconds: 5n, zone: "utc" };
const text = '{"seconds":18446744073709551615,"zone":"utc"}';
const round = writeJson(toJson(visitClockInfo, fromJson(visitClockInfo, parseJson(text))));
console.log(Object.keys(qapi.commands).join(), queryClock.name, validateClockInfo(info), valuesOfZone.length, round === text, typeof introspection);
`;
  const printed = "query-clock query-clock true 2 true function\n";

  beforeAll(() => {
    mkdirSync(join(app, "src"), { recursive: true });
    writeFileSync(
      join(app, "clock.json"),
      `{ 'enum': 'Zone', 'data': [ 'utc', 'local' ] }
{ 'struct': 'ClockInfo', 'data': { 'seconds': 'uint64', 'zone': 'Zone' } }
{ 'command': 'query-clock', 'data': { '*zone': 'Zone' }, 'returns': 'ClockInfo' }
{ 'event': 'TICK', 'data': 'ClockInfo' }
`,
    );
    writeFileSync(join(app, "src/main.ts"), main);
    run("node", join(installed, "dist/cli.js"), "generate", "app/clock.json", "-o", "app/src/clock");
  });

  it.each<[what: string, type: string, options: Record<string, unknown>]>([
    ["as it is", "module", {}],
    ["with JavaScript and declarations", "module", { allowJs: true, checkJs: true, declaration: true }],
    [
      "under the strictest flags",
      "module",
      {
        isolatedModules: true,
        verbatimModuleSyntax: true,
        erasableSyntaxOnly: true,
        isolatedDeclarations: true,
        declaration: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noPropertyAccessFromIndexSignature: true,
        noUnusedLocals: true,
        skipLibCheck: false,
      },
    ],
    ["as CommonJS", "commonjs", {}],
  ])(
    "compiled by plain tsc, %s, runs",
    (_what, type, options) => {
      writeFileSync(join(app, "package.json"), JSON.stringify({ type }));
      const compilerOptions = {
        ...{ target: "es2022", module: "nodenext", strict: true, rootDir: "src", outDir: "dist", types: [] },
        ...{ lib: ["es2022", "dom"], skipLibCheck: true, ...options },
      };
      writeFileSync(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
      rmSync(join(app, "dist"), { recursive: true, force: true });
      run("node", join(root, "node_modules/typescript/bin/tsc"), "-p", "app");
      expect(run("node", "app/dist/main.js")).toBe(printed);
    },
    60_000,
  );

  it.each(["esm", "cjs"] as const)("bundled by esbuild as %s runs", async (format) => {
    const outfile = join(app, `bundle.${format === "esm" ? "mjs" : "cjs"}`);
    const { warnings } = await bundle({
      ...{ entryPoints: [join(app, "src/main.ts")], bundle: true, platform: "node", format, outfile },
      logLevel: "silent",
    });
    expect(warnings).toEqual([]);
    expect(run("node", outfile)).toBe(printed);
  });

  it("built by Vite runs", async () => {
    await viteBuild({
      ...{ root: app, configFile: false, logLevel: "silent" },
      build: { outDir: "vite", lib: { entry: "src/main.ts", formats: ["es"], fileName: () => "main.mjs" } },
    });
    expect(run("node", "app/vite/main.mjs")).toBe(printed);
  });
});
