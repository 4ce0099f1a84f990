import { describe, expect, test } from "vitest";
import { fillDefaults } from "../../../../runtime/src/schema/defaults.js";
import type { Member, StructureShape } from "../../../../runtime/src/schema/shapes.js";

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

test("what is not set is filled, wherever it is", () => {
  const value = {
    leaf: { note: "a", size: undefined },
    list: [{}, null, { size: 5 }],
    map: { a: [{}], b: null },
    either: { leaf: { size: null } },
    next: { leaf: {} },
  };
  const given = structuredClone(value);
  expect(fillDefaults(node, value)).toEqual({
    leaf: { note: "a", size: 0 },
    list: [{ size: 0 }, null, { size: 5 }],
    map: { a: [{ size: 0 }], b: null },
    either: { leaf: { size: 0 } },
    next: { leaf: { size: 0 } },
  });
  expect(value, "the caller's value").toEqual(given);
});

test("the value's own members are left out on demand", () => {
  const shape = structure("Input", { size: { type: "integer", default: 1 }, leaf: { target: leaf } });
  expect(fillDefaults(shape, { leaf: {} }, false)).toEqual({ leaf: { size: 0 } });
  expect(fillDefaults(shape, {})).toEqual({ size: 1 });
});

test("a shape without defaults gives the value itself, though it holds itself", () => {
  const value = { next: { text: "a" } };
  expect(fillDefaults(bare, value)).toBe(value);
});

describe("the model's form", () => {
  test.each<[Member, unknown]>([
    [{ type: "timestamp", default: 1.5 }, new Date(1500)],
    [{ type: "timestamp", default: "1970-01-01T00:00:01Z" }, new Date(1000)],
    [{ type: "blob", default: "YWJj" }, new Uint8Array([97, 98, 99])],
    [{ type: "bigInteger", default: 12 }, 12n],
    [{ type: "bigDecimal", default: 0.5 }, "0.5"],
    [{ type: "document", default: [1] }, [1]],
    [{ type: "boolean", default: false }, false],
  ])("%j", (member, wanted) => expect(fillDefaults(structure("S", { it: member }), {})).toEqual({ it: wanted }));

  test("a collection is new each time", () => {
    const shape = structure("S", { it: { type: "list", member: { type: "string" }, default: [] } });
    const [one, two] = [fillDefaults(shape, {}), fillDefaults(shape, {})] as { it: unknown[] }[];
    expect(one?.it).not.toBe(two?.it);
  });
});

test("a value of the wrong form is left to validation", () => {
  expect(fillDefaults(node, { leaf: "text", list: {}, map: [] })).toEqual({ leaf: "text", list: {}, map: [] });
});
