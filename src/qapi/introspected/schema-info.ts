/** One entry of what `query-qmp-schema` returns (`SchemaInfo` in QEMU's qapi/introspect.json). */
export type SchemaInfo =
  CommandInfo | EventInfo | BuiltinInfo | EnumInfo | ArrayInfo | ObjectInfo | AlternateInfo;

interface CommonInfo {
  readonly name: string;
  readonly features?: readonly string[];
}

interface CommandInfo extends CommonInfo {
  readonly "meta-type": "command";
  readonly "arg-type": string;
  readonly "ret-type": string;
  readonly "allow-oob"?: true;
}

interface EventInfo extends CommonInfo {
  readonly "meta-type": "event";
  readonly "arg-type": string;
}

interface BuiltinInfo extends CommonInfo {
  readonly "meta-type": "builtin";
  readonly "json-type": string;
}

export interface EnumInfo extends CommonInfo {
  readonly "meta-type": "enum";
  /** Absent before QEMU 6.2. */
  readonly members?: readonly CommonInfo[];
  /**
   * The names of `members` once more. Deprecated, so a QEMU that is told to hide what is deprecated
   * leaves them out; one of the two is always there.
   */
  readonly values?: readonly string[];
}

export interface ArrayInfo extends CommonInfo {
  readonly "meta-type": "array";
  readonly "element-type": string;
}

export interface ObjectInfo extends CommonInfo {
  readonly "meta-type": "object";
  readonly members: readonly MemberInfo[];
  readonly tag?: string;
  readonly variants?: readonly { readonly case: string; readonly type: string }[];
}

export interface MemberInfo extends CommonInfo {
  readonly type: string;
  /** Present, and null, where the member is optional. */
  readonly default?: null;
}

export interface AlternateInfo extends CommonInfo {
  readonly "meta-type": "alternate";
  readonly members: readonly { readonly type: string }[];
}
