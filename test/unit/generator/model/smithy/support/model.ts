import { expect } from "vitest";
import { type Model, type ReadOptions, readModel, type Shape } from "#generator/model/index.js";
import type { Diagnostic } from "#generator/diagnostics.js";

export type Json = Record<string, unknown>;

/** `{ target }`; names without a namespace are in `a`. */
export const target = (name: string): { target: string } => ({ target: name.includes("#") ? name : `a#${name}` });
export const string = target("smithy.api#String");
export const integer = target("smithy.api#Integer");

/** A member with traits; names without a namespace are in `smithy.api`. */
export const withTraits = (member: Json, traits: Json): Json => ({
  ...member,
  traits: Object.fromEntries(
    Object.entries(traits).map(([id, value]) => [id.includes("#") ? id : `smithy.api#${id}`, value]),
  ),
});

/** A good model with one service, `a#S`, and one operation, `a#Op`, and what is given besides. */
export function modelOf(shapes: Json = {}, operation: Json = {}): Json {
  return {
    smithy: "2.0",
    shapes: {
      "a#S": { type: "service", version: "1", operations: [target("Op")] },
      "a#Op": { type: "operation", input: target("In"), output: target("Out"), ...operation },
      "a#In": { type: "structure", members: { token: string, size: integer } },
      "a#Out": { type: "structure", members: { next: string, items: target("Items") } },
      "a#Items": { type: "list", member: string },
      ...shapes,
    },
  };
}

/** One key or value a line, so that a line says what is there. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 1));

/** Reads a value as `m.json`, with overlays as `o0.json` and on. */
export function read(value: unknown, ...overlays: unknown[]): ReturnType<typeof readModel> {
  const options: ReadOptions = {
    overlays: overlays.map((each, index) => ({ file: `o${index}.json`, text: textOf(each) })),
  };
  return readModel({ file: "m.json", text: textOf(value) }, options);
}

/** The model of a value that nothing is wrong with. */
export function readGood(value: unknown, ...overlays: unknown[]): Model {
  const { model, diagnostics } = read(value, ...overlays);
  expect(diagnostics).toEqual([]);
  if (!model) throw new Error("there is no model");
  return model;
}

type OfType<S, T> = S extends { type: infer U } ? (T extends U ? S : never) : never;

/** A shape that must be there and of a type. */
export function shapeOf<T extends Shape["type"]>(model: Model, id: string, type: T): OfType<Shape, T> {
  const shape = model.shapes.get(id);
  expect(shape?.type).toBe(type);
  return shape as OfType<Shape, T>;
}

/** Names, targets and traits of a shape's members, in their order. */
export function membersOf(shape: Shape): [string, string, Json][] {
  const members = "members" in shape ? [...shape.members.values()] : [];
  return members.map(({ name, target: to, traits }) => [name, to, { ...traits }]);
}

/** The text of the line that a diagnostic names. */
export function lineOf(text: string, { line }: Diagnostic): string {
  return text.split("\n")[(line ?? 0) - 1]?.trim().replace(/,$/, "") ?? "";
}
