import * as fc from "../../../support/fast-check.js";
import { describe, expect, it } from "vitest";
import { formatPath, ValidationError } from "#runtime/errors/index.js";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";
import { validate } from "#runtime/validate/validate.js";

function holding(member: Member): StructureShape {
  return { type: "structure", name: "Input", members: { value: member } };
}

function problems(member: Member, value: unknown): string[] {
  return validate(holding(member), { value }).map((issue) => `${formatPath(issue.path)} ${issue.rule}`);
}

const Tag$: StructureShape = {
  type: "structure",
  name: "Tag",
  members: {
    Key: { type: "string", required: true, length: { min: 1, max: 4 } },
    Value: { type: "string", length: { max: 4 } },
  },
};

describe("types", () => {
  const accepted: [Member, unknown][] = [
    [{ type: "string" }, ""],
    [{ type: "boolean" }, false],
    [{ type: "byte" }, -128],
    [{ type: "short" }, 32767],
    [{ type: "integer" }, 2 ** 31 - 1],
    [{ type: "long" }, Number.MAX_SAFE_INTEGER],
    [{ type: "long" }, 2n ** 63n - 1n],
    [{ type: "float" }, Number.NaN],
    [{ type: "double" }, Number.NEGATIVE_INFINITY],
    [{ type: "bigInteger" }, 10n ** 40n],
    [{ type: "bigDecimal" }, "-12.50e10"],
    [{ type: "timestamp" }, new Date(0)],
    [{ type: "blob" }, Buffer.from("x")],
    [{ type: "document" }, { a: [1, null, "x", { b: true }] }],
    [{ type: "list", member: { type: "string" } }, []],
    [{ type: "list", member: { type: "string" }, sparse: true }, [null]],
    [{ type: "map", key: { type: "string" }, value: { type: "integer" } }, { a: 1 }],
    [{ type: "map", key: { type: "string" }, value: { type: "integer" }, sparse: true }, { a: null }],
    [{ target: Tag$ }, { Key: "k" }],
    [{ target: () => Tag$ }, { Key: "k", Value: undefined }],
  ];
  it.each(accepted)("%o accepts %o", (member, value) => expect(problems(member, value)).toEqual([]));

  const rejected: [Member, unknown][] = [
    [{ type: "string" }, 7],
    [{ type: "boolean" }, "true"],
    [{ type: "byte" }, 128],
    [{ type: "short" }, -32769],
    [{ type: "integer" }, 1.5],
    [{ type: "integer" }, "7"],
    [{ type: "integer" }, Number.NaN],
    [{ type: "integer" }, 2 ** 31],
    [{ type: "long" }, 2 ** 53],
    [{ type: "long" }, 2n ** 63n],
    [{ type: "double" }, "NaN"],
    [{ type: "bigInteger" }, 1.5],
    [{ type: "bigDecimal" }, "twelve"],
    [{ type: "timestamp" }, new Date(Number.NaN)],
    [{ type: "timestamp" }, 1_700_000_000],
    [{ type: "blob" }, "text"],
    [{ type: "document" }, () => 1],
    [{ type: "list", member: { type: "string" } }, "a"],
    [{ type: "map", key: { type: "string" }, value: { type: "integer" } }, new Date(0)],
    [{ target: Tag$ }, []],
  ];
  it.each(rejected)("%o rejects %o", (member, value) => expect(problems(member, value)).toEqual(["value type"]));

  it("rejects holes in dense collections at their location", () => {
    expect(problems({ type: "list", member: { type: "string" } }, ["a", null, undefined])).toEqual([
      "value[1] type",
      "value[2] type",
    ]);
    expect(problems({ type: "map", key: { type: "string" }, value: { type: "string" } }, { "a b": null })).toEqual([
      'value["a b"] type',
    ]);
  });
});

describe("constraints", () => {
  it.each<[Member, unknown, string[]]>([
    [{ type: "string", length: { min: 2 } }, "a", ["value length"]],
    [{ type: "string", length: { max: 2 } }, "abc", ["value length"]],
    [{ type: "string", length: { min: 2, max: 2 } }, "👍👍", []],
    [{ type: "string", length: { max: 2 } }, "👍👍👍", ["value length"]],
    [{ type: "string", pattern: "^a+$" }, "ab", ["value pattern"]],
    [{ type: "string", pattern: "a" }, "cab", []],
    [{ type: "string", enum: { A: "a", B: "b" } }, "c", ["value enum"]],
    [{ type: "integer", range: { min: 1, max: 50 } }, 0, ["value range"]],
    [{ type: "integer", range: { min: 1, max: 50 } }, 51, ["value range"]],
    [{ type: "long", range: { max: 5 } }, 6n, ["value range"]],
    [{ type: "integer", enum: { ONE: 1 } }, 2, ["value enum"]],
    [{ type: "blob", length: { max: 1 } }, new Uint8Array(2), ["value length"]],
    [{ type: "list", member: { type: "string" }, length: { min: 1 } }, [], ["value length"]],
    [{ type: "list", member: { type: "string" }, uniqueItems: true }, ["a", "a"], ["value uniqueItems"]],
    [
      { type: "map", key: { type: "string", length: { max: 1 } }, value: { type: "string" } },
      { ab: "" },
      ["value.ab length"],
    ],
    [
      { type: "map", key: { type: "string" }, value: { type: "string" }, length: { max: 0 } },
      { a: "" },
      ["value length"],
    ],
  ])("%o on %o", (member, value, expected) => expect(problems(member, value)).toEqual(expected));

  it("checks only what is switched on, minimums apart from maximums", () => {
    const shape = holding({ type: "string", length: { min: 2, max: 3 }, pattern: "^a", enum: { A: "aa" } });
    const found = (value: string, rules: Parameters<typeof validate>[2]) =>
      validate(shape, { value }, rules).map((issue) => issue.rule);
    expect(found("b", {})).toEqual([]);
    expect(found("b", { min: true })).toEqual(["length"]);
    expect(found("bbbb", { min: true })).toEqual([]);
    expect(found("bbbb", { max: true, pattern: true, enum: true })).toEqual(["length", "pattern", "enum"]);
    expect(validate(shape, { value: 1 }, {}).map((issue) => issue.rule)).toEqual(["type"]);
  });
});

describe("words", () => {
  it.each<[Member, unknown, string]>([
    [{ type: "string" }, [], "must be a string, but is an array"],
    [{ type: "string", length: { min: 2 } }, "a", "must have at least 2 characters, but has 1"],
    [{ type: "string", pattern: "^a+$" }, "b", 'must match /^a+$/u, but is "b"'],
    [{ type: "string", enum: { A: "a", B: "b" } }, "c", 'must be one of "a", "b", but is "c"'],
    [{ type: "byte" }, 128, "must be a whole number from -128 to 127, but is 128"],
    [{ type: "integer", range: { min: 1, max: 50 } }, 1.5, "must be a whole number from 1 to 50, but is 1.5"],
    [{ type: "integer", range: { min: 1 } }, 1.5, "must be a whole number from 1 to 2147483647, but is 1.5"],
    [{ type: "integer" }, Number.NaN, "must be a whole number from -2147483648 to 2147483647, but is NaN"],
    [{ type: "integer" }, "1.5", "must be a whole number, but is a string"],
    [{ type: "string", sensitive: true }, 12_345, "must be a string, but is a number"],
    [
      { type: "byte", sensitive: true },
      128,
      "must be a whole number from -128 to 127, but is the value given (sensitive, not shown)",
    ],
    [{ type: "long" }, 2 ** 53, "must be a whole number; beyond 2^53 - 1 pass a bigint"],
    [{ type: "long" }, 2n ** 63n, "must fit in 64 bits"],
    [{ type: "integer", range: { max: 5 } }, 6, "must be at most 5, but is 6"],
    [{ type: "integer", enum: { A: 1, B: 2 } }, 3, "must be one of 1, 2"],
    [{ type: "timestamp" }, new Date(Number.NaN), "must be a valid Date, but is an invalid Date"],
    [{ type: "list", member: { type: "string" } }, [null], "must not be null"],
    [
      { type: "list", member: { type: "string" }, length: { max: 1 } },
      ["a", "b"],
      "must have at most 1 item, but has 2",
    ],
    [
      { type: "map", key: { type: "string" }, value: { type: "string" }, length: { min: 2 } },
      {},
      "must have at least 2 entries, but has 0",
    ],
  ])("%j on %o", (member, value, message) => {
    expect(validate(holding(member), { value }).map((issue) => issue.message)).toEqual([message]);
  });
});

describe("structures and unions", () => {
  const Union$: UnionShape = { type: "union", name: "Choice", members: { a: { type: "string" }, b: { target: Tag$ } } };

  it("reports every breach at once, each with its path", () => {
    const shape: StructureShape = {
      type: "structure",
      name: "AddTagsRequest",
      members: {
        ResourceId: { type: "string", required: true },
        TagsList: { type: "list", member: { target: Tag$ }, required: true },
      },
    };
    const issues = validate(shape, { TagsList: [{ Key: "k" }, { Value: 1, Kez: "x" }], Extra: 1, constructor: 2 });
    expect(issues.map((issue) => `${formatPath(issue.path)}: ${issue.message}`)).toEqual([
      "ResourceId: is required",
      "TagsList[1].Key: is required",
      "TagsList[1].Value: must be a string, but is the number 1",
      "TagsList[1].Kez: is not a member of Tag; did you mean Key?",
      "Extra: is not a member of AddTagsRequest",
      "constructor: is not a member of AddTagsRequest",
    ]);
    expect(new ValidationError("AddTagsRequest", issues).message).toContain(
      "AddTagsRequest has 6 problems:\n  ResourceId:",
    );
  });

  it("takes a member named like an inherited property from the value itself only", () => {
    const shape: StructureShape = {
      type: "structure",
      name: "S",
      // TypeScript gives names that every object inherits no context, hence `as const`.
      members: { constructor: { type: "string" } as const, toString: { type: "string", required: true } as const },
    };
    expect(validate(shape, {}).map((issue) => formatPath(issue.path))).toEqual(["toString"]);
    expect(validate(shape, { constructor: "a", toString: "b" })).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [{ a: "x" }, []],
    [{ a: undefined, b: { Key: "k" } }, []],
    [{}, ["value union"]],
    [{ a: "x", b: { Key: "k" } }, ["value union"]],
    [{ c: 1 }, ["value.c unknown"]],
    [{ b: {} }, ["value.b.Key required"]],
  ])("union %j", (value, expected) => expect(problems({ target: Union$ }, value)).toEqual(expected));

  it("ends on a value that holds itself", () => {
    const Node$: StructureShape = { type: "structure", name: "Node", members: { next: { target: () => Node$ } } };
    const node: { next?: unknown } = {};
    node.next = node;
    const issues = validate(Node$, node);
    expect(issues).toHaveLength(1);
    expect(issues[0]?.message).toContain("nested too deeply");
  });

  it("does not touch the value, whatever it is", () => {
    fc.assert(
      fc.property(fc.object(), (value) => {
        const before = structuredClone(value);
        validate(Tag$, value);
        expect(value).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});

describe("secrets", () => {
  it("keeps sensitive values out of messages, members inside sensitive structures included", () => {
    const Secret$: StructureShape = {
      type: "structure",
      name: "Secret",
      members: { word: { type: "string", pattern: "^a$", enum: { A: "a" } } },
    };
    const shape: StructureShape = {
      type: "structure",
      name: "Input",
      members: {
        password: { type: "string", pattern: "^a$", sensitive: true },
        inner: { target: Secret$, sensitive: true },
        words: { type: "list", member: { target: Secret$ }, sensitive: true },
      },
    };
    const issues = validate(shape, {
      password: "hunter2",
      inner: { word: "hunter2" },
      words: [{ word: "hunter2" }],
    });
    expect(issues).toHaveLength(5);
    expect(JSON.stringify(issues)).not.toContain("hunter2");
  });
});
