import { resolve } from "node:path";
import ts from "typescript";
import type { GeneratedFile } from "../../src/codegen/file/generated-file.js";

/** The flags under which generated code must compile, and a few that users like. */
const OPTIONS: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  paths: { "qapi-ts/visitor": [resolve("src/visitor/index.ts")] },
};

/** A folder that exists only here; within the package, so that it counts as ES modules. */
const FOLDER = resolve("test/.generated");

/**
 * What TypeScript says of generated files.
 *
 * @param more files beside them, by path, that import them
 * @returns `path:line: message` of each error
 */
export function typeErrors(
  files: readonly GeneratedFile[],
  more: Readonly<Record<string, string>> = {},
): string[] {
  const texts = new Map(files.map(({ path, text }) => [resolve(FOLDER, path), text]));
  for (const [path, text] of Object.entries(more)) texts.set(resolve(FOLDER, path), text);
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    directoryExists: (path) => path.startsWith(FOLDER) || disk.directoryExists?.(path) === true,
    getSourceFile(path, options, ...rest) {
      const text = texts.get(path);
      if (text === undefined) return disk.getSourceFile(path, options, ...rest);
      return ts.createSourceFile(path, text, options);
    },
  };
  const roots = [...texts.keys()].filter((path) => path.endsWith(".ts"));
  const program = ts.createProgram(roots, OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, " ");
    if (file === undefined) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${file.fileName.replace(`${FOLDER}/`, "")}:${line + 1}: ${message}`;
  });
}
