import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The modules behind the package's doors: what they export is public. */
const doors = new Map(
  Object.entries(packageJson.exports).flatMap(([door, file]) =>
    typeof file === "string"
      ? []
      : [[posix.join(packageJson.name, door), file.types.replace("./dist/", "").replace(".d.ts", ".ts")]],
  ),
);

const files = ["src", "generated", "test", "bench", "editors", ".build"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[mc]?ts$/.test(name) && !name.includes("node_modules"))
    .map((name) => posix.join(folder, name.replaceAll("\\", "/"))),
);

const modules = new Map(
  files.map((name) => {
    const text = readFileSync(join(root, name), "utf8");
    return [name, ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true)] as const;
  }),
);

function moduleAt(from: string, specifier: string): string | undefined {
  const door = doors.get(specifier);
  if (door !== undefined) return door;
  return specifier.startsWith(".") ? posix.join(dirname(from), specifier).replace(/\.js$/, ".ts") : undefined;
}

/** What a module declares and exports, by name: of a function all its forms. */
function exportsOf(source: ts.SourceFile): Map<string, ts.Statement[]> {
  const found = new Map<string, ts.Statement[]>();
  const add = (name: ts.Node, statement: ts.Statement): void => {
    found.set(name.getText(), [...(found.get(name.getText()) ?? []), statement]);
  };
  for (const statement of source.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isExported) continue;
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) add(name, statement);
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement)
    ) {
      if (statement.name !== undefined) add(statement.name, statement);
    }
  }
  return found;
}

/** Every name that stands in a module, imported or not: who imports a module and says a name, uses it. */
function namesIn(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** A thing that a door exports: under which name, and where it is declared. */
interface PublicExport {
  readonly name: string;
  readonly module: string;
  readonly declarations: readonly ts.Statement[];
}

/** What a door exports, followed to where it is declared. */
function publicExports(module: string, wanted?: ReadonlyMap<string, string>): PublicExport[] {
  const source = modules.get(module);
  if (source === undefined) return [];
  const named = (name: string): string | undefined => (wanted === undefined ? name : wanted.get(name));
  const own = [...exportsOf(source)].flatMap(([name, declarations]) => {
    const known = named(name);
    return known === undefined ? [] : [{ name: known, module, declarations }];
  });
  const passedOn = source.statements.filter(ts.isExportDeclaration).flatMap((statement) => {
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
    const from =
      moduleSpecifier && ts.isStringLiteral(moduleSpecifier)
        ? moduleAt(module, moduleSpecifier.text)
        : undefined;
    const names = exportClause.elements.flatMap((each): [string, string][] => {
      const known = named(each.name.text);
      return known === undefined ? [] : [[(each.propertyName ?? each.name).text, known]];
    });
    return from === undefined || names.length === 0 ? [] : publicExports(from, new Map(names));
  });
  return [...own, ...passedOn];
}

/** Whether a function throws by itself, outside of functions within it; what it caught, others have thrown. */
function throwsItself(declaration: ts.Statement): boolean {
  if (!ts.isFunctionDeclaration(declaration) || declaration.body === undefined) return false;
  const visit = (node: ts.Node): boolean =>
    (ts.isThrowStatement(node) && !ts.isIdentifier(node.expression)) ||
    (!ts.isFunctionLike(node) && ts.forEachChild(node, visit) === true);
  return ts.forEachChild(declaration.body, visit) === true;
}

const docs = (nodes: readonly ts.Node[]): string =>
  nodes
    .flatMap((node) => ts.getJSDocCommentsAndTags(node))
    .map((each) => each.getText())
    .join("\n");

describe.each([...doors])("the door %s", (_door, module) => {
  const all = publicExports(module);
  const place = ({ name, module: where }: PublicExport): string => `${where}: ${name}`;

  it("exports something", () => {
    expect(all.length).toBeGreaterThan(0);
  });

  it("says of everything what it is", () => {
    expect(all.filter(({ declarations }) => docs(declarations) === "").map(place)).toEqual([]);
  });

  it("says what its functions throw", () => {
    const silent = all.filter(
      ({ declarations }) => declarations.some(throwsItself) && !docs(declarations).includes("@throws"),
    );
    expect(silent.map(place)).toEqual([]);
  });
});

describe("exports", () => {
  it("are needed by another module, or a door's", () => {
    const used = new Map<string, Set<string>>();
    for (const [name, source] of modules) {
      const { importedFiles } = ts.preProcessFile(source.text, true, true);
      if (importedFiles.length === 0) continue;
      const names = namesIn(source);
      for (const { fileName } of importedFiles) {
        const target = moduleAt(name, fileName);
        if (target === undefined || target === name) continue;
        const known = used.get(target) ?? new Set();
        for (const each of names) known.add(each);
        used.set(target, known);
      }
    }
    const isPublic = new Set(doors.values());
    const idle = [...modules]
      .filter(([name]) => name.startsWith("src/") && !isPublic.has(name))
      .flatMap(([name, source]) =>
        [...exportsOf(source).keys()]
          .filter((each) => used.get(name)?.has(each) !== true)
          .map((each) => `${name}: ${each}`),
      );
    expect(idle).toEqual([]);
  });
});
