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
import type { Definition } from "../../qapi/check/definition.js";
import { definitionsIn, describedParts } from "../parts.js";
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

const shown = new WeakMap<LintFinding, { readonly positions: Positions; readonly diagnostic: Diagnostic }>();

/** Made once: most findings outlive many an edit. */
function ofFinding(finding: LintFinding, positions: Positions): Diagnostic {
  const known = shown.get(finding);
  if (known?.positions === positions) return known.diagnostic;
  const { rule, level, message, at, help } = finding;
  const diagnostic: Diagnostic = {
    source: SOURCE,
    code: rule,
    severity: severities[level],
    range: positions.range(at),
    message: [message, ...help].join("\n"),
    ...(rule === "unused-type" && { tags: [DiagnosticTag.Unnecessary] }),
  };
  shown.set(finding, { positions, diagnostic });
  return diagnostic;
}

/** What code actions are asked for. */
interface ActionRequest {
  readonly path: string;
  readonly range: Range;
  readonly findings: readonly LintFinding[];
  /** The release that something new comes with. */
  readonly release: string;
}

/** A code action, whose edits are all of the file that was asked about. */
interface FileAction extends Omit<CodeAction, "edit"> {
  readonly edits: readonly TextEdit[];
}

/** What mends, or lets pass, what is wrong in a range. */
export function codeActions(
  { compilation }: OpenSchema,
  { path, range, findings, release }: ActionRequest,
  positions: Positions,
): FileAction[] {
  const isHere = (span: Span): boolean =>
    resolve(span.file.path) === path && touches(positions.range(span), range);
  const definitions = definitionsIn(compilation);
  const actions: FileAction[] = [];
  const add = (
    title: string,
    edits: readonly TextEdit[],
    diagnostic?: Diagnostic,
    isPreferred = false,
  ): void => {
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      edits,
      ...(diagnostic && { diagnostics: [diagnostic] }),
      ...(isPreferred && { isPreferred }),
    });
  };
  const addSuggestions = (help: readonly string[], at: Span, diagnostic: Diagnostic): void => {
    for (const name of suggestions(help)) {
      const edit = { range: positions.range(at), newText: inPlaceOf(at, name) };
      add(`Change to '${name}'`, [edit], diagnostic);
    }
  };
  for (const problem of compilation.diagnostics)
    if (isHere(problem.span)) addSuggestions(problem.help, problem.span, ofProblem(problem, positions));
  for (const finding of findings) {
    if (!isHere(finding.at)) continue;
    const diagnostic = ofFinding(finding, positions);
    if (finding.fix.length > 0) {
      const edits = finding.fix.map(({ at, text }) => ({ range: positions.range(at), newText: text }));
      add(`Mend ${finding.rule}`, edits, diagnostic, true);
    }
    addSuggestions(finding.help, finding.at, diagnostic);
    const edit = ignoreEdit(finding, definitions, positions);
    if (edit !== undefined) add(`Ignore ${finding.rule} here, with a reason`, [edit], diagnostic);
  }
  const bare = definitions.find(({ doc, span }) => doc === undefined && isHere(span));
  if (bare !== undefined)
    add(`Add a documentation comment to '${bare.name}'`, [docStub(bare, release, positions)]);
  return actions;
}

/** A name with the marks that the one has which it replaces. */
function inPlaceOf({ file, start, end }: Span, name: string): string {
  const text = file.text.slice(start, end);
  if (text.startsWith("'")) return text.replace(/^'(\*?)[^']*'/, (_, star: string) => `'${star}${name}'`);
  if (text.startsWith("@")) return `@${name}`;
  return text.startsWith("`") ? `\`${name}\`` : name;
}

/** The names that a "did you mean" offers. */
function suggestions(help: readonly string[]): string[] {
  return help
    .filter((line) => line.startsWith("did you mean"))
    .flatMap((line) => [...line.matchAll(/'([^']+)'/g)].map(([, name = ""]) => name));
}

/** A line `# lint-ignore` above the definition that a finding is in. */
function ignoreEdit(
  { rule, at, definition }: LintFinding,
  definitions: readonly Definition[],
  positions: Positions,
): TextEdit | undefined {
  const found = definitions.find(
    ({ name, doc, span }) =>
      span.file === at.file &&
      (name === definition || ((doc ?? { span }).span.start <= at.start && at.start <= span.end)),
  );
  return found && insertAbove((found.doc ?? found).span, [`# lint-ignore ${rule}: REASON`], positions);
}

/** What stands for words that the author has to find. */
const BLANK = "...";

/** A comment for a definition that has none, with all that a strict front end asks for. */
function docStub(definition: Definition, release: string, positions: Positions): TextEdit {
  const features = definition.features.map(({ name }) => `@${name}: ${BLANK}`);
  const paragraphs = [
    `@${definition.name}:`,
    BLANK,
    ...describedParts(definition).map(({ name }) => `@${name}: ${BLANK}`),
    ...(features.length === 0 ? [] : ["Features:", ...features]),
    ...(definition.kind === "command" && definition.returns !== undefined ? [`Returns: ${BLANK}`] : []),
    `Since: ${release}`,
  ];
  const lines = [
    "##",
    ...paragraphs.flatMap((line, i) => (i === 0 ? [`# ${line}`] : ["#", `# ${line}`])),
    "##",
  ];
  return insertAbove(definition.span, lines, positions);
}

/** Lines above that on which something begins. */
function insertAbove({ file, start }: Span, lines: readonly string[], positions: Positions): TextEdit {
  const position = positions.position(file, file.lineStart(file.line(start)));
  return { range: { start: position, end: position }, newText: `${lines.join("\n")}\n` };
}

function touches(a: Range, b: Range): boolean {
  const before = (x: Range["start"], y: Range["start"]): boolean =>
    x.line < y.line || (x.line === y.line && x.character <= y.character);
  return before(a.start, b.end) && before(b.start, a.end);
}
