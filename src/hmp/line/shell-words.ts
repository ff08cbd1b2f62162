import { Refusal } from "../../migration/refusal.js";

/**
 * The words of a command as a shell would split it, without expanding anything: space, tab and newline
 * separate; `'…'` is literal; in `"…"` a backslash takes `$ ` " \\` and a newline literally; elsewhere it
 * takes any character so, and vanishes with a newline. `#` begins a comment at the start, and after a space
 * or newline. Empty quotes are a word. (GLib's `g_shell_parse_argv`.)
 *
 * @throws {Refusal} in GLib's words, at an open quote, a last backslash, or when there is no word
 */
export function splitShellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (let at = 0; at < text.length;) {
    const byte = text.charAt(at);
    if (byte === " " || byte === "\t" || byte === "\n") {
      endWord();
      at++;
    } else if (byte === "#" && /^$|[ \n]/.test(text.charAt(at - 1))) {
      // A comment of which nothing but its sign is there counts as a quote left open.
      if (at + 1 === text.length) throw openQuote("#", text);
      const end = text.indexOf("\n", at);
      endWord();
      at = end < 0 ? text.length : end + 1;
    } else if (byte === "\\") {
      if (at + 1 === text.length) {
        throw new Refusal(
          `Text ended just after a \u201c\\\u201d character. (The text was \u201c${text}\u201d)`,
        );
      }
      const next = text.charAt(at + 1);
      word = next === "\n" ? word : (word ?? "") + next;
      at += 2;
    } else if (byte === "'" || byte === '"') {
      const part = byte === "'" ? /'([^']*)'/y : /"((?:[^"\\]|\\[^])*)"/y;
      part.lastIndex = at;
      const inside = part.exec(text)?.[1];
      if (inside === undefined) throw openQuote(byte, text);
      word = (word ?? "") + (byte === "'" ? inside : inside.replace(/\\([$`"\\\n])/g, "$1"));
      at = part.lastIndex;
    } else {
      word = (word ?? "") + byte;
      at++;
    }
  }
  endWord();
  if (words.length === 0) throw new Refusal("Text was empty (or contained only whitespace)");
  return words;
}

function openQuote(quote: string, text: string): Refusal {
  return new Refusal(
    `Text ended before matching quote was found for ${quote}. (The text was \u201c${text}\u201d)`,
  );
}
