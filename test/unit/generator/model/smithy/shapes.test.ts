import { describe, it } from "vitest";
import { type Json, modelOf, string, target } from "./support/model.js";
import { type Expected, expectProblems, member, shape } from "./support/problems.js";

describe("shapes that cannot be read", () => {
  it.each<[string, Json, ...Expected]>([
    ["no object", modelOf({ "a#X": 1 }), "invalid-shape", "a#X", '"a#X": 1', "an object"],
    ["no type", modelOf({ "a#X": {} }), "unknown-shape-type", "a#X", '"a#X": {}', "no type"],
    ["an unknown type", shape("tuple"), "unknown-shape-type", "a#X", '"type": "tuple"', '"tuple" is not a shape type'],
    [
      "a type named as a method of objects",
      shape("constructor"),
      "unknown-shape-type",
      "a#X",
      '"type": "constructor"',
      "",
    ],
    ["an id without namespace", modelOf({ X: { type: "string" } }), "invalid-shape-id", "X", '"X": {', "namespace"],
    [
      "an id that climbs",
      modelOf({ "a#../x": { type: "string" } }),
      "invalid-shape-id",
      "a#../x",
      '"a#../x": {',
      '"a#../x"',
    ],
    [
      "an apply to no id",
      modelOf({ "a b": { type: "apply" } }),
      "invalid-shape-id",
      "a b",
      '"a b": {',
      "shape or member",
    ],
    ["a list without member", shape("list"), "invalid-member", "a#X$member", '"a#X": {', "needs a member"],
    [
      "a map without value",
      shape("map", {}, { key: string }),
      "invalid-member",
      "a#X$value",
      '"a#X": {',
      "needs a value",
    ],
    [
      "a member without target",
      modelOf({ "a#X": { type: "structure", members: { m: {} } } }),
      "invalid-member",
      "a#X$m",
      '"m": {}',
      "a target",
    ],
    [
      "a member whose target is no text",
      modelOf({ "a#X": { type: "structure", members: { m: { target: 1 } } } }),
      "invalid-member",
      "a#X$m",
      '"m": {',
      "a target",
    ],
    [
      "members that are a list",
      shape("structure", {}, { members: [] }),
      "invalid-members",
      "a#X",
      '"members": []',
      "an object",
    ],
    [
      "a hostile member name",
      modelOf({ "a#X": { type: "structure", members: { 'a"b': string } } }),
      "invalid-member-name",
      "a#X",
      '"a\\"b": {',
      "letters",
    ],
    ["an input without target", modelOf({}, { input: {} }), "invalid-targets", "a#Op", '"input": {}', "a target"],
    ["errors that are no list", modelOf({}, { errors: {} }), "invalid-targets", "a#Op", '"errors": {}', "a list"],
    ["an error without target", modelOf({}, { errors: [7] }), "invalid-targets", "a#Op", "7", "a target"],
    [
      "a version that is no text",
      modelOf({ "a#S": { type: "service", version: 1 } }),
      "invalid-version",
      "a#S",
      '"version": 1',
      "a string",
    ],
    [
      "a rename that is a list",
      modelOf({ "a#S": { type: "service", rename: [] } }),
      "invalid-rename",
      "a#S",
      '"rename": []',
      "an object",
    ],
    [
      "traits that are a list",
      modelOf({ "a#X": { type: "string", traits: [] } }),
      "invalid-traits",
      "a#X",
      '"traits": []',
      "an object",
    ],
    [
      "a trait without namespace",
      modelOf({ "a#X": { type: "string", traits: { length: {} } } }),
      "invalid-trait-id",
      "a#X",
      '"length": {}',
      "smithy.api#required",
    ],
    [
      "metadata that is a list",
      { ...modelOf(), metadata: [] },
      "invalid-metadata",
      undefined,
      '"metadata": []',
      "an object",
    ],
  ])("%s", (_name, value, ...expected) => expectProblems(value, "error", expected));

  it("warns of a property that means nothing, which may be a misspelt one", () => {
    const expected = ["unknown-property", "a#X", '"memebrs": {}', "type, traits, mixins, members"] as const;
    expectProblems(shape("structure", {}, { memebrs: {} }), "warning", expected);
    const other = ["unknown-property", "a#X", '"tariffs": {}', "target, traits"] as const;
    expectProblems(member({ ...string, tariffs: {} }), "warning", other);
  });

  it("finds a shape, a member and a trait that stand twice", () => {
    const text = [
      '{"smithy":"2.0","shapes":{',
      '"a#S":{"type":"service"},',
      '"a#S":{"type":"service"},',
      '"a#X":{"type":"structure","members":{"m":{"target":"smithy.api#String"},',
      '"m":{"target":"smithy.api#String","traits":{"a#t":1,',
      '"a#t":2}}}}}}',
    ].join("\n");
    expectProblems(
      text,
      "error",
      ["duplicate-key", "a#S", '"a#S":{"type":"service"}', '"a#S" is repeated'],
      ["duplicate-key", "a#X$m", '"m":{"target":"smithy.api#String","traits":{"a#t":1', '"m" is repeated'],
      ["duplicate-key", "a#X$m", '"a#t":2}}}}}}', '"a#t" is repeated'],
    );
  });
});

it("reports every problem at once, in the order of the file", () => {
  const value = modelOf({
    "a#V": { type: "what" },
    "a#W": { type: "list", member: target("Gone") },
    "a#X": { type: "string", traits: { "smithy.api#pattern": 1 } },
    "a#Y": { type: "list", member: target("Y") },
    "a#Z": { type: "list" },
  });
  expectProblems(
    value,
    "error",
    ["unknown-shape-type", "a#V", '"type": "what"', ""],
    ["dangling-target", "a#W$member", '"target": "a#Gone"', ""],
    ["invalid-trait", "a#X", '"smithy.api#pattern": 1', ""],
    ["recursive-collection", "a#Y", '"a#Y": {', ""],
    ["invalid-member", "a#Z$member", '"a#Z": {', ""],
  );
});
