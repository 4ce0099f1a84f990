import { expect, it } from "vitest";
import { generate } from "#generator/generate.js";
import { type Json, modelOf, readGood, string, target, withTraits } from "./support/model.js";
import { expectProblems } from "./support/problems.js";

/** A model whose input holds lists within maps within lists, so many deep. */
function nested(depth: number): Json {
  const shapes: Json = { "a#In": { type: "structure", members: { deep: target(`L${depth}`) } } };
  for (let level = 1; level <= depth; level++) {
    const inner = level === 1 ? string : target(`L${level - 1}`);
    shapes[`a#L${level}`] =
      level % 2 === 0 ? { type: "map", key: string, value: inner } : { type: "list", member: inner };
  }
  const traits = { "aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": { name: "s" } };
  return modelOf({
    ...shapes,
    "a#S": withTraits({ type: "service", version: "1", operations: [target("Op")] }, traits),
  });
}

it("lists and maps may nest fifty deep", async () => {
  const { files, diagnostics } = await generate(readGood(nested(50)));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(files?.get("src/operations/op.ts")).toContain("deep?:");
});

it.each([51, 3000])("lists and maps that nest %i deep are too deep", (depth) =>
  expectProblems(nested(depth), "error", [
    "deep-collection",
    "a#L51",
    '"a#L51": {',
    "nest 51 deep here, and the maximum is 50",
  ]),
);
