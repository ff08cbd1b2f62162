/** What is wrong, by file, and what can be done about it. */
import { resolve } from "node:path";
import {
  CodeActionKind,
  DiagnosticSeverity,
  DiagnosticTag,
  type CodeAction,
  type Diagnostic,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import type { Diagnostic as Problem } from "../../diagnostic/diagnostic.js";
import type { Span } from "../../diagnostic/source.js";
import type { LintFinding } from "../../lint/lint-schema.js";
import { isDefinition } from "../occurrences.js";
import type { Positions } from "../encoding.js";
import { uriOf, type OpenSchema } from "../workspace.js";

const SOURCE = "qapi";
/** Lint stops nobody: what QEMU's own front end takes is no error in an editor. */
const severities = {
  error: DiagnosticSeverity.Warning,
  warn: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Hint,
} as const;

/** The diagnostics of every file of a schema, an empty list for those that are fine. */
export function diagnosticsByFile(
  { compilation, main }: OpenSchema,
  findings: readonly LintFinding[],
  positions: Positions,
): Map<string, Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>([[resolve(main), []]]);
  for (const { file } of compilation.files) byFile.set(resolve(file.path), []);
  const add = (path: string, diagnostic: Diagnostic): void => {
    const list = byFile.get(resolve(path)) ?? [];
    list.push(diagnostic);
    byFile.set(resolve(path), list);
  };
  for (const problem of compilation.diagnostics) add(problem.span.file.path, ofProblem(problem, positions));
  for (const finding of findings) add(finding.at.file.path, ofFinding(finding, positions));
  return byFile;
}

function ofProblem({ code, message, span, notes, help }: Problem, positions: Positions): Diagnostic {
  return {
    source: SOURCE,
    code,
    severity: DiagnosticSeverity.Error,
    range: positions.range(span),
    message: [message, ...help].join("\n"),
    relatedInformation: notes.map((note) => ({
      message: note.message,
      location: { uri: uriOf(note.span.file.path), range: positions.range(note.span) },
    })),
  };
}

function ofFinding({ rule, level, message, at, help }: LintFinding, positions: Positions): Diagnostic {
  return {
    source: SOURCE,
    code: rule,
    severity: severities[level],
    range: positions.range(at),
    message: [message, ...help].join("\n"),
    ...(rule === "unused-type" && { tags: [DiagnosticTag.Unnecessary] }),
  };
}

/** What mends, or lets pass, what is wrong in a range. */
export function codeActions(
  { compilation }: OpenSchema,
  path: string,
  findings: readonly LintFinding[],
  range: Range,
  positions: Positions,
): CodeAction[] {
  const isHere = (span: Span): boolean =>
    resolve(span.file.path) === path && touches(positions.range(span), range);
  const actions: CodeAction[] = [];
  for (const problem of compilation.diagnostics) {
    if (!isHere(problem.span)) continue;
    for (const name of suggestions(problem.help)) {
      const text = problem.span.file.text.slice(problem.span.start, problem.span.end);
      const newText = text.startsWith("'")
        ? text.replace(/^'(\*?)[^']*'/, (_, star: string) => `'${star}${name}'`)
        : name;
      actions.push(
        quickFix(
          `Change to '${name}'`,
          path,
          [{ range: positions.range(problem.span), newText }],
          ofProblem(problem, positions),
        ),
      );
    }
  }
  for (const finding of findings) {
    if (!isHere(finding.at)) continue;
    const diagnostic = ofFinding(finding, positions);
    if (finding.fix.length > 0) {
      const edits = finding.fix.map(({ at, text }) => ({ range: positions.range(at), newText: text }));
      actions.push({ ...quickFix(titleOf(finding), path, edits, diagnostic), isPreferred: true });
    }
    for (const name of suggestions(finding.help)) {
      const text = finding.at.file.text.slice(finding.at.start, finding.at.end);
      const newText = text.startsWith("@") ? `@${name}` : text.startsWith("`") ? `\`${name}\`` : name;
      actions.push(
        quickFix(`Change to '${name}'`, path, [{ range: positions.range(finding.at), newText }], diagnostic),
      );
    }
    const edit = ignoreEdit(finding, compilation.definitions.filter(isDefinition), positions);
    if (edit !== undefined)
      actions.push(quickFix(`Ignore ${finding.rule} here, with a reason`, path, [edit], diagnostic));
  }
  const stubs = docStub(compilation.definitions.filter(isDefinition), isHere, positions);
  if (stubs !== undefined) actions.push(quickFix(stubs.title, path, [stubs.edit]));
  return actions;
}

function titleOf({ rule }: LintFinding): string {
  return `Mend ${rule}`;
}

function quickFix(title: string, path: string, edits: TextEdit[], diagnostic?: Diagnostic): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    edit: { changes: { [uriOf(path)]: edits } },
    ...(diagnostic && { diagnostics: [diagnostic] }),
  };
}

/** The names that a "did you mean" offers. */
function suggestions(help: readonly string[]): string[] {
  return help
    .filter((line) => line.startsWith("did you mean"))
    .flatMap((line) => [...line.matchAll(/'([^']+)'/g)].map(([, name = ""]) => name));
}

type Definitions = readonly {
  readonly name: string;
  readonly kind: string;
  readonly span: Span;
  readonly doc: { readonly span: Span } | undefined;
}[];

/** A line `# lint-ignore` above the definition that a finding is in. */
function ignoreEdit(
  { rule, at, definition }: LintFinding,
  definitions: Definitions,
  positions: Positions,
): TextEdit | undefined {
  const found = definitions.find(({ name, span }) => name === definition && span.file === at.file);
  if (found === undefined) return undefined;
  const position = positions.position(
    at.file,
    at.file.lineStart(at.file.line((found.doc ?? found).span.start)),
  );
  return { range: { start: position, end: position }, newText: `# lint-ignore ${rule}: REASON\n` };
}

/** A comment for a definition that has none. */
function docStub(
  definitions: Definitions,
  isHere: (span: Span) => boolean,
  positions: Positions,
): { title: string; edit: TextEdit } | undefined {
  const found = definitions.find(({ doc, span }) => doc === undefined && isHere(span));
  if (found === undefined) return undefined;
  const { file, start } = found.span;
  const position = positions.position(file, file.lineStart(file.line(start)));
  const members =
    "members" in found && Array.isArray(found.members) ? (found.members as readonly { name: string }[]) : [];
  const lines = [
    "##",
    `# @${found.name}:`,
    "#",
    ...members.flatMap(({ name }) => [`# @${name}: `, "#"]),
    "# Since: ",
    "##",
    "",
  ];
  return {
    title: `Add a documentation comment to '${found.name}'`,
    edit: { range: { start: position, end: position }, newText: lines.join("\n") },
  };
}

function touches(a: Range, b: Range): boolean {
  const before = (x: Range["start"], y: Range["start"]): boolean =>
    x.line < y.line || (x.line === y.line && x.character <= y.character);
  return before(a.start, b.end) && before(b.start, a.end);
}
