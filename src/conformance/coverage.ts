import { isJsonObject, type JsonObject, type JsonValue } from "../json/index.js";
import type { Schema, Type } from "../qapi/schema/model.js";
import { alternativeFor } from "../qapi/schema/alternative-for.js";
import type { JudgedMessage } from "./conversation.js";

/** What a conversation can cover of a schema. */
export const coverageKinds = ["commands", "events", "arguments", "members", "branches", "values"] as const;

type CoverageKind = (typeof coverageKinds)[number];

/** Something of a schema, by its path in the grammar of `qapi history`, and how often it was seen. */
interface CoveredItem {
  readonly path: string;
  readonly count: number;
}

/** What was seen of one kind, and what was not; both in the schema's order. */
interface KindCoverage {
  readonly seen: readonly CoveredItem[];
  readonly unseen: readonly string[];
}

/**
 * `arguments` are members of what is sent, `members` those of replies and events; `branches` and `values` are of
 * both. What several commands share is one item: by the first path by which it was seen, else by the first that leads
 * to it.
 */
export type CoverageReport = Readonly<Record<CoverageKind, KindCoverage>>;

type Direction = "sent" | "received";

interface Item {
  readonly kind: CoverageKind;
  path: string;
  count: number;
}

/** Counts what of a schema was used in one conversation or several. */
export class Coverage {
  private readonly items: Item[] = [];
  /** Items by what they stand for: commands, events, members, branches and values of enums. */
  private readonly byOrigin: Readonly<Record<Direction, Map<object, Item>>> = {
    sent: new Map(),
    received: new Map(),
  };

  constructor(private readonly schema: Schema) {
    const queue: { readonly type: Type; readonly path: string; readonly direction: Direction }[] = [];
    for (const definition of schema.definitions.values()) {
      if (definition.kind !== "command" && definition.kind !== "event") continue;
      const { kind, name, arguments: data } = definition;
      const direction = kind === "command" ? "sent" : "received";
      this.list(kind === "command" ? "commands" : "events", definition, name, direction);
      if (data !== undefined) queue.push({ type: data, path: `${name}/arg-type`, direction });
      const returns = kind === "command" ? definition.returns : undefined;
      if (returns !== undefined)
        queue.push({ type: returns, path: `${name}/ret-type`, direction: "received" });
    }
    const met: Readonly<Record<Direction, Set<Type>>> = { sent: new Set(), received: new Set() };
    // The list grows while it is read: nearer paths come first.
    for (const { type, path, direction } of queue) {
      if (met[direction].has(type)) continue;
      met[direction].add(type);
      for (const next of this.listType(type, path, direction)) queue.push({ ...next, direction });
    }
  }

  /** Notes a message that was taken for what `judged` says. */
  add({ kind, name }: JudgedMessage, message: JsonValue): void {
    const definition = name === undefined ? undefined : this.schema.definitions.get(name);
    if (!isJsonObject(message)) return;
    if (kind === "command" && definition?.kind === "command") {
      this.count(definition, "sent", definition.name);
      this.touchMember(definition.arguments, message, "arguments", "sent", `${definition.name}/arg-type`);
    }
    if (kind === "event" && definition?.kind === "event") {
      this.count(definition, "received", definition.name);
      this.touchMember(definition.arguments, message, "data", "received", `${definition.name}/arg-type`);
    }
    if (kind === "reply" && definition?.kind === "command")
      this.touchMember(definition.returns, message, "return", "received", `${definition.name}/ret-type`);
  }

  report(): CoverageReport {
    const of = (wanted: CoverageKind): KindCoverage => {
      const items = this.items.filter(({ kind }) => kind === wanted);
      return {
        seen: items.filter(({ count }) => count > 0).map(({ path, count }) => ({ path, count })),
        unseen: items.filter(({ count }) => count === 0).map(({ path }) => path),
      };
    };
    return {
      commands: of("commands"),
      events: of("events"),
      arguments: of("arguments"),
      members: of("members"),
      branches: of("branches"),
      values: of("values"),
    };
  }

  private list(kind: CoverageKind, origin: object, path: string, direction: Direction): void {
    if (this.byOrigin[direction].has(origin)) return;
    const item: Item = { kind, path, count: 0 };
    this.items.push(item);
    this.byOrigin[direction].set(origin, item);
  }

  /** @returns the types that follow */
  private *listType(
    type: Type,
    path: string,
    direction: Direction,
  ): Generator<{ readonly type: Type; readonly path: string }> {
    switch (type.kind) {
      case "array":
        yield { type: type.element, path };
        break;
      case "enum":
        for (const value of type.members) this.list("values", value, `${path}/^${value.name}`, direction);
        break;
      case "alternate":
        for (const each of type.alternatives) yield { type: each.type, path };
        break;
      case "object":
        for (const member of type.members) {
          const kind = direction === "sent" ? "arguments" : "members";
          this.list(kind, member, `${path}/${member.name}`, direction);
          yield { type: member.type, path: `${path}/${member.name}` };
        }
        for (const branch of type.variants?.branches ?? []) {
          this.list("branches", branch, `${path}/+${branch.name}`, direction);
          yield { type: branch.type, path: `${path}/+${branch.name}` };
        }
        break;
      case "builtin":
    }
  }

  private touchMember(
    type: Type | undefined,
    message: JsonObject,
    key: string,
    direction: Direction,
    path: string,
  ): void {
    const value = Object.hasOwn(message, key) ? message[key] : undefined;
    if (type !== undefined && value !== undefined) this.touch(type, value, direction, path);
  }

  private touch(type: Type, value: JsonValue, direction: Direction, path: string): void {
    switch (type.kind) {
      case "array":
        if (Array.isArray(value)) for (const item of value) this.touch(type.element, item, direction, path);
        break;
      case "enum":
        for (const each of type.members) {
          if (each.name === value) this.count(each, direction, `${path}/^${each.name}`);
        }
        break;
      case "alternate": {
        const found = alternativeFor(type, value);
        if (found !== undefined) this.touch(found.type, value, direction, path);
        break;
      }
      case "object": {
        if (!isJsonObject(value)) break;
        for (const member of type.members) {
          if (!Object.hasOwn(value, member.name)) continue;
          const memberPath = `${path}/${member.name}`;
          this.count(member, direction, memberPath);
          this.touchMember(member.type, value, member.name, direction, memberPath);
        }
        const tag = type.variants?.tag.name;
        if (tag === undefined || !Object.hasOwn(value, tag)) break;
        const branch = type.variants?.branches.find(({ name }) => name === value[tag]);
        if (branch === undefined) break;
        const branchPath = `${path}/+${branch.name}`;
        this.count(branch, direction, branchPath);
        this.touch(branch.type, value, direction, branchPath);
        break;
      }
      case "builtin":
    }
  }

  private count(origin: object, direction: Direction, path: string): void {
    const item = this.byOrigin[direction].get(origin);
    if (item === undefined) return;
    if (item.count === 0) item.path = path;
    item.count++;
  }
}
