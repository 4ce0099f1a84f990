import { describe, expect, it } from "vitest";
import {
  type Json,
  lineOf,
  membersOf,
  modelOf,
  read,
  readGood,
  shapeOf,
  string,
  target,
  textOf,
  withTraits,
} from "./support/model.js";

const mixin = (rest: Json = {}, traits: Json = {}): Json =>
  withTraits({ type: "structure", ...rest }, { mixin: {}, ...traits });
const using = (...names: string[]): Json => ({ mixins: names.map(target) });
const doc = "smithy.api#documentation";

describe("mixins", () => {
  it("come first, in their order and that of their own mixins", () => {
    const model = readGood(
      modelOf({
        "a#In": { type: "structure", ...using("Paged", "Filtered"), members: { own: string } },
        "a#Filtered": mixin({ members: { filter: string } }),
        "a#Paged": mixin({ ...using("Base"), members: { token: string } }),
        "a#Base": mixin({ members: { base: string } }),
      }),
    );
    expect(membersOf(shapeOf(model, "a#In", "structure")).map(([name]) => name)).toEqual([
      "base",
      "token",
      "filter",
      "own",
    ]);
    expect(shapeOf(model, "a#In", "structure").members.get("base")?.id).toBe("a#In$base");
  });

  it("give traits, later ones over earlier ones and the shape's own over all, save local ones", () => {
    const model = readGood(
      modelOf({
        "a#A": mixin({}, { documentation: "A", "a#t": 1, tags: ["a"] }),
        "a#B": withTraits(
          { type: "structure" },
          { mixin: { localTraits: ["smithy.api#private"] }, private: {}, "a#t": 2, documentation: "B" },
        ),
        "a#In": withTraits({ type: "structure", ...using("A", "B") }, { documentation: "In" }),
      }),
    );
    expect(model.shapes.get("a#In")?.traits).toEqual({ [doc]: "In", "a#t": 2, "smithy.api#tags": ["a"] });
  });

  it("join the traits of a member that several of them, or the shape, define", () => {
    const model = readGood(
      modelOf({
        "a#A": mixin({ members: { m: withTraits(string, { documentation: "A", "a#t": 1 }) } }),
        "a#B": mixin({ members: { m: withTraits(string, { required: {} }) } }),
        "a#In": { type: "structure", ...using("A", "B"), members: { m: withTraits(string, { documentation: "own" }) } },
      }),
    );
    expect(membersOf(shapeOf(model, "a#In", "structure"))).toEqual([
      ["m", "smithy.api#String", { [doc]: "own", "a#t": 1, "smithy.api#required": {} }],
    ]);
  });

  it("serve lists, maps, strings, services and operations as well", () => {
    const model = readGood(
      modelOf({
        "a#S": { type: "service", ...using("Common"), operations: [target("Op")], version: "2" },
        "a#Common": withTraits(
          {
            type: "service",
            version: "1",
            operations: [target("Extra")],
            errors: [target("Error")],
            rename: { "a#Out": "Outcome" },
          },
          { mixin: {} },
        ),
        "a#Op": { type: "operation", ...using("Checked"), input: target("In"), output: target("Out"), errors: [] },
        "a#Checked": withTraits({ type: "operation", errors: [target("Error")] }, { mixin: {}, readonly: {} }),
        "a#Extra": { type: "operation" },
        "a#Error": withTraits({ type: "structure" }, { error: "client" }),
        "a#Names": withTraits({ type: "list", member: string }, { mixin: {} }),
        "a#Tags": { type: "list", ...using("Names") },
        "a#Pairs": withTraits({ type: "map", key: string, value: string }, { mixin: {} }),
        "a#Labels": { type: "map", ...using("Pairs") },
        "a#Short": withTraits({ type: "string" }, { mixin: {}, length: { max: 9 } }),
        "a#Name": { type: "string", ...using("Short") },
      }),
    );
    expect(model.shapes.get("a#S")).toMatchObject({
      version: "2",
      operations: ["a#Extra", "a#Op"],
      errors: ["a#Error"],
      rename: { "a#Out": "Outcome" },
    });
    expect(model.shapes.get("a#Op")).toMatchObject({
      input: "a#In",
      errors: ["a#Error"],
      traits: { "smithy.api#readonly": {} },
    });
    expect(shapeOf(model, "a#Tags", "list").member).toMatchObject({ id: "a#Tags$member", target: "smithy.api#String" });
    expect(shapeOf(model, "a#Labels", "map").value.id).toBe("a#Labels$value");
    expect(model.shapes.get("a#Name")?.traits).toEqual({ "smithy.api#length": { max: 9 } });
  });

  it("are gone once they are mixed in", () => {
    const model = readGood(modelOf({ "a#M": mixin(), "a#T": withTraits({ type: "service" }, { mixin: {} }) }));
    expect([...model.shapes.keys()].filter((id) => id === "a#M" || id === "a#T")).toEqual([]);
  });

  it("must not give one member two targets", () => {
    const value = modelOf({
      "a#A": mixin({ members: { m: string } }),
      "a#B": mixin({ members: { m: target("Items") } }),
      "a#X": { type: "structure", ...using("A", "B") },
      "a#Y": { type: "structure", ...using("A"), members: { m: target("Items") } },
    });
    expect(read(value).diagnostics).toMatchObject([
      { code: "mixin-conflict", shapeId: "a#X$m" },
      { code: "mixin-conflict", shapeId: "a#Y$m" },
    ]);
  });

  it("must contain the member of a list that has none itself", () => {
    const value = modelOf({
      "a#M": withTraits({ type: "string" }, { mixin: {} }),
      "a#X": { type: "list", ...using("M") },
    });
    expect(read(value).diagnostics.map(({ code }) => code)).toEqual(["invalid-member", "not-a-mixin"]);
  });

  it("are wrong once, however many shapes use them", () => {
    const value = modelOf({
      "a#M": mixin({ members: { m: withTraits(string, { pattern: 1 }) } }, { deprecated: 1 }),
      ...Object.fromEntries(["a#X", "a#Y", "a#Z"].map((id) => [id, { type: "structure", ...using("M") }])),
    });
    expect(read(value).diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "invalid-trait The trait smithy.api#pattern must be a string.",
      "invalid-trait The trait smithy.api#deprecated must be an object.",
    ]);
  });
});

it("a trait is wrong where it is, in the mixin or in the shape that has its own", () => {
  const value = modelOf({
    "a#M": mixin({}, { deprecated: {} }),
    "a#X": withTraits({ type: "structure", ...using("M") }, { deprecated: 1 }),
    "a#N": mixin({}, { deprecated: 2 }),
    "a#Y": { type: "structure", ...using("N") },
  });
  expect(read(value).diagnostics.map((each) => lineOf(textOf(value), each))).toEqual([
    '"smithy.api#deprecated": 1',
    '"smithy.api#deprecated": 2',
  ]);
});

describe("apply statements", () => {
  const apply = (traits: Json): Json => withTraits({ type: "apply" }, traits);

  it("give traits to shapes and members, mixed-in ones included", () => {
    const model = readGood(
      modelOf({
        "a#M": mixin({ members: { m: withTraits(string, { documentation: "general" }) } }),
        "a#In": { type: "structure", ...using("M") },
        "a#In$m": apply({ documentation: "special", required: {} }),
        "a#Items$member": apply({ length: { max: 3 } }),
        "a#Out": { type: "structure", ...using("M") },
      }),
    );
    const traitsOf = (id: string): unknown => shapeOf(model, id, "structure").members.get("m")?.traits;
    expect(traitsOf("a#In")).toEqual({ [doc]: "special", "smithy.api#required": {} });
    expect(traitsOf("a#Out")).toEqual({ [doc]: "general" });
    expect(shapeOf(model, "a#Items", "list").member.traits).toEqual({ "smithy.api#length": { max: 3 } });
  });

  it("reach the users of a mixin that they are made to", () => {
    const model = readGood(
      modelOf({
        "a#In": { type: "structure", ...using("M") },
        "a#M": mixin({ members: { m: string } }),
        "a#M$m": apply({ required: {} }),
      }),
    );
    expect(membersOf(shapeOf(model, "a#In", "structure"))).toEqual([
      ["m", "smithy.api#String", { "smithy.api#required": {} }],
    ]);
  });

  it("may set a default of null", () => {
    const model = readGood(modelOf({ "a#In$size": apply({ default: null }) }));
    expect(shapeOf(model, "a#In", "structure").members.get("size")?.traits).toEqual({ "smithy.api#default": null });
  });

  it("join lists, may repeat what is there, and must not contradict it", () => {
    const withApply = (traits: Json): Json =>
      modelOf({
        "a#X": { type: "structure", members: { m: withTraits(string, { tags: ["a"], length: { min: 1, max: 2 } }) } },
        "a#X$m": apply(traits),
      });
    const model = readGood(withApply({ tags: ["b"], length: { max: 2, min: 1 } }));
    expect(membersOf(shapeOf(model, "a#X", "structure"))[0]?.[2]).toEqual({
      "smithy.api#tags": ["a", "b"],
      "smithy.api#length": { min: 1, max: 2 },
    });
    expect(read(withApply({ length: { max: 3 } })).diagnostics).toMatchObject([
      { severity: "error", code: "trait-conflict", shapeId: "a#X$m" },
    ]);
  });
});
