import * as fc from "../../../../support/fast-check.js";
import { describe, expect, it } from "vitest";
import { type Json, modelOf, read, string, target, textOf, withTraits } from "./support/model.js";

const chainOf = (length: number, link: (index: number, next: { target: string }) => Json): Json =>
  Object.fromEntries(Array.from({ length }, (_, index) => [`a#X${index}`, link(index, target(`X${index + 1}`))]));

function timed<T>(act: () => T): { result: T; milliseconds: number } {
  const start = performance.now();
  const result = act();
  return { result, milliseconds: performance.now() - start };
}

describe("models made to do harm", () => {
  it.each([
    ["objects in metadata", `{"smithy":"2.0","metadata":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)},"shapes":{}}`],
    ["lists that do not end", "[".repeat(100_000)],
  ])("that nest %s are rejected", (_name, text) => {
    expect(read(text).diagnostics).toMatchObject([{ severity: "error", code: "nested-too-deep", line: 1 }]);
  });

  it("may hold brackets in strings", () => {
    const brackets = `\\"${"[{".repeat(1000)}\\\\`;
    const text = textOf(modelOf({ "a#X": withTraits({ type: "string" }, { documentation: "here" }) }));
    expect(read(text.replace("here", brackets)).diagnostics).toEqual([]);
  });

  it.each<[string, Json]>([
    ["lists", chainOf(12_000, (_, next) => ({ type: "list", member: next }))],
    [
      "required members",
      chainOf(12_000, (_, next) => ({ type: "structure", members: { m: withTraits(next, { required: {} }) } })),
    ],
    ["mixins", chainOf(5000, (_, next) => withTraits({ type: "structure", mixins: [next] }, { mixin: {} }))],
  ])("with a long chain of %s do not overflow the stack", (_name, shapes) => {
    const { diagnostics } = read(modelOf(shapes));
    const codes = diagnostics.map(({ code }) => code).filter((code) => code !== "deep-collection");
    expect(codes).toEqual(["dangling-target"]);
  });

  it("with thousands of problems are reported in time, each with its line", () => {
    const shapes = chainOf(5000, (index) => ({ type: "structure", members: { m: target(`Gone${index}`) } }));
    const { result, milliseconds } = timed(() => read(modelOf(shapes)));
    expect(new Set(result.diagnostics.map(({ line }) => line)).size).toBe(5000);
    expect(milliseconds).toBeLessThan(5000);
  });

  it("that form one great cycle are reported in a few lines", () => {
    const all = Array.from({ length: 100 }, (_, index) => [
      `m${index}`,
      withTraits(target(`X${index}`), { required: {} }),
    ]);
    const shapes = chainOf(100, () => ({ type: "structure", members: Object.fromEntries(all) }));
    const { diagnostics } = read(modelOf(shapes));
    expect(diagnostics.length).toBeLessThanOrEqual(100);
    expect(Math.max(...diagnostics.map(({ message }) => message.length))).toBeLessThan(300);
  });

  it.each([
    ["an id", { "a#\u001b[31m\nm.json:1:1 error x: y": { type: "string" } }],
    ["a target", { "a#X": { type: "list", member: { target: "a#\r\n\u202eevil" } } }],
    ["a type", { "a#X": { type: "\u0007bell" } }],
    ["a trait", { "a#X": { type: "string", traits: { "\u2028line": 1 } } }],
    ["a member", { "a#X": { type: "structure", members: { "\n": string } } }],
    ["a value", { "a#Op": withTraits({ type: "operation" }, { paginated: { inputToken: "\n\u009b31m" } }) }],
    ["a property", { "a#X": { type: "string", "\n": 1 } }],
  ])("cannot write to the terminal through %s", (_name, shapes) => {
    const { diagnostics } = read(modelOf(shapes));
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { message, shapeId = "" } of diagnostics)
      expect(message + shapeId).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it("cannot fill the screen with one name", () => {
    const { diagnostics } = read(modelOf({ [`a#${"x".repeat(10_000)}!`]: { type: "string" } }));
    expect(diagnostics[0]?.message.length).toBeLessThan(400);
    expect(diagnostics[0]?.shapeId?.length).toBeLessThan(200);
  });

  it("do not reach the prototype of objects", () => {
    const text = textOf(modelOf({ "a#X": { type: "string", traits: { here: 1 } } })).replace(
      '"here": 1',
      '"__proto__": { "polluted": 1 }, "b#t": { "__proto__": { "polluted": 1 } }',
    );
    expect(read(text).diagnostics).toMatchObject([{ code: "invalid-trait-id" }]);
    expect(({} as Json)["polluted"]).toBeUndefined();
  });
});

describe("whatever a model holds", () => {
  const base = modelOf({
    "a#R": { type: "resource", read: target("Op") },
    "a#M": withTraits({ type: "structure", members: { m: string } }, { mixin: {} }),
    "a#X": { type: "structure", mixins: [target("M")], members: { u: target("U"), e: target("E") } },
    "a#X$m": withTraits({ type: "apply" }, { required: {} }),
    "a#U": { type: "union", members: { x: target("X"), n: target("smithy.api#Unit") } },
    "a#E": { type: "enum", members: { A: withTraits(target("smithy.api#Unit"), { enumValue: "a" }) } },
    "a#L": withTraits({ type: "string" }, { enum: [{ value: "v" }], length: { min: 1 } }),
  });
  /** Every place of a JSON value, as the object or list and the key in it. */
  const placesIn = (value: unknown, found: [Json, string][] = []): [Json, string][] => {
    if (typeof value !== "object" || value === null) return found;
    for (const key of Object.keys(value)) {
      found.push([value as Json, key]);
      placesIn((value as Json)[key], found);
    }
    return found;
  };
  const junk = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom("", "__proto__", "constructor", "a#X", "a#M", "a#S", "list", "map", "service", "apply"),
    fc.constantFrom<unknown>(
      { target: "a#X" },
      [{ target: "a#M" }],
      { "smithy.api#mixin": {} },
      { "smithy.api#trait": {} },
    ),
  );

  it("the response is a model or errors with their locations, never an exception", () => {
    const change = fc.record({ at: fc.nat(), to: fc.option(junk), key: fc.option(fc.string()) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const value = structuredClone(base);
        for (const { at, to, key } of changes) {
          const places = placesIn(value);
          const [owner, name] = places[at % places.length] ?? [{}, ""];
          if (to === null) delete owner[name];
          else
            Object.defineProperty(owner, key ?? name, {
              value: structuredClone(to),
              enumerable: true,
              configurable: true,
              writable: true,
            });
        }
        const { model, diagnostics } = read(value);
        expect(model === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
        for (const { line, column } of diagnostics) expect(Math.min(line ?? 0, column ?? 0)).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it("text that is not JSON is rejected, and JSON is not", () => {
    const text = textOf(base);
    const edit = fc.record({
      at: fc.nat(text.length - 1),
      cut: fc.nat(3),
      put: fc.constantFrom("", '"', "{", "}", ",", ":", "\\", "\0", "/*", "1e", "-"),
    });
    fc.assert(
      fc.property(edit, ({ at, cut, put }) => {
        const edited = text.slice(0, at) + put + text.slice(at + cut);
        const isRejected = read(edited).diagnostics.some(({ code }) => code === "not-json");
        expect(isRejected).toBe(!isJson(edited));
      }),
      { numRuns: 300 },
    );
  });

  function isJson(text: string): boolean {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }
});
