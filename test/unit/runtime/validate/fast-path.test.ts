import { describe, expect, it } from "vitest";
import type { Member, StructureShape, UnionShape } from "#runtime/schema/shapes.js";
import { accepts } from "#runtime/validate/fast-path.js";
import { findIssues } from "#runtime/validate/find-issues.js";
import type { ValidationRules } from "#runtime/validate/types.js";
import * as fc from "../../../support/fast-check.js";

const Node$: StructureShape = {
  type: "structure",
  name: "Node",
  members: {
    name: { type: "string", required: true, length: { min: 2, max: 3 } },
    next: { target: () => Node$ },
    choice: { target: () => Choice$ },
  },
};
const Choice$: UnionShape = {
  type: "union",
  name: "Choice",
  members: { one: { type: "integer", range: { min: 1, max: 3 } }, many: { type: "list", member: { type: "string" } } },
};

const limits = fc.record({ min: fc.nat(2), max: fc.integer({ min: 2, max: 4 }) }, { requiredKeys: [] });
const simple: fc.Arbitrary<Member> = fc.oneof(
  fc.record(
    {
      type: fc.constant("string" as const),
      length: limits,
      pattern: fc.constantFrom("^[ab]*$", "^.$"),
      enum: fc.constant({ A: "a", B: "ab" }),
      required: fc.constant(true as const),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    {
      type: fc.constantFrom("byte" as const, "integer" as const, "long" as const, "double" as const),
      range: limits,
      enum: fc.constant({ ONE: 1, TWO: 2 }),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record({ type: fc.constantFrom("bigInteger" as const, "bigDecimal" as const), range: limits }),
  fc.record({ type: fc.constantFrom("boolean" as const, "timestamp" as const, "document" as const) }),
  fc.record({ type: fc.constant("blob" as const), length: limits }),
  fc.constantFrom<Member>({ target: Node$, sensitive: true }, { target: Choice$ }),
);
const { member } = fc.letrec<{ member: Member }>((tie) => ({
  member: fc.oneof(
    { maxDepth: 3 },
    simple,
    fc.record(
      {
        type: fc.constant("list" as const),
        member: tie("member"),
        length: limits,
        sparse: fc.constant(true as const),
        uniqueItems: fc.constant(true as const),
      },
      { requiredKeys: ["type", "member"] },
    ),
    fc.record(
      {
        type: fc.constant("map" as const),
        key: fc.record({ type: fc.constant("string" as const), length: limits }),
        value: tie("member"),
        length: limits,
        sparse: fc.constant(true as const),
      },
      { requiredKeys: ["type", "key", "value"] },
    ),
  ),
}));

const text = fc.constantFrom("", "a", "ab", "abab", "c", "😀", "😀😀", "1.5");
const leaf = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, undefined, true, 0, 1, 2, 3.5, 127, 128, Number.NaN, 1n, 2n ** 63n, 2 ** 53),
  fc.constantFrom<unknown>(new Date(0), new Date(Number.NaN), new Uint8Array(2), Buffer.from("abc"), () => 1),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "ab", "name", "next", "choice", "one", "many", "__proto__"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    fc.record({ name: text, choice: fc.oneof(fc.record({ one: leaf }), tie("value")) }, { noNullPrototype: true }),
  ),
}));
const rules: fc.Arbitrary<ValidationRules> = fc.record(
  Object.fromEntries(["min", "max", "pattern", "enum", "uniqueItems"].map((name) => [name, fc.boolean()])),
);

describe("what is accepted at the first look", () => {
  it("is exactly what has no problems at the closer one, as long as objects are plain", () => {
    let valid = 0;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("a", "ab"), member, { maxKeys: 2 }),
        fc.dictionary(fc.constantFrom("a", "ab", "c"), value, { maxKeys: 2, noNullPrototype: true }),
        rules,
        (members, input, checked) => {
          const shape: StructureShape = { type: "structure", name: "Input", members };
          const problems = findIssues(shape, input, checked);
          if (problems.length === 0) valid++;
          expect(accepts(shape, input, checked)).toBe(problems.length === 0);
        },
      ),
      { numRuns: 4000 },
    );
    // Neither all nor nothing.
    expect(valid).toBeGreaterThan(400);
    expect(valid).toBeLessThan(3600);
  });

  it("takes objects of any class by what they hold themselves", () => {
    class Given {
      name = "ab";
      get next(): unknown {
        return this;
      }
    }
    for (const input of [new Given(), Object.assign(Object.create(null), { name: "ab" })]) {
      expect(accepts(Node$, input, {})).toBe(true);
      expect(findIssues(Node$, input, {})).toEqual([]);
    }
    for (const input of [Object.create({ name: "ab" }), Object.create({ name: "ab" }, { name: { value: "ab" } })]) {
      expect(accepts(Node$, input, {})).toBe(false);
    }
    const child = Object.assign(Object.create({ next: 1 }), { name: "ab" });
    expect(accepts(Node$, child, {})).toBe(false);
    expect(findIssues(Node$, child, {})).toEqual([]);
  });

  it("takes nothing for an empty structure but an object", () => {
    const shape: StructureShape = { type: "structure", name: "I", members: { name: { type: "string" } } };
    expect(accepts(shape, { other: undefined }, {})).toBe(true);
    for (const input of [[], new Date(), new Uint8Array(), Buffer.alloc(0), () => 1, "", 0, null, undefined]) {
      expect(accepts(shape, input, {})).toBe(false);
      expect(findIssues(shape, input, {})).toHaveLength(1);
    }
    // May be valid, and is looked at closely.
    expect(accepts(shape, Object.create(null), {})).toBe(false);
    expect(findIssues(shape, Object.create(null), {})).toEqual([]);
  });

  it("does not end in a value that holds itself", () => {
    const node: Record<string, unknown> = { name: "ab" };
    node["next"] = node;
    expect(accepts(Node$, node, {})).toBe(false);
    const list: unknown[] = [];
    list.push(list);
    const shape: StructureShape = { type: "structure", name: "I", members: { doc: { type: "document" } } };
    expect(accepts(shape, { doc: list }, {})).toBe(false);
  });

  it("ends at the depth at which the closer look ends", () => {
    for (let depth = 250; depth < 260; depth++) {
      let node: Record<string, unknown> = { name: "ab", choice: { many: ["a"] } };
      for (let level = 0; level < depth; level++) node = { name: "ab", next: node };
      expect(accepts(Node$, node, {}), `depth ${depth}`).toBe(findIssues(Node$, node, {}).length === 0);
    }
  });

  it("does not go down all ways of a value that holds itself twice", () => {
    const Fork$: StructureShape = {
      type: "structure",
      name: "Fork",
      members: { left: { target: () => Fork$ }, right: { target: () => Fork$ } },
    };
    const fork: Record<string, unknown> = {};
    fork["left"] = fork;
    fork["right"] = fork;
    expect(accepts(Fork$, fork, {})).toBe(false);
    expect(findIssues(Fork$, fork, {})).toHaveLength(1);
  });

  it("does not take what objects inherit for members", () => {
    const toString: Member = { type: "string" };
    const shape: StructureShape = { type: "structure", name: "I", members: { ["toString"]: toString } };
    expect(accepts(shape, {}, {})).toBe(true);
    expect(accepts({ type: "structure", name: "I", members: {} }, JSON.parse('{"__proto__":1}'), {})).toBe(false);
  });

  it("uses the rules of each call", () => {
    expect(accepts(Node$, { name: "a" }, {})).toBe(true);
    expect(accepts(Node$, { name: "a" }, { min: true })).toBe(false);
    expect(accepts(Node$, { name: "abcd" }, { min: true })).toBe(true);
    expect(accepts(Node$, { name: "abcd" }, { max: true })).toBe(false);
  });

  it("follows members that are given in another order", () => {
    const shape: StructureShape = {
      type: "structure",
      name: "I",
      members: { a: { type: "string" }, b: { type: "boolean" } },
    };
    for (const input of [
      { a: "", b: true },
      { b: true, a: "" },
      { b: false },
      { a: "x", b: undefined },
      { b: null, a: "" },
    ]) {
      expect(accepts(shape, input, {})).toBe(true);
    }
    for (const input of [{ b: "", a: "" }, { a: true }, { a: "", c: 1 }]) expect(accepts(shape, input, {})).toBe(false);
  });
});
