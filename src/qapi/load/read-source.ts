import type { Problems } from "../../diagnostic/problems.js";
import { SourceFile, type Span } from "../../diagnostic/source.js";
import { decode, type Decoded } from "./decode.js";
import type { SchemaHost } from "./host.js";
import { readErrorWords } from "./read-error.js";

interface ReadSourceOptions {
  /** The directive that names the file, where one does. */
  readonly includedFrom?: Span | undefined;
  /** The file as it was read before, which is given again if it has the same path and text. */
  readonly known?: SourceFile | undefined;
  /** Reports, in other words than those of schemas and includes, why the file cannot be read. */
  readonly reportUnreadable?: ((reason: string) => void) | undefined;
}

/** Reads a file as text; one that cannot be read, or is not UTF-8, is reported. */
export function readSource(
  path: string,
  host: SchemaHost,
  problems: Problems,
  { includedFrom, known, reportUnreadable }: ReadSourceOptions,
): SourceFile | undefined {
  let content: Decoded;
  try {
    const read = host.read(path);
    content = read === known?.text ? { text: read } : decode(read);
  } catch (error) {
    const reason = readErrorWords(error);
    if (reportUnreadable !== undefined) reportUnreadable(reason);
    else if (includedFrom !== undefined) problems.report("unreadable-include", includedFrom, [path, reason]);
    else {
      const file = new SourceFile(path, "");
      problems.report("unreadable-schema", { file, start: 0, end: 0 }, [path, reason]);
    }
    return undefined;
  }
  const isKnown = known?.path === path && known.text === content.text;
  const file = isKnown ? known : new SourceFile(path, content.text);
  if (includedFrom !== undefined) problems.noteInclude(file, includedFrom);
  if (content.invalid === undefined) return file;
  const { byte, offset } = content.invalid;
  problems.report("not-utf8", { file, start: offset, end: offset + 1 }, [byte]);
  return undefined;
}
