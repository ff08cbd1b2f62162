/** What `--emit` may name, in the order of emission. */
export const PRODUCTS = [
  "types",
  "visitors",
  "validators",
  "commands",
  "events",
  "json-schema",
  "introspect",
] as const;

export type Product = (typeof PRODUCTS)[number];
