import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver";

/** The colours that a client was last told of each file, so that it need only be told what changed. */
export class TokenHistory {
  private readonly last = new Map<string, { readonly resultId: string; readonly data: readonly number[] }>();
  private count = 0;

  /** All of a file's. */
  full(uri: string, data: number[]): SemanticTokens & { readonly resultId: string } {
    const resultId = String(++this.count);
    this.last.set(uri, { resultId, data });
    return { resultId, data };
  }

  /** What differs from what the client has, if that is what it was last told. */
  delta(uri: string, previousResultId: string, data: number[]): SemanticTokens | SemanticTokensDelta {
    const known = this.last.get(uri);
    const { resultId } = this.full(uri, data);
    if (known?.resultId !== previousResultId) return { resultId, data };
    const most = Math.min(known.data.length, data.length);
    let start = 0;
    while (start < most && known.data[start] === data[start]) start++;
    let back = 0;
    while (back < most - start && known.data.at(-1 - back) === data.at(-1 - back)) back++;
    const deleteCount = known.data.length - start - back;
    const added = data.slice(start, data.length - back);
    const isSame = deleteCount === 0 && added.length === 0;
    return { resultId, edits: isSame ? [] : [{ start, deleteCount, data: added }] };
  }

  forget(uri: string): void {
    this.last.delete(uri);
  }
}
