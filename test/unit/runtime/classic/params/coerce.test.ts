import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { checkParams } from "#runtime/classic/params/index.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";

function shapeOf(members: Readonly<Record<string, Member>>): StructureShape {
  return { type: "structure", name: "Put", members };
}

/** What becomes of a value of a member. */
function coerced(member: Member, value: unknown, paramValidation = true): unknown {
  const { input, error } = checkParams(shapeOf({ X: member }), { X: value }, paramValidation);
  expect(error).toBeUndefined();
  return input["X"];
}

describe("checked values become those that are written", () => {
  it.each<[string, Member, unknown, unknown]>([
    ["text of a whole number", { type: "integer" }, "7", 7],
    ["a fraction of a whole number", { type: "long" }, -7.9, -7],
    ["text of a fraction", { type: "double" }, "0.5", 0.5],
    ["a bigint", { type: "long" }, 2n ** 60n, 2n ** 60n],
    ["a number of any size", { type: "bigInteger" }, 2 ** 70, 2n ** 70n],
    ["its text", { type: "bigInteger" }, "12", 12n],
    ["a decimal", { type: "bigDecimal" }, 1.5, "1.5"],
    ["text of a decimal", { type: "bigDecimal" }, "1.50", "1.50"],
    ["seconds", { type: "timestamp" }, 1.5, new Date(1500)],
    ["text of a date", { type: "timestamp" }, "2020-01-01T00:00:00.25Z", new Date("2020-01-01T00:00:00.250Z")],
    ["text", { type: "blob" }, "é", Buffer.from([0xc3, 0xa9])],
    ["wide numbers", { type: "blob" }, new Uint16Array([513]).subarray(0), new Uint8Array([1, 2])],
    ["a buffer", { type: "blob" }, new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2])],
    ["a value of JSON", { type: "string", mediaType: "application/json" }, { a: [1] }, '{"a":[1]}'],
    ["text that is a value of JSON", { type: "string", mediaType: "application/json" }, "a", '"a"'],
    [
      "items that are not set",
      { type: "list", sparse: true, member: { type: "integer" } },
      ["1", null, undefined],
      [1],
    ],
    [
      "values that are not set",
      { type: "map", sparse: true, key: { type: "string" }, value: { type: "integer" } },
      { a: "1", b: null },
      { a: 1 },
    ],
    ["a document", { type: "document" }, { a: null, b: [1] }, { a: null, b: [1] }],
  ])("%s", (_what, member, value, wanted) => {
    const found = coerced(member, value);
    if (wanted instanceof Uint8Array) expect(Buffer.compare(found as Uint8Array, wanted)).toBe(0);
    else expect(found).toStrictEqual(wanted);
  });

  it("those of other realms are brought into this one", () => {
    expect(coerced({ type: "timestamp" }, runInNewContext("new Date(5)"))).toBeInstanceOf(Date);
    const found = coerced({ type: "blob" }, runInNewContext("new Uint8Array([1]).buffer"));
    expect(found).toBeInstanceOf(Uint8Array);
    expect(coerced({ type: "blob" }, runInNewContext("new Uint8Array([1])"))).toStrictEqual(found);
  });

  it("of structures and unions what is known and set is copied", () => {
    const Choice$: UnionShape = { type: "union", name: "Choice", members: { A: { type: "integer" } } };
    const shape = shapeOf({ Choice: { target: Choice$ }, B: { type: "boolean" } });
    const params = { Choice: { A: "1", Z: undefined }, B: null, Y: undefined };
    expect(checkParams(shape, params).input).toStrictEqual({ Choice: { A: 1 } });
    expect(checkParams(shape, undefined)).toStrictEqual({ input: {}, error: undefined });
  });

  it("keys are those of the object, whatever their names", () => {
    const member: Member = { type: "map", key: { type: "string" }, value: { type: "integer" } };
    const found = coerced(member, JSON.parse('{"__proto__":"1","constructor":"2"}')) as object;
    expect(Object.entries(found)).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
  });
});

it("what is given stays as it is", () => {
  const list: Member = { type: "list", member: { type: "timestamp" } };
  const map: Member = { type: "map", key: { type: "string" }, value: list };
  const when = new Date(0);
  const params = Object.freeze({ X: Object.freeze({ a: Object.freeze([when, null, 1]) }) });
  const { input } = checkParams(shapeOf({ X: map }), params);
  when.setTime(9);
  expect(input).toEqual({ X: { a: [new Date(0), new Date(1000)] } });
});

describe("unchecked values are brought into form as far as can be", () => {
  it.each<[Member, unknown, unknown]>([
    [{ type: "integer" }, "7.9x", 7],
    [{ type: "integer" }, "x", "x"],
    [{ type: "bigInteger" }, {}, {}],
    [{ type: "string" }, 7, "7"],
    [{ type: "string" }, ["a"], ["a"]],
    [{ type: "timestamp" }, "2020-01-01", new Date("2020-01-01")],
    [{ type: "blob" }, 7, 7],
    [{ type: "list", member: { type: "string" } }, "a", "a"],
    [{ type: "map", key: { type: "string" }, value: { type: "string" } }, 7, 7],
    [{ target: shapeOf({}) }, "a", "a"],
  ])("%j: %j", (member, value, wanted) => {
    expect(coerced(member, value, false)).toStrictEqual(wanted);
  });

  it("and what is not known is left out", () => {
    expect(checkParams(shapeOf({ A: { type: "string", required: true } }), { B: 1 }, false)).toStrictEqual({
      input: {},
      error: undefined,
    });
  });
});
