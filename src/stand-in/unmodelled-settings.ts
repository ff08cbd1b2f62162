import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.js";

/**
 * The migration capabilities and parameters that a schema has and our machine does not: they can be set and are
 * told, and have no effect.
 */
export class UnmodelledSettings {
  private readonly capabilitiesOn = new Set<string>();
  private readonly parameters = new Map<string, JsonValue>();

  /**
   * @param modelled the names that the machine knows
   * @param capabilities all that the schema has, in its order
   */
  constructor(
    private readonly modelled: {
      readonly capabilities: ReadonlySet<string>;
      readonly parameters: ReadonlySet<string>;
    },
    private readonly capabilities: readonly string[],
  ) {}

  /** What is left of a command's arguments for the machine; the rest is to be kept by `keep` if it takes those. */
  split(command: string, args: JsonObject): { readonly modelled: JsonObject; readonly keep: () => void } {
    switch (command) {
      case "migrate-set-capabilities":
        return this.splitCapabilities(args);
      case "migrate-set-parameters":
        return this.splitParameters(args);
      default:
        return { modelled: args, keep: () => undefined };
    }
  }

  /** What the machine returned, with what it does not know. */
  join(command: string, value: JsonValue): JsonValue {
    if (command === "query-migrate-capabilities" && Array.isArray(value)) {
      const told = new Map(value.map((each) => [isJsonObject(each) ? each["capability"] : undefined, each]));
      return this.capabilities.map((capability) => {
        return told.get(capability) ?? { state: this.capabilitiesOn.has(capability), capability };
      });
    }
    if (command === "query-migrate-parameters" && isJsonObject(value)) {
      return Object.fromEntries([...Object.entries(value), ...this.parameters]);
    }
    return value;
  }

  private splitCapabilities(args: JsonObject): { readonly modelled: JsonObject; readonly keep: () => void } {
    const all = args["capabilities"];
    const changes = Array.isArray(all) ? all.filter(isJsonObject) : [];
    const isModelled = ({ capability }: JsonObject): boolean =>
      typeof capability === "string" && this.modelled.capabilities.has(capability);
    return {
      modelled: { capabilities: changes.filter(isModelled) },
      keep: () => {
        for (const { capability, state } of changes.filter((change) => !isModelled(change))) {
          if (typeof capability !== "string") continue;
          if (state === true) this.capabilitiesOn.add(capability);
          else this.capabilitiesOn.delete(capability);
        }
      },
    };
  }

  private splitParameters(args: JsonObject): { readonly modelled: JsonObject; readonly keep: () => void } {
    const entries = Object.entries(args);
    const others = entries.filter(([name]) => !this.modelled.parameters.has(name));
    return {
      modelled: Object.fromEntries(entries.filter(([name]) => this.modelled.parameters.has(name))),
      keep: () => {
        for (const [name, value] of others) this.parameters.set(name, value);
      },
    };
  }
}
