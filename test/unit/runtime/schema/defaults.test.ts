import { describe, expect, test } from "vitest";
import { fillInput, fillOutput } from "#runtime/schema/defaults.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";

const structure = (name: string, members: Record<string, Member>): StructureShape => ({
  type: "structure",
  name,
  members,
});

const leaf = structure("Leaf", { size: { type: "integer", default: 0 }, note: { type: "string" } });
const node: StructureShape = structure("Node", {
  leaf: { target: leaf },
  list: { type: "list", sparse: true, member: { target: leaf } },
  map: { type: "map", sparse: true, key: { type: "string" }, value: { type: "list", member: { target: leaf } } },
  either: { target: { type: "union", name: "Either", members: { leaf: { target: leaf }, text: { type: "string" } } } },
  next: { target: () => node },
});
const bare: StructureShape = structure("Bare", { next: { target: () => bare }, text: { type: "string" } });

const given = () => ({
  leaf: { note: "a", size: undefined },
  list: [{}, null, { size: 5 }],
  map: { a: [{}], b: null },
  either: { leaf: { size: null } },
  next: { leaf: {} },
});
const filled = {
  leaf: { note: "a", size: 0 },
  list: [{ size: 0 }, null, { size: 5 }],
  map: { a: [{ size: 0 }], b: null },
  either: { leaf: { size: 0 } },
  next: { leaf: { size: 0 } },
};

test("what is not set is filled, wherever it is", () => {
  expect(fillOutput(node, given())).toEqual(filled);
});

test("an input is filled in a copy", () => {
  const value = given();
  expect(fillInput(node, value)).toEqual(filled);
  expect(value).toEqual(given());
});

test("an input's own members are left to the service", () => {
  const shape = structure("Input", { size: { type: "integer", default: 1 }, leaf: { target: leaf } });
  expect(fillInput(shape, { leaf: {} })).toEqual({ leaf: { size: 0 } });
  expect(fillOutput(shape, {})).toEqual({ size: 1 });
});

test("a shape with nothing to fill returns the value itself, though it holds itself", () => {
  const value = { next: { text: "a" } };
  expect(fillInput(bare, value)).toBe(value);
  expect(fillOutput(bare, value)).toBe(value);
});

test("a long that an input is filled with keeps its digits; one of an output is a number", () => {
  const inner = structure("Inner", { it: { type: "long", default: 9007199254740993n } });
  expect(fillOutput(inner, {})).toEqual({ it: 9007199254740992 });
  expect(fillInput(structure("S", { inner: { target: inner } }), { inner: {} })).toEqual({
    inner: { it: 9007199254740993n },
  });
});

describe("the model's form", () => {
  test.each<[Member, unknown]>([
    [{ type: "timestamp", default: 1.5 }, new Date(1500)],
    [{ type: "timestamp", default: "1970-01-01T00:00:01Z" }, new Date(1000)],
    [{ type: "blob", default: "YWJj" }, new Uint8Array([97, 98, 99])],
    [{ type: "bigInteger", default: 12 }, 12n],
    [{ type: "bigInteger", default: 1e21 }, 10n ** 21n],
    [{ type: "bigInteger", default: "123456789012345678901234567890" }, 123456789012345678901234567890n],
    [{ type: "bigDecimal", default: 0.5 }, "0.5"],
    [{ type: "document", default: [1] }, [1]],
    [{ type: "boolean", default: false }, false],
    [{ type: "string", required: true, default: "a" }, "a"],
  ])("%j", (member, wanted) => expect(fillOutput(structure("S", { it: member }), {})).toEqual({ it: wanted }));

  test("a collection is new each time", () => {
    const shape = structure("S", { it: { type: "list", member: { type: "string" }, default: [] } });
    const [one, two] = [fillOutput(shape, {}), fillOutput(shape, {})] as { it: unknown[] }[];
    expect(one?.it).not.toBe(two?.it);
  });
});

describe("required members that a service has left out", () => {
  const text: Member = { type: "string" };
  const either: UnionShape = { type: "union", name: "Either", members: { text } };
  test.each<[string, Member, unknown]>([
    ["string", { type: "string" }, ""],
    ["boolean", { type: "boolean" }, false],
    ["long", { type: "long" }, 0],
    ["double", { type: "double" }, 0],
    ["bigInteger", { type: "bigInteger" }, 0n],
    ["bigDecimal", { type: "bigDecimal" }, "0"],
    ["timestamp", { type: "timestamp" }, new Date(0)],
    ["blob", { type: "blob" }, new Uint8Array()],
    ["document", { type: "document" }, null],
    ["list", { type: "list", member: text }, []],
    ["map", { type: "map", key: { type: "string" }, value: text }, {}],
    ["union", { target: either }, { $unknown: ["", null] }],
    ["structure", { target: structure("Inner", { a: { ...text, required: true }, b: text }) }, { a: "" }],
  ])("%s", (_type, member, wanted) => {
    const shape = structure("S", { it: { ...member, required: true } });
    expect(fillOutput(shape, {})).toStrictEqual({ it: wanted });
    expect(fillOutput(structure("Outer", { in: { target: shape } }), { in: {} })).toStrictEqual({ in: { it: wanted } });
  });

  test("are not filled in inputs, where validation requests them", () => {
    const shape = structure("Input", { in: { target: structure("S", { it: { ...text, required: true } }) } });
    expect(fillInput(shape, { in: {} })).toEqual({ in: {} });
  });

  test("are not filled where the client is to treat them as optional", () => {
    expect(fillOutput(structure("S", { it: { ...text, required: true, clientOptional: true } }), {})).toEqual({});
  });

  test("keep what came", () => {
    const shape = structure("S", { it: { type: "boolean", required: true, default: true } });
    expect(fillOutput(shape, { it: false })).toEqual({ it: false });
  });
});

test("a value of the wrong form is left to validation", () => {
  expect(fillInput(node, { leaf: "text", list: {}, map: [] })).toEqual({ leaf: "text", list: {}, map: [] });
});
