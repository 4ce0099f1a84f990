import { describe, expect, it } from "vitest";
import { compileRuleSet } from "#generator/endpoints/compile.js";
import type { EndpointParameters } from "#runtime/schema/service.js";
import type { Json, JsonObject } from "./support/interpreter.js";
import { load, outcome } from "./support/load.js";

const ref = (name: string): JsonObject => ({ ref: name });
const call = (fn: string, ...argv: Json[]): JsonObject => ({ fn, argv });
const text = { type: "string" };
const needed = { type: "string", required: true };
const says = (error: Json, ...conditions: Json[]): JsonObject => ({ type: "error", conditions, error });

/** What rules say of parameters. */
function decide(parameters: JsonObject, rules: readonly JsonObject[], given: EndpointParameters): unknown {
  const response = outcome(load({ version: "1.1", parameters, rules }), given) as { error?: string };
  return response.error ?? response;
}

describe("parameters", () => {
  const parameters = {
    Needed: needed,
    Flag: { type: "Boolean", required: true, default: true },
    Names: { type: "StringArray", required: true, default: ["one", "two"] },
  };
  const rules = [
    says(
      "{Needed}, {first}, on",
      { ...call("getAttr", ref("Names"), "[0]"), assign: "first" },
      call("booleanEquals", ref("Flag"), true),
    ),
    says("{Needed}, off"),
  ];

  it.each<[EndpointParameters, string]>([
    [{ Needed: "x" }, "x, one, on"],
    [{ Needed: "", Flag: undefined }, ", one, on"],
    [{ Needed: "x", Flag: false, Extra: "y" }, "x, off"],
    [{ Needed: "x", Names: [] }, "x, off"],
    [{}, "The endpoint parameter Needed is required, but is not set"],
    [{ Needed: true }, "The endpoint parameter Needed must be a string, not a boolean"],
    [{ Needed: "x", Flag: "true" }, "The endpoint parameter Flag must be a boolean, not a string"],
    [{ Needed: "x", Names: [1] as never }, "The endpoint parameter Names must be a list of strings, not a list"],
  ])("%j", (given, wanted) => {
    expect(decide(parameters, rules, given)).toBe(wanted);
  });

  it("are required even where no rule reads them", () => {
    expect(decide({ Needed: needed }, [says("x")], {})).toMatch(/^The endpoint parameter Needed is required/);
  });
});

describe("parameters that rules use as though they were always set", () => {
  const parameters = { Region: text, Endpoint: text };
  const rules = [
    {
      type: "tree",
      conditions: [{ ...call("aws.partition", ref("Region")), assign: "partition" }],
      rules: [
        says("given", call("isSet", ref("Endpoint")), call("parseURL", ref("Endpoint"))),
        says("{Endpoint} odd", call("stringEquals", ref("Region"), "odd")),
        says("{Region} in {partition#name}"),
      ],
    },
  ];
  it.each<[EndpointParameters, string]>([
    [{ Region: "us-east-1" }, "us-east-1 in aws"],
    [{ Region: "us-east-1", Endpoint: "https://x" }, "given"],
    [{ Region: "odd" }, "odd in aws"],
    [{ Region: "odd", Endpoint: "x" }, "x odd"],
    [{}, "No endpoint rule fits these parameters: Region is not set"],
    [{ Endpoint: "https://x" }, "No endpoint rule fits these parameters: Region is not set"],
  ])("%j", (given, wanted) => {
    expect(decide(parameters, rules, given)).toBe(wanted);
  });

  it("are warned of, where they are", () => {
    const { diagnostics } = compileRuleSet({ version: "1.0", parameters, rules }, { shapeId: "t#S" });
    expect(diagnostics.map(({ severity, code, message }) => [severity, code, message.split(";")[0]])).toEqual([
      [
        "warning",
        "endpoint-rules-loose",
        expect.stringMatching(/^rules\[0\]\.conditions\[0\] of .* uses Region without a check/),
      ],
      [
        "warning",
        "endpoint-rules-loose",
        expect.stringMatching(/^rules\[0\]\.rules\[1\] of .* uses Endpoint without a check/),
      ],
    ]);
  });
});

describe("rules", () => {
  it("are tried in order, until one matches", () => {
    const rules = [says("set to x", call("isSet", ref("A")), call("stringEquals", ref("A"), "x")), says("other")];
    expect(["x", "y", undefined].map((A) => decide({ A: text }, rules, { A }))).toEqual(["set to x", "other", "other"]);
  });

  it("after a tree are not tried once its conditions hold", () => {
    const tree = {
      type: "tree",
      conditions: [call("isSet", ref("A"))],
      rules: [says("x", call("stringEquals", ref("A"), "x"))],
    };
    const rules = [tree, says("after")];
    expect(decide({ A: text }, rules, { A: "y" })).toBe("No endpoint rule fits these parameters");
    expect(decide({ A: text }, rules, {})).toBe("after");
  });

  it("of one scope can use a name that another scope used", () => {
    const part = (start: number, stop: number): JsonObject => ({
      ...call("substring", ref("A"), start, stop, false),
      assign: "part",
    });
    const rules = [
      says("first {part}", part(0, 4)),
      says("second {part}", part(0, 2)),
      says("third {part}", part(0, 1), call("stringEquals", ref("part"), "x")),
    ];
    expect(["abcd", "abc", "x", "y"].map((A) => decide({ A: needed }, rules, { A }))).toEqual([
      "first abcd",
      "second ab",
      "third x",
      "No endpoint rule fits these parameters",
    ]);
  });
});

describe("templates", () => {
  it.each([
    ["plain", "plain"],
    ["{A}", "a"],
    ["{A}{A}", "aa"],
    ["{{A}}", "{A}"],
    ["{{{A}}}", "{a}"],
    ["`${{A}}`", "`${A}`"],
    ["\\{A}\\n", "\\a\\n"],
    ["", ""],
  ])("%j", (template, wanted) => {
    expect(decide({ A: needed }, [says(template)], { A: "a" })).toBe(wanted);
  });
});

describe("functions of later versions", () => {
  const flag = { type: "boolean" };

  it.each<[Json, EndpointParameters, string]>([
    [call("coalesce", ref("A"), ref("B"), "last"), {}, "last"],
    [call("coalesce", ref("A"), ref("B"), "last"), { B: "b" }, "b"],
    [call("coalesce", ref("A"), ref("B"), "last"), { A: "", B: "b" }, ""],
    [call("coalesce", "first", ref("B")), { B: "b" }, "first"],
    [call("coalesce", ref("A"), ref("B")), {}, "otherwise"],
    [call("ite", call("coalesce", ref("F"), false), "yes", "no"), { F: true }, "yes"],
    [call("ite", call("coalesce", ref("F"), false), "yes", "no"), {}, "no"],
    [call("ite", call("isSet", ref("F")), ref("A"), "no"), { F: true }, "otherwise"],
    [call("ite", call("isSet", ref("F")), ref("A"), "no"), { F: true, A: "a" }, "a"],
    [call("ite", call("isSet", ref("F")), ref("A"), "no"), {}, "no"],
    [call("ite", call("not", call("isSet", call("coalesce", ref("A"), ref("B")))), "unset", "set"), { B: "" }, "set"],
    [call("ite", call("isSet", call("coalesce", ref("A"), ref("B"))), "set", "unset"), {}, "unset"],
    [call("coalesce", call("getAttr", call("parseURL", "x"), "path"), ref("A"), "last"), { A: "a" }, "a"],
    [call("getAttr", call("coalesce", call("parseURL", "x"), call("parseURL", "https://y")), "authority"), {}, "y"],
    [call("getAttr", call("coalesce", ref("L"), call("split", "a,b", ",", 0)), "[-1]"), {}, "b"],
    [call("getAttr", call("coalesce", ref("L"), call("split", "a,b", ",", 0)), "[-2]"), { L: ["x", "y"] }, "x"],
    [call("getAttr", call("coalesce", ref("L"), call("split", "a,b", ",", 0)), "[0]"), { L: [] }, "otherwise"],
    [call("getAttr", call("ite", call("isSet", ref("F")), ref("L"), ref("L")), "[0]"), { L: ["x"] }, "x"],
    [call("getAttr", call("aws.parseArn", "arn:aws:s3:::a/b:c"), "resourceId[-1]"), {}, "c"],
    [call("getAttr", call("split", "a--b--c", "--", 0), "[1]"), {}, "b"],
    [call("getAttr", call("split", "a--b--c", "--", 0), "[-1]"), {}, "c"],
    [call("getAttr", call("split", "a--b--c", "--", 2), "[-1]"), {}, "b--c"],
    [call("getAttr", call("split", "a--b--c", "--", 0), "[3]"), {}, "otherwise"],
    [call("getAttr", call("split", "a--b--c", "--", 0), "[-4]"), {}, "otherwise"],
    [call("getAttr", call("parseURL", "https://x.com/p"), "path"), {}, "/p"],
    [call("getAttr", call("parseURL", "x.com/p"), "path"), {}, "otherwise"],
    [call("getAttr", call("aws.parseArn", "arn:aws:s3:::a/b"), "resourceId[1]"), {}, "b"],
  ])("%j of %j", (value, given, wanted) => {
    const rules = [says("{value}", { ...(value as JsonObject), assign: "value" }), says("otherwise")];
    expect(decide({ A: text, B: text, F: flag, L: { type: "stringArray" } }, rules, given)).toBe(wanted);
  });

  it("match only where they are true", () => {
    const rules = [says("yes", { ...call("coalesce", ref("F"), ref("G")), assign: "either" }), says("no")];
    const given = [{ F: true }, { F: false, G: true }, { G: true }, {}];
    expect(given.map((each) => decide({ F: flag, G: flag }, rules, each))).toEqual(["yes", "no", "yes", "no"]);
  });
});
