/** Names of TypeScript's own that no declaration in a module may have, or that would not mean it. */
const taken: ReadonlySet<string> = new Set([
  "F", // the type parameter of generated types
  ..."abstract accessor any arguments as asserts async await bigint boolean break case catch".split(" "),
  ..."class const continue debugger".split(" "),
  ..."declare default delete do else enum eval export extends false finally for from function".split(" "),
  ..."get globalThis if implements import in infer instanceof interface intrinsic is".split(" "),
  ..."keyof let module namespace never new out override satisfies".split(" "),
  ..."null number object of package private protected public readonly require return set static".split(" "),
  ..."string super switch symbol this throw true try type typeof undefined unique unknown using".split(" "),
  ..."var void while with yield".split(" "),
]);

/**
 * An identifier for a schema name: what may not stand in one becomes `_`, and a name that
 * TypeScript keeps for itself gets a `_` behind it.
 */
export function toIdentifier(name: string): string {
  const word = name.replace(/[^A-Za-z0-9_$]/g, "_").replace(/^(?=[0-9]|$)/, "_");
  return taken.has(word) ? `${word}_` : word;
}

/** `migrate-set-parameters` and `MIGRATION_PASS` in the spelling of types: `MigrateSetParameters`. */
export function toPascalCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return toIdentifier(words.map(capitalize).join(""));
}

/** `query-status` and `device_add` in the spelling of values: `queryStatus`. */
export function toCamelCase(name: string): string {
  const [first = "", ...rest] = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const start = first === first.toUpperCase() ? first.toLowerCase() : uncapitalize(first);
  return toIdentifier(start + rest.map(capitalize).join(""));
}

function uncapitalize(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function capitalize(word: string): string {
  const rest = word.slice(1);
  // Words in capitals throughout are ordinary words shouted; mixed ones keep their spelling.
  return word.charAt(0).toUpperCase() + (word === word.toUpperCase() ? rest.toLowerCase() : rest);
}

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A property name as it is written: in quotes only where needed. */
export function propertyKey(name: string): string {
  // In a literal this name alone would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return IDENTIFIER.test(name) ? name : JSON.stringify(name);
}

/** How a property is reached: `.name` or `["name"]`. */
export function propertyAccess(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
