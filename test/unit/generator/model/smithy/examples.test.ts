import { describe, expect, it } from "vitest";
import { type Json, integer, read, string, target, withTraits } from "./support/model.js";
import { expectProblems, operation } from "./support/problems.js";

const shapes: Json = {
  "a#In": {
    type: "structure",
    members: {
      name: withTraits(string, { required: {} }),
      token: withTraits(string, { required: {}, idempotencyToken: {} }),
      size: integer,
      at: target("smithy.api#Timestamp"),
      day: withTraits(target("smithy.api#Timestamp"), { timestampFormat: "http-date" }),
      tags: target("Tags"),
      gaps: target("Gaps"),
      by: target("By"),
      choice: target("Choice"),
      any: target("smithy.api#Document"),
      limit: target("smithy.api#Double"),
    },
  },
  "a#Tags": { type: "list", member: target("In") },
  "a#Gaps": withTraits({ type: "list", member: string }, { sparse: {} }),
  "a#By": { type: "map", key: string, value: integer },
  "a#Choice": { type: "union", members: { one: string, two: integer } },
  "a#Gone": withTraits({ type: "structure", members: { message: string } }, { error: "client" }),
};

const withExample = (example: Json): Json => operation({ examples: [{ title: "first", ...example }] }, shapes);

describe("examples", () => {
  it.each<[string, Json]>([
    ["nothing but what is required", { input: { name: "a" } }],
    ["what a call fills by itself", { input: { name: "a", token: "t" } }],
    ["dates in all forms", { input: { name: "a", at: 1.5, day: "Tue, 29 Apr 2014 18:30:38 GMT" } }],
    [
      "a date in Smithy's own form",
      { input: { name: "a", at: "2024-05-01T00:00:00.5Z", day: "2024-05-01T00:00:00Z" } },
    ],
    [
      "lists, maps, unions, documents",
      { input: { name: "a", gaps: [null], by: { x: 1 }, choice: { two: 2 }, any: [{}] } },
    ],
    ["a number that is none", { input: { name: "a", limit: "NaN" } }],
    ["a response", { input: { name: "a" }, output: { items: ["x"] } }],
    ["a failure", { input: { name: "a" }, error: { shapeId: "a#Gone", content: { message: "m" } } }],
    ["one that shows what is rejected", { input: {}, error: { shapeId: "a#Gone" }, allowConstraintErrors: true }],
  ])("are right: %s", (_name, example) => expect(read(withExample(example)).diagnostics).toEqual([]));

  const out = "The documentation leaves the example out.";

  it.each<[string, Json, output: string]>([
    ["no input", {}, `input lacks name, which is required. ${out}`],
    ["an input that is none", { input: "x" }, `input must be an object. ${out}`],
    ["an unknown member", { input: { name: "a", nmae: 1 } }, `input has nmae, which is not a member of a#In. ${out}`],
    ["the wrong type", { input: { name: 5 } }, `input.name must be a string. ${out}`],
    ["a number with a fraction", { input: { name: "a", size: 1.5 } }, "input.size must be an integer."],
    ["null", { input: { name: null } }, "input.name must be a string."],
    ["a date in words", { input: { name: "a", at: "yesterday" } }, "input.at must be a timestamp."],
    ["a date of another format", { input: { name: "a", at: "Tue, 29 Apr 2014 18:30:38 GMT" } }, "input.at must be"],
    ["something deep", { input: { name: "a", tags: [{ name: "b" }, {}] } }, "input.tags[1] lacks name"],
    ["no list", { input: { name: "a", tags: {} } }, "input.tags must be a list"],
    ["no map", { input: { name: "a", by: [] } }, "input.by must be an object"],
    ["a value of a map", { input: { name: "a", by: { x: "1" } } }, 'input.by["x"] must be an integer'],
    ["two of a union", { input: { name: "a", choice: { one: "1", two: 2 } } }, "input.choice must have exactly one"],
    ["several", { input: { a: 1, b: 2 } }, "input has a, which is not a member of a#In (and 2 more)."],
    [
      "a response",
      { input: { name: "a" }, output: { itmes: [] } },
      "output has itmes, which is not a member of a#Out. The",
    ],
    ["a failure", { input: { name: "a" }, error: { shapeId: "a#Gone", content: { x: 1 } } }, "error has x, which"],
    ["no such failure", { input: { name: "a" }, error: { shapeId: "a#Gnoe" } }, "error names a#Gnoe, which is not"],
    ["a failure without name", { input: { name: "a" }, error: {} }, "error has no shapeId"],
  ])("of another shape are a warning: %s", (_name, example, output) =>
    expectProblems(withExample(example), "warning", [
      "invalid-example",
      "a#Op",
      "{",
      `In the example first, ${output}`,
    ]),
  );
});
