import { isJsonObject, member, type JsonObject, type JsonValue } from "../../json/value.js";
import type { SchemaView, ViewedMember, ViewedType } from "./schema-view.js";

/**
 * What `query-qmp-schema` returned as paths see it, as it came: nothing is checked, what is not there
 * or of the wrong form is as if it were not told.
 */
export function replyView(entries: JsonValue): SchemaView<string> {
  const byName = new Map<string, JsonObject>();
  for (const entry of list(entries)) {
    const name = text(entry, "name");
    if (name !== undefined && isJsonObject(entry)) byName.set(name, entry);
  }
  const known = new Map<string, ViewedType<string>>();
  return {
    entry: (name) => {
      const entry = byName.get(name);
      const kind = text(entry, "meta-type");
      if (kind !== "command" && kind !== "event") return undefined;
      return {
        kind,
        features: featuresOf(entry),
        arguments: text(entry, "arg-type"),
        returns: text(entry, "ret-type"),
      };
    },
    type: (name) => {
      const viewed = known.get(name) ?? viewType(byName.get(name));
      known.set(name, viewed);
      return viewed;
    },
  };
}

function viewType(entry: JsonObject | undefined): ViewedType<string> {
  const features = featuresOf(entry);
  const members = list(member(entry, "members"));
  switch (text(entry, "meta-type")) {
    case "builtin":
      return { features: [], json: text(entry, "json-type") ?? "" };
    case "array":
      return { features: [], json: "array", element: text(entry, "element-type") ?? "" };
    case "alternate":
      return { features, alternatives: members.flatMap((each) => text(each, "type") ?? []) };
    case "enum": {
      // Before QEMU 6.2 there were values without features only.
      const bare = list(member(entry, "values")).map((each) => (typeof each === "string" ? each : ""));
      const values = new Map<string, readonly string[]>(bare.map((value) => [value, []]));
      for (const each of members) values.set(text(each, "name") ?? "", featuresOf(each));
      return { features, json: "string", values };
    }
    default:
      return {
        features,
        json: "object",
        members: new Map(members.map(memberOf)),
        branches: new Map(
          list(member(entry, "variants")).map((each) => [text(each, "case") ?? "", text(each, "type") ?? ""]),
        ),
      };
  }
}

function memberOf(each: JsonValue): [string, ViewedMember<string>] {
  return [
    text(each, "name") ?? "",
    {
      type: text(each, "type") ?? "",
      optional: member(each, "default") !== undefined,
      features: featuresOf(each),
    },
  ];
}

function featuresOf(item: JsonValue | undefined): readonly string[] {
  return list(member(item, "features")).filter((each) => typeof each === "string");
}

function text(item: JsonValue | undefined, key: string): string | undefined {
  const value = member(item, key);
  return typeof value === "string" ? value : undefined;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
