import { describe, expect, it } from "vitest";
import {
  integer,
  type Json,
  membersOf,
  modelOf,
  read,
  readGood,
  shapeOf,
  string,
  target,
  withTraits,
} from "./support/model.js";

const version1 = (shapes: Json): Json => ({ ...modelOf(shapes), smithy: "1.0" });
const box = { box: {} };

describe("version 1.0", () => {
  const members = {
    primitive: target("smithy.api#PrimitiveInteger"),
    flag: target("smithy.api#PrimitiveBoolean"),
    boxedMember: withTraits(target("smithy.api#PrimitiveLong"), box),
    boxedType: integer,
    own: target("Count"),
    boxedOwn: target("Maybe"),
    stated: withTraits(target("Count"), { default: 7 }),
    text: string,
    stream: target("Stream"),
    requiredStream: withTraits(target("Stream"), { required: {} }),
  };
  const shapes = {
    "a#X": { type: "structure", members },
    "a#U": { type: "union", members: { n: target("smithy.api#PrimitiveInteger") } },
    "a#Count": { type: "integer" },
    "a#Maybe": withTraits({ type: "integer" }, box),
    "a#Stream": withTraits({ type: "blob" }, { streaming: {} }),
  };

  it("states as defaults what zero values, boxes and streams meant", () => {
    const model = readGood(version1(shapes));
    const value = (fallback: unknown): Json => ({ "smithy.api#default": fallback });
    expect(membersOf(shapeOf(model, "a#X", "structure")).map(([name, , traits]) => [name, traits])).toEqual([
      ["primitive", value(0)],
      ["flag", value(false)],
      ["boxedMember", value(null)],
      ["boxedType", {}],
      ["own", value(0)],
      ["boxedOwn", {}],
      ["stated", value(7)],
      ["text", {}],
      ["stream", value("")],
      ["requiredStream", { "smithy.api#required": {} }],
    ]);
    expect(model.shapes.get("a#Count")?.traits).toEqual(value(0));
    expect(model.shapes.get("a#Maybe")?.traits).toEqual({});
    expect(membersOf(shapeOf(model, "a#U", "union"))).toEqual([["n", "smithy.api#PrimitiveInteger", {}]]);
  });

  it("alone is upgraded so", () => {
    const { members: read2 } = shapeOf(readGood(modelOf(shapes)), "a#X", "structure");
    expect(read2.get("own")?.traits).toEqual({});
    expect(read2.get("primitive")?.traits).toEqual({});
  });

  it.each(["1", "1.0", "2", "2.0", "2.0.0", "2.1"])("and %s are known", (smithy) => {
    expect(readGood({ ...modelOf(), smithy }).shapes.has("a#S")).toBe(true);
  });
});

describe("older forms, in either version", () => {
  it("a set is a list of different items", () => {
    const model = readGood(modelOf({ "a#X": { type: "set", member: string } }));
    expect(model.shapes.get("a#X")).toMatchObject({ type: "list", traits: { "smithy.api#uniqueItems": {} } });
  });

  it("a string with the enum trait is an enum", () => {
    const definitions = [
      { value: "red", name: "RED", documentation: "Stop.", tags: ["t"], deprecated: true },
      { value: "dark-blue" },
      { value: "x", name: "__proto__" },
    ];
    const model = readGood(modelOf({ "a#X": withTraits({ type: "string" }, { enum: definitions }) }));
    expect(membersOf(shapeOf(model, "a#X", "enum"))).toEqual([
      [
        "RED",
        "smithy.api#Unit",
        {
          "smithy.api#enumValue": "red",
          "smithy.api#documentation": "Stop.",
          "smithy.api#tags": ["t"],
          "smithy.api#deprecated": {},
        },
      ],
      ["dark_blue", "smithy.api#Unit", { "smithy.api#enumValue": "dark-blue" }],
      ["__proto__", "smithy.api#Unit", { "smithy.api#enumValue": "x" }],
    ]);
  });

  it.each([[["1.2"]], [["a-b", "a.b"]]])(
    "one with values %j that make no names stays a string, with a note",
    (values) => {
      const definitions = values.map((value) => ({ value }));
      const { model, diagnostics } = read(modelOf({ "a#X": withTraits({ type: "string" }, { enum: definitions }) }));
      expect(diagnostics).toMatchObject([{ severity: "note", code: "nameless-enum", shapeId: "a#X" }]);
      expect(model?.shapes.get("a#X")?.type).toBe("string");
    },
  );

  it("operations of resources are found whatever they are bound as", () => {
    const names = ["Create", "Put", "Read", "Update", "Delete", "List", "Instance", "Collection"];
    const [Create, Put, Read, Update, Delete, List, Instance, Collection] = names.map(target);
    const resource = {
      type: "resource",
      identifiers: { id: string },
      list: List,
      create: Create,
      put: Put,
      read: Read,
      update: Update,
      delete: Delete,
      operations: [Instance],
      collectionOperations: [Collection],
      resources: [target("Inner")],
    };
    const operations = Object.fromEntries(names.map((name) => [`a#${name}`, { type: "operation" }]));
    const model = readGood(modelOf({ "a#R": resource, "a#Inner": { type: "resource" }, ...operations }));
    expect(model.shapes.get("a#R")).toMatchObject({
      operations: names.map((name) => `a#${name}`),
      resources: ["a#Inner"],
    });
    expect(model.shapes.get("a#Read")).toMatchObject({ input: "smithy.api#Unit", output: "smithy.api#Unit" });
  });
});
