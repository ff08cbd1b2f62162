/** Descriptors as the generator writes them, for a small schema that has one of each. */
import {
  alternative,
  branch,
  optional,
  required,
  visitAlternate,
  visitAny,
  visitArray,
  visitBool,
  visitEnum,
  visitInt,
  visitInt16,
  visitNull,
  visitNumber,
  visitObject,
  visitSize,
  visitStr,
  visitUint64,
  visitUint8,
  type AlternateVisit,
  type EnumVisit,
  type Exact,
  type Form,
  type ObjectVisit,
  type Received,
  type Sent,
  type Unrecognized,
} from "../../src/visitor/index.js";

export type Color = "red" | "green" | "blue";
export const visitColor: EnumVisit<Color> = visitEnum("Color", ["red", "green", "blue"], {
  blue: { condition: "CONFIG_BLUE", features: ["unstable"] },
});

export interface Scalars<F extends Form = Received> {
  "a-bool"?: boolean | undefined;
  "a-str"?: string | undefined;
  "a-number"?: number | undefined;
  "a-null"?: null | undefined;
  "an-int"?: F["int64"] | undefined;
  "a-size"?: F["int64"] | undefined;
  "a-u64"?: F["int64"] | undefined;
  "a-u8"?: number | undefined;
  "a-s16"?: number | undefined;
  color?: Color | F["unknown"] | undefined;
}
export const visitScalars: ObjectVisit<Scalars<Exact>, Scalars, Scalars<Sent>> = visitObject(
  "Scalars",
  () => ({
    members: [
      optional("a-bool", visitBool),
      optional("a-str", visitStr),
      optional("a-number", visitNumber),
      optional("a-null", visitNull),
      optional("an-int", visitInt),
      optional("a-size", visitSize),
      optional("a-u64", visitUint64),
      optional("a-u8", visitUint8),
      optional("a-s16", visitInt16),
      optional("color", visitColor),
    ],
  }),
);

export interface Bitmap {
  name: string;
  alias: string;
}
export const visitBitmap: ObjectVisit<Bitmap> = visitObject("Bitmap", () => ({
  members: [required("name", visitStr), required("alias", visitStr)],
}));

export interface Mapping {
  "node-name": string;
  bitmaps: Bitmap[];
}
export const visitMapping: ObjectVisit<Mapping> = visitObject("Mapping", () => ({
  members: [required("node-name", visitStr), required("bitmaps", visitArray(visitBitmap))],
}));

export type ShapeKind = "circle" | "square" | "nothing" | "nested";
export const visitShapeKind: EnumVisit<ShapeKind> = visitEnum("ShapeKind", [
  "circle",
  "square",
  "nothing",
  "nested",
]);
export interface ShapeBase<F extends Form = Received> {
  kind: ShapeKind | F["unknown"];
  label?: string | undefined;
}
export const visitShapeBase: ObjectVisit<ShapeBase<Exact>, ShapeBase, ShapeBase<Sent>> = visitObject(
  "ShapeBase",
  () => ({ members: [required("kind", visitShapeKind), optional("label", visitStr)] }),
);
export interface Circle {
  radius: number;
}
export const visitCircle: ObjectVisit<Circle> = visitObject("Circle", () => ({
  members: [required("radius", visitUint8)],
}));
export interface Nested<F extends Form = Received> {
  inner: Shape<F>;
}
export const visitNested: ObjectVisit<Nested<Exact>, Nested, Nested<Sent>> = visitObject("Nested", () => ({
  members: [required("inner", visitShape)],
}));
export type Shape<F extends Form = Received> =
  | (ShapeBase<F> & { kind: "circle" } & Circle)
  | (ShapeBase<F> & { kind: "nested" } & Nested<F>)
  | (ShapeBase<F> & { kind: "square" | "nothing" })
  | (ShapeBase<F> & { kind: Unrecognized });
export const visitShape: ObjectVisit<Shape<Exact>, Shape, Shape<Sent>> = visitObject("Shape", () => ({
  base: visitShapeBase,
  members: [],
  tag: "kind",
  branches: [branch("circle", visitCircle), branch("nested", visitNested)],
}));

export type ShapeRef<F extends Form = Received> = string | null | Shape<F>;
export const visitShapeRef: AlternateVisit<ShapeRef<Exact>, ShapeRef, ShapeRef<Sent>> = visitAlternate(
  "ShapeRef",
  () => [
    alternative("reference", visitStr),
    alternative("none", visitNull),
    alternative("definition", visitShape),
  ],
);

export interface Conditional {
  always: string;
  sometimes?: string | undefined;
  extra?: unknown;
}
export const visitConditional: ObjectVisit<Conditional> = visitObject("Conditional", () => ({
  members: [
    required("always", visitStr),
    required("sometimes", visitStr, { condition: { all: ["CONFIG_A", { not: "CONFIG_B" }] } }),
    optional("extra", visitAny),
  ],
}));
