/** Columns that prettier fills. */
const WIDTH = 80;

/**
 * JSON as prettier lays it out: objects over lines, lists of scalars on one line where they fit.
 *
 * @param value of strings, booleans, null, numbers, `bigint`s, lists and plain objects
 */
export function formatJson(value: unknown): string {
  const writer = new JsonWriter();
  writer.write(value, "\n", 0, 0);
  return `${writer.text}\n`;
}

class JsonWriter {
  text = "";

  /**
   * @param newline a line end and the indentation of the line that the value starts on
   * @param column where the value starts
   * @param after how many characters stand behind it on its last line
   */
  write(value: unknown, newline: string, column: number, after: number): void {
    if (typeof value !== "object" || value === null) this.text += scalar(value);
    else if (Array.isArray(value)) this.list(value, newline, column, after);
    else this.object(value, newline);
  }

  private object(value: object, newline: string): void {
    const inner = `${newline}  `;
    const members = Object.entries(value);
    this.text += "{";
    members.forEach(([key, member], index) => {
      const start = `${JSON.stringify(key)}: `;
      const comma = index === members.length - 1 ? "" : ",";
      this.text += inner + start;
      this.write(member, inner, inner.length - 1 + start.length, comma.length);
      this.text += comma;
    });
    this.text += members.length === 0 ? "}" : `${newline}}`;
  }

  private list(items: readonly unknown[], newline: string, column: number, after: number): void {
    if (items.every((item) => typeof item !== "object" || item === null)) {
      const line = `[${items.map(scalar).join(", ")}]`;
      if (column + line.length + after <= WIDTH) {
        this.text += line;
        return;
      }
    }
    const inner = `${newline}  `;
    this.text += "[";
    items.forEach((item, index) => {
      const comma = index === items.length - 1 ? "" : ",";
      this.text += inner;
      this.write(item, inner, inner.length - 1, comma.length);
      this.text += comma;
    });
    this.text += `${newline}]`;
  }
}

function scalar(value: unknown): string {
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}
