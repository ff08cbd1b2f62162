import type { Condition, Definition, Feature, ObjectMember, Schema } from "../../../qapi/schema/model.js";
import { conditionText } from "../../../util/condition.js";
import { sectionText, sectionTexts } from "../../docs/doc-sections.js";
import { paragraphs } from "../../docs/tsdoc.js";
import type { JsonSchema } from "../../json-schema/type-schema.js";

/** What a schema says to people about a definition: its description, and whether to avoid it. */
export function definitionAnnotations(definition: Definition): JsonSchema {
  return {
    ...description(sectionTexts(definition.doc, "plain")),
    ...marks(definition),
  };
}

/** The same of members, which are described in the comment of the definition that lists them. */
export function memberAnnotations(schema: Schema): (member: ObjectMember) => JsonSchema {
  const descriptions = new Map<ObjectMember, JsonSchema>();
  for (const definition of schema.definitions.values()) {
    const { doc } = definition;
    if (doc === undefined) continue;
    for (const member of membersDescribedBy(definition)) {
      descriptions.set(member, description([sectionText(doc, "member", member.name)]));
    }
  }
  return (member) => ({ ...descriptions.get(member), ...marks(member) });
}

/** The members that stand in a definition's own text, inline arguments and bases included. */
function membersDescribedBy(definition: Definition): readonly ObjectMember[] {
  switch (definition.kind) {
    case "object":
      return definition.base?.form === "implicit"
        ? [...definition.base.localMembers, ...definition.localMembers]
        : definition.localMembers;
    case "command":
    case "event":
      return definition.arguments?.form === "implicit" ? definition.arguments.localMembers : [];
    default:
      return [];
  }
}

function description(texts: readonly (readonly string[])[]): JsonSchema {
  const text = paragraphs(texts).join("\n");
  return text === "" ? {} : { description: text };
}

interface Marked {
  readonly condition: Condition | undefined;
  readonly features: readonly Feature[];
}

/** `deprecated` is a word of JSON Schema; other features and conditions go into a comment. */
function marks({ condition, features }: Marked): JsonSchema {
  const names = features.map((feature) => feature.name);
  const comments = [
    ...(condition === undefined ? [] : [`if ${conditionText(condition)}`]),
    ...names.filter((name) => name !== "deprecated"),
  ];
  return {
    ...(names.includes("deprecated") && { deprecated: true }),
    ...(comments.length > 0 && { $comment: comments.join(", ") }),
  };
}
