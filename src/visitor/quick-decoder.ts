import { isJsonObject, setMember, valueKind, type JsonObject, type JsonValue } from "../json/value.js";
import { MAX_DEPTH } from "../json/parse.js";
import { invariant } from "../util/invariant.js";
import { isInteger } from "./builtin.js";
import { ownMember } from "./document-visitor.js";
import { decodeInteger, jsonScalars } from "./json-scalars.js";
import type {
  AlternateVisit,
  ArrayVisit,
  EnumVisit,
  ObjectVisit,
  ScalarVisit,
  TypeVisit,
} from "./type-visit.js";

/** What decoding lets pass; see `FromJsonOptions`. */
interface Tolerance {
  readonly strict: boolean;
  readonly allowMissing: boolean;
}

/**
 * Decodes JSON that fits its type.
 *
 * @param depth lists and objects around it
 * @returns undefined where anything does not fit: what is wrong is for the visitor to say
 */
type Decode = (json: JsonValue, depth: number) => unknown;

/**
 * Decoders compiled from types, one for each: closures that know beforehand what a visitor asks of the type at every
 * value. They have no words and keep no path.
 */
class DecoderTable {
  private readonly decoders = new WeakMap<TypeVisit<unknown>, Decode>();

  constructor(private readonly tolerance: Tolerance) {}

  of(type: TypeVisit<unknown>): Decode {
    let decode = this.decoders.get(type);
    if (decode === undefined) {
      decode = this.compile(type);
      this.decoders.set(type, decode);
    }
    return decode;
  }

  private compile(type: TypeVisit<unknown>): Decode {
    switch (type.kind) {
      case "builtin":
        if (isInteger(type)) return (json) => decodeInteger(json, type.range);
        return jsonScalars[(type as ScalarVisit<unknown>).name].decode;
      case "enum":
        return this.enum(type as EnumVisit<string>);
      case "array":
        return this.array((type as ArrayVisit<unknown>).element);
      case "object":
        return this.object(type as ObjectVisit<unknown>);
      case "alternate":
        return this.alternate(type as AlternateVisit<unknown>);
    }
  }

  private enum(type: EnumVisit<string>): Decode {
    const { decode } = jsonScalars.str;
    if (!this.tolerance.strict) return decode;
    return (json) => (typeof json === "string" && type.has(json) ? json : undefined);
  }

  private array(element: TypeVisit<unknown>): Decode {
    let decodeElement: Decode | undefined;
    return (json, depth) => {
      if (!Array.isArray(json) || depth === MAX_DEPTH) return undefined;
      decodeElement ??= this.of(element);
      let copy: unknown[] | undefined;
      for (let index = 0; index < json.length; index++) {
        const item = json[index];
        if (item === undefined) return undefined;
        const decoded = decodeElement(item, depth + 1);
        if (decoded === undefined) return undefined;
        if (decoded !== item) {
          copy ??= json.slice();
          copy[index] = decoded;
        }
      }
      return copy ?? json;
    };
  }

  private object(type: ObjectVisit<unknown>): Decode {
    const { strict } = this.tolerance;
    const plan = new ObjectPlan(type, this.tolerance);
    return (json, depth) => {
      if (!isJsonObject(json) || depth === MAX_DEPTH) return undefined;
      let copy: JsonObject | undefined;
      let known = 0;
      for (let part: ObjectPlan | undefined = plan; part !== undefined; part = part.branch(json)) {
        for (const member of part.members) {
          const value = json[member.name];
          if (value === undefined || (member.isInherited && !Object.hasOwn(json, member.name))) {
            if (member.mayLack) continue;
            return undefined;
          }
          const decoded = (member.decode ??= this.of(member.type))(value, depth + 1);
          if (decoded === undefined) return undefined;
          known++;
          if (decoded !== value) {
            copy ??= { ...json };
            setMember(copy, member.name, decoded as JsonValue);
          }
        }
      }
      if (strict && Object.keys(json).length !== known) return undefined;
      return copy ?? json;
    };
  }

  private alternate(type: AlternateVisit<unknown>): Decode {
    return (json, depth) => {
      const kind = valueKind(json);
      const alternative = kind === undefined ? undefined : type.alternatives.get(kind);
      return alternative && this.of(alternative.type)(json, depth);
    };
  }
}

interface PlannedMember {
  readonly name: string;
  /** Whether every object has something of that name. */
  readonly isInherited: boolean;
  readonly type: TypeVisit<unknown>;
  readonly mayLack: boolean;
  /** Compiled when first used: types refer to each other in circles, and most are never met. */
  decode: Decode | undefined;
}

/** What there is to read of an object: a type's own members, then those of the branch that the tag selects. */
class ObjectPlan {
  private planned: readonly PlannedMember[] | undefined;
  private readonly branches = new Map<string, ObjectPlan>();
  private tag: string | undefined;

  constructor(
    private readonly type: ObjectVisit<unknown>,
    private readonly tolerance: Tolerance,
  ) {}

  get members(): readonly PlannedMember[] {
    return (this.planned ??= this.plan());
  }

  branch(json: JsonObject): ObjectPlan | undefined {
    if (this.tag === undefined) return undefined;
    const value = ownMember(json, this.tag);
    return typeof value === "string" ? this.branches.get(value) : undefined;
  }

  private plan(): PlannedMember[] {
    const { members, variants } = this.type;
    if (variants !== undefined) {
      this.tag = variants.tag;
      for (const [value, { type }] of variants.branches)
        this.branches.set(value, new ObjectPlan(type, this.tolerance));
    }
    // No spread here: what it makes is slow to read from.
    return Array.from(members.values(), ({ name, type, optional, condition }) => ({
      name,
      isInherited: name in Object.prototype,
      type,
      mayLack: optional || condition !== undefined || this.tolerance.allowMissing,
      decode: undefined,
    }));
  }
}

const tables = [false, true].flatMap((strict) =>
  [false, true].map((allowMissing) => new DecoderTable({ strict, allowMissing })),
);

/**
 * Decodes a JSON value that fits its type.
 *
 * @returns undefined where it does not, or may not: the visitor knows what is wrong
 */
export function decodeQuickly(
  type: TypeVisit<unknown>,
  json: JsonValue,
  { strict, allowMissing }: Tolerance,
): unknown {
  const table = tables[(strict ? 2 : 0) + (allowMissing ? 1 : 0)];
  invariant(table !== undefined, "there is a table for each tolerance");
  return table.of(type)(json, 0);
}
