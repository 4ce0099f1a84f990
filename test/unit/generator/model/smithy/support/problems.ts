import { expect } from "vitest";
import { type Json, lineOf, modelOf, read, textOf, withTraits } from "./model.js";

/** What is wrong, with which shape, the line that it is on, and a part of what is said. */
export type Expected = readonly [code: string, shapeId: string | undefined, line: string, message: string];

/** A model with a structure `a#X` of one member `m`. */
export const member = (to: Json, traits: Json = {}): Json =>
  modelOf({ "a#X": { type: "structure", members: { m: withTraits(to, traits) } } });

/** A model with a shape `a#X`. */
export const shape = (type: string, traits: Json = {}, rest: Json = {}): Json =>
  modelOf({ "a#X": withTraits({ type, ...rest }, traits) });

/** A model whose operation has traits. */
export const operation = (traits: Json, shapes: Json = {}): Json => modelOf(shapes, withTraits({}, traits));

/** Reads a value and expects exactly these problems, each on its line. */
export function expectProblems(value: unknown, severity: string, ...expected: readonly Expected[]): void {
  const text = textOf(value);
  const { model, diagnostics } = read(value);
  expect(model === undefined).toBe(severity === "error");
  expect(diagnostics.map((each) => [each.severity, each.code, each.shapeId, each.file, lineOf(text, each)])).toEqual(
    expected.map(([code, shapeId, line]) => [severity, code, shapeId, "m.json", line]),
  );
  for (const [index, [, , , message]] of expected.entries()) expect(diagnostics[index]?.message).toContain(message);
}
