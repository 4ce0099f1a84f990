import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { checkParams, type ParamRules, rulesOf } from "#runtime/classic/params/index.js";
import type { Member, StructureShape } from "#runtime/schema/shapes.js";

const all: ParamRules = { min: true, max: true, pattern: true, enum: true };

function shapeOf(members: Readonly<Record<string, Member>>): StructureShape {
  return { type: "structure", name: "Put", members };
}

/** The errors as AWS SDK v2 lists them: code and text. */
function errorsOf(
  members: Readonly<Record<string, Member>>,
  params: unknown,
  rules: boolean | ParamRules = all,
): string[] {
  const { error } = checkParams(shapeOf(members), params, rules);
  if (!error) return [];
  return (error.errors ?? [error]).map(({ code, message }) => `${code}: ${message}`);
}

/** The only error of a value of a member. */
function errorOf(member: Member, value: unknown, rules?: boolean | ParamRules): string | undefined {
  const errors = errorsOf({ X: member }, { X: value }, rules);
  expect(errors.length).toBeLessThan(2);
  return errors[0];
}

describe("rulesOf", () => {
  it.each<[boolean | ParamRules | undefined, ParamRules | undefined]>([
    [true, { min: true }],
    [undefined, { min: true }],
    [false, undefined],
    [{ enum: true }, { enum: true }],
    [{}, {}],
  ])("takes %j for %j", (given, rules) => {
    expect(rulesOf(given)).toEqual(rules);
  });
});

describe("errors", () => {
  const members: Record<string, Member> = { A: { type: "string", required: true }, B: { type: "integer" } };

  it("are that of the one failure", () => {
    const { error, input } = checkParams(shapeOf(members), {}, true);
    expect(input).toEqual({});
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: "MissingRequiredParameter", name: "MissingRequiredParameter" });
    expect(error?.message).toBe("Missing required key 'A' in params");
    expect(error?.time).toBeInstanceOf(Date);
    expect(Object.keys(error ?? {})).toEqual(expect.arrayContaining(["message", "code", "time"]));
    expect(Object.keys(error ?? {})).not.toContain("name");
  });

  it("are listed where they are several", () => {
    const { error } = checkParams(shapeOf(members), { C: 1, B: "x" }, true);
    expect(error?.code).toBe("MultipleValidationErrors");
    expect(error?.message.split("\n* ")).toEqual([
      "There were 3 validation errors:",
      "MissingRequiredParameter: Missing required key 'A' in params",
      "UnexpectedParameter: Unexpected key 'C' found in params",
      "InvalidParameterType: Expected params.B to be a number",
    ]);
    expect(error?.errors?.map(({ code }) => code)).toEqual([
      "MissingRequiredParameter",
      "UnexpectedParameter",
      "InvalidParameterType",
    ]);
  });

  it("are none of required keys that are inherited by name only", () => {
    const required: Member = { type: "string", required: true };
    expect(errorsOf(Object.fromEntries([["constructor", required]]), {})).toEqual([
      "MissingRequiredParameter: Missing required key 'constructor' in params",
    ]);
    expect(errorsOf(members, JSON.parse('{"A":"a","__proto__":{"B":1},"toString":2}'))).toEqual([
      "UnexpectedParameter: Unexpected key '__proto__' found in params",
      "UnexpectedParameter: Unexpected key 'toString' found in params",
    ]);
  });
});

describe("constraints", () => {
  const text: Member = { type: "string", length: { min: 2, max: 3 }, pattern: "^a", enum: { A: "ab", B: "ac" } };

  it.each<[string, boolean | ParamRules, string[]]>([
    ["true", true, ["MinRangeError"]],
    ["nothing but min", { min: true }, ["MinRangeError"]],
    ["nothing", {}, []],
    ["false", false, []],
    ["enum", { enum: true }, ["EnumError"]],
    ["pattern", { pattern: true }, ["PatternMatchError"]],
    ["all", all, ["EnumError", "MinRangeError", "PatternMatchError"]],
  ])("are those that are switched on: %s", (_what, rules, codes) => {
    expect(errorsOf({ X: text }, { X: "b" }, rules).map((error) => error.split(":")[0])).toEqual(codes);
  });

  it.each<[string, Member, unknown, string | undefined]>([
    [
      "a value that is none of an enum",
      { type: "string", enum: { A: "a", B: "b" } },
      "c",
      "EnumError: Found string value of c, but expected a|b for params.X",
    ],
    ["Unicode", { type: "string", pattern: "^\\p{L}$" }, "é", undefined],
    ["a pattern with flags of its own", { type: "string", pattern: "^a\\-$", patternFlags: "" }, "a-", undefined],
    ["characters beyond the first plane", { type: "string", length: { max: 1 } }, "😀", undefined],
    [
      "a long",
      { type: "long", range: { max: 5 } },
      6n,
      "MaxRangeError: Expected numeric value <= 5, but found 6 for params.X",
    ],
    [
      "a big decimal",
      { type: "bigDecimal", range: { min: 1 } },
      "0.10",
      "MinRangeError: Expected numeric value >= 1, but found 0.1 for params.X",
    ],
    [
      "an empty label",
      { type: "string", httpLabel: true },
      "",
      'UriParameterError: Expected uri parameter to have length >= 1, but found "" for params.X',
    ],
    [
      "a list",
      { type: "list", member: { type: "string" }, length: { min: 1 } },
      [],
      "MinRangeError: Expected list member count >= 1, but found 0 for params.X",
    ],
    [
      "a map",
      { type: "map", key: { type: "string" }, value: { type: "string" }, length: { max: 0 } },
      { a: "b" },
      "MaxRangeError: Expected map member count <= 0, but found 1 for params.X",
    ],
    [
      "keys of a map",
      { type: "map", key: { type: "string", length: { min: 2 } }, value: { type: "string" } },
      { a: "b" },
      "MinRangeError: Expected string length >= 2, but found 1 for params.X[key='a']",
    ],
  ])("hold for %s", (_what, member, value, error) => {
    expect(errorOf(member, value)).toBe(error);
  });
});

describe("types", () => {
  const number = "InvalidParameterType: Expected params.X to be a number";

  it.each<[Member, unknown, string | undefined]>([
    [{ type: "integer" }, "7", undefined],
    [{ type: "integer" }, "7.0", number],
    [{ type: "integer" }, NaN, number],
    [{ type: "integer" }, "Infinity", number],
    [{ type: "integer" }, 7n, number],
    [{ type: "float" }, Infinity, undefined],
    [{ type: "float" }, NaN, number],
    [{ type: "long" }, 2n ** 63n - 1n, undefined],
    [{ type: "long" }, 2n ** 63n, number],
    [{ type: "bigInteger" }, 2n ** 99n, undefined],
    [{ type: "bigInteger" }, Infinity, number],
    [{ type: "bigDecimal" }, "1.10", undefined],
    [{ type: "bigDecimal" }, "1,1", number],
    [{ type: "timestamp" }, Object.create(null), expect.stringContaining("ISO-8601 string") as string],
    [{ type: "timestamp" }, Symbol.iterator, expect.stringContaining("ISO-8601 string") as string],
    [{ type: "blob" }, new SharedArrayBuffer(1), undefined],
    [{ type: "blob" }, Readable.from([]), expect.stringContaining("has to be read first") as string],
    [{ type: "string", mediaType: "text/plain" }, {}, "InvalidParameterType: Expected params.X to be a string"],
  ])("%j: %s", (member, value, error) => {
    expect(errorOf(member, value)).toEqual(error);
  });
});

describe("sensitive values", () => {
  const word: Member = { type: "string", pattern: "^a$", enum: { A: "a" } };
  const sensitive = true;
  const Inner$ = shapeOf({ Word: word });

  it.each<[string, Member, unknown]>([
    ["text", { ...word, sensitive }, "secret"],
    ["items", { type: "list", member: word, sensitive }, ["secret"]],
    ["members", { target: Inner$, sensitive }, { Word: "secret" }],
    ["keys", { type: "map", key: { ...word, sensitive }, value: word }, { secret: "b" }],
    ["keys of the whole", { type: "map", key: word, value: word, sensitive }, { secret: "secret" }],
    ["numbers", { type: "integer", range: { max: 1 }, sensitive }, 5_432],
  ])("are not shown: %s", (_what, member, value) => {
    const errors = errorsOf({ X: member }, { X: value }).join("\n");
    expect(errors).toContain("***SensitiveInformation***");
    expect(errors).not.toMatch(/secret|5432/);
  });
});

describe("what refers to itself", () => {
  const Node$: StructureShape = {
    type: "structure",
    name: "Node",
    members: {
      Left: { target: () => Node$ },
      Right: { target: () => Node$ },
      List: { type: "list", member: { target: () => Node$ } },
      Map: { type: "map", key: { type: "string" }, value: { target: () => Node$ } },
      Doc: { type: "document" },
      Json: { type: "string", mediaType: "application/json" },
    },
  };
  const node: Record<string, unknown> = {};
  const all2 = { Left: node, Right: node, List: [node, node], Map: { a: node, b: node } };
  Object.assign(node, all2);
  const tooDeep = /^Expected params\.\w.* to be nested less than 256 deep; it may refer to itself$/;

  it.each<[string, object]>([
    ["in every way", all2],
    ["as a document", { Doc: node }],
    ["as a JSON value", { Json: node }],
  ])("is rejected at once: %s", (_what, params) => {
    const { error } = checkParams(Node$, params, true);
    expect(error).toMatchObject({ code: "InvalidParameterType", message: expect.stringMatching(tooDeep) as string });
    expect(String(error?.message).length).toBeLessThan(200);
  });

  it("is rejected unchecked too", () => {
    const { error, input } = checkParams(Node$, all2, false);
    expect(error).toMatchObject({ code: "InvalidParameterType" });
    expect(input).toEqual({});
  });

  it("differs from what is deep, which is accepted", () => {
    let deep: object = {};
    for (let depth = 0; depth < 250; depth++) deep = { Left: deep };
    expect(checkParams(Node$, deep, true)).toEqual({ input: deep, error: undefined });
  });
});
