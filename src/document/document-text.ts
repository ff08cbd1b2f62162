import { JsonError, jsonPlaces, parseJson, type JsonPlace, type JsonValue } from "../json/index.js";
import { positionIn } from "../json/position.js";
import { DocumentError, type DocumentProblem } from "./document-error.js";

/** A JSON text and the file that it stands in, for who reads it and has to say what is wrong with it. */
export class DocumentText {
  private root: JsonPlace | undefined;

  /**
   * @param file its name, for messages
   * @param start where the document begins in the text, in UTF-16 code units
   * @param end where it ends
   */
  constructor(
    readonly file: string,
    private readonly text: string,
    private readonly start = 0,
    private readonly end = text.length,
  ) {}

  private get json(): string {
    return this.text.slice(this.start, this.end);
  }

  /** @throws {DocumentError} at what is no JSON */
  parse(): JsonValue {
    try {
      return parseJson(this.json);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      throw new DocumentError(this.file, [
        { message: error.problem, at: positionIn(this.text, this.start + error.offset) },
      ]);
    }
  }

  /**
   * The place of a part; of what is not there, that of what should hold it.
   *
   * @param path names and indices that lead to it
   * @param of a member's name, or what it holds
   */
  placeOf(path: readonly (string | number)[], of: "name" | "value" = "value"): DocumentProblem["at"] {
    this.root ??= jsonPlaces(this.json);
    let place: JsonPlace = this.root;
    for (const step of path) {
      const next = place.children?.get(String(step));
      if (next === undefined) break;
      place = next;
    }
    const { start } = (of === "name" ? place.key : undefined) ?? place;
    return positionIn(this.text, this.start + start);
  }

  /** What is wrong with a part. */
  error(path: readonly (string | number)[], message: string): DocumentError {
    return new DocumentError(this.file, [{ message, at: this.placeOf(path) }]);
  }
}
