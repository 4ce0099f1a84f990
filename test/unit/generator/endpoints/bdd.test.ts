import { describe, expect, it } from "vitest";
import { compileBdd } from "#generator/endpoints/compile.js";
import type { EndpointParameters } from "#runtime/schema/service.js";
import { encodeNodes } from "./support/bdd-of.js";
import type { Json, JsonObject } from "./support/interpreter.js";
import { loadBdd, outcome } from "./support/load.js";

const terminal = [-1, 1, -1];
const result = (index: number): number => 100_000_000 + index;
const ref = (name: string): JsonObject => ({ ref: name });
const call = (fn: string, ...argv: Json[]): JsonObject => ({ fn, argv });
const says = (error: string): JsonObject => ({ type: "error", conditions: [], error });

const parameters: JsonObject = {
  Region: { type: "string", documentation: "Where." },
  Flag: { type: "boolean", required: true, default: false, documentation: "Whether." },
};
const isSet = call("isSet", ref("Region"));
const partition = { ...call("aws.partition", ref("Region")), assign: "Part" };
const flag = call("booleanEquals", ref("Flag"), true);

function diagram(nodes: readonly (readonly number[])[], root: number, more: JsonObject = {}): JsonObject {
  return {
    version: "1.1",
    parameters,
    conditions: [isSet, partition, flag],
    results: [
      { type: "endpoint", conditions: [], endpoint: { url: "https://{Region}.{Part#dnsSuffix}" } },
      says("no region"),
      says("{Region} is flagged"),
    ],
    root,
    nodeCount: nodes.length,
    nodes: encodeNodes(nodes),
    ...more,
  };
}

describe("a decision diagram", () => {
  const nodes = [terminal, [0, 3, result(2)], [1, 4, result(0)], [2, result(3), result(1)]];

  it.each<[EndpointParameters, object]>([
    [{ Region: "us-east-1" }, { endpoint: { url: "https://us-east-1.amazonaws.com" } }],
    [{ Region: "cn-north-1", Flag: true }, { error: "cn-north-1 is flagged" }],
    [{}, { error: "no region" }],
  ])("decides %j", (given, wanted) => {
    expect(outcome(loadBdd(diagram(nodes, 2)), given)).toEqual(wanted);
  });

  it.each([
    ["the terminal", 1],
    ["the result that no rule fits", result(0)],
  ])("fits nothing where its root is %s", (_, root) => {
    expect(outcome(loadBdd(diagram([terminal], root)), {})).toEqual({
      error: "No endpoint rule fits these parameters",
    });
  });

  it("can be a result alone", () => {
    expect(outcome(loadBdd(diagram([terminal], result(2))), {})).toEqual({ error: "no region" });
  });

  it("exchanges the branches of a node, and of no other, behind a negated reference", () => {
    const resolve = loadBdd(diagram([terminal, [0, -3, result(2)], [2, 4, result(3)], [1, result(1), -1]], 2));
    expect(outcome(resolve, { Region: "eu-west-1" })).toEqual({ endpoint: { url: "https://eu-west-1.amazonaws.com" } });
    expect(outcome(resolve, { Region: "eu-west-1", Flag: true })).toEqual({ error: "eu-west-1 is flagged" });
  });

  it("has a function for what several ways lead to, which takes what these set", () => {
    const isRegion = (name: string): JsonObject => call("stringEquals", ref("Region"), name);
    const conditions = [isSet, partition, flag, isRegion("us-east-1"), isRegion("eu-west-1")];
    const shared = [terminal, [0, 3, result(2)], [1, 4, -1], [2, 5, 6], [4, 6, result(2)], [3, result(3), result(1)]];
    const { source, diagnostics } = compileBdd(diagram(shared, 2, { conditions }), { shapeId: "a#B" });
    expect(diagnostics).toEqual([]);
    expect(source.match(/function decision1\(.*/)?.[0]).toBe(
      "function decision1(region: string, part: ReturnType<typeof partitionOf>): Endpoint {",
    );
    expect(source.match(/return decision1\(region, part\)/g)).toHaveLength(2);
  });

  it("has no constant on the way that does not read it", () => {
    const half = [terminal, [0, 3, result(2)], [2, 4, 5], [1, result(1), 1], [1, result(3), 1]];
    const { source } = compileBdd(diagram(half, 2), { shapeId: "a#B" });
    expect(source.match(/const part = /g)).toHaveLength(1);
  });

  it("may have a default's value chosen by ite and coalesce", () => {
    const conditions = [
      { ...call("ite", ref("Flag"), "-fips", ""), assign: "suffix" },
      { ...call("coalesce", ref("Region"), "nowhere"), assign: "place" },
    ];
    const resolve = loadBdd(
      diagram([terminal, [0, 3, result(0)], [1, result(1), result(0)]], 2, {
        conditions,
        results: [{ type: "endpoint", endpoint: { url: "https://x{suffix}.{place}" } }],
      }),
    );
    expect(resolve({}).url).toBe("https://x.nowhere");
    expect(resolve({ Flag: true, Region: "here" }).url).toBe("https://x-fips.here");
  });

  it("is compiled however long its chain of questions is", () => {
    const length = 2_000;
    const conditions = Array.from({ length }, (_, index) => call("stringEquals", ref("Region"), `r${index}`));
    const chain = conditions.map((_, index) => [index, result(1), index === length - 1 ? result(2) : index + 3]);
    const resolve = loadBdd({
      ...diagram([terminal, ...chain], 2, { conditions, results: [says("found"), says("missed")] }),
      parameters: { Region: { type: "string", required: true } },
    });
    expect(outcome(resolve, { Region: `r${length - 1}` })).toEqual({ error: "found" });
    expect(outcome(resolve, { Region: "x" })).toEqual({ error: "missed" });
  });
});

describe("a malformed decision diagram", () => {
  const valid = [terminal, [0, result(2), result(2)]];
  const cases: readonly [what: string, bdd: unknown, problem: RegExp][] = [
    ["nothing", undefined, /^the endpoint rules must be an object/],
    ["an old version", diagram(valid, 2, { version: "1.0" }), /^version of .* 1\.1 or a later 1\.x/],
    ["no conditions", diagram(valid, 2, { conditions: 1 }), /^conditions of .* must be a list/],
    ["no results", diagram(valid, 2, { results: {} }), /^results of .* must be a list/],
    ["no base64", diagram(valid, 2, { nodes: "a-b" }), /^nodes of .* base64/],
    ["base64 without its end", diagram(valid, 2, { nodes: "ABCDE" }), /^nodes of .* base64/],
    ["nodes that are numbers", diagram(valid, 2, { nodes: [1] }), /^nodes of .* base64/],
    ["half a node", diagram(valid, 2, { nodes: "AAAA" }), /^nodes of .* 12 bytes for each node .* not 3 bytes/],
    ["no node", diagram(valid, 2, { nodes: "" }), /^nodes of .* not 0 bytes/],
    ["another count", diagram(valid, 2, { nodeCount: 3 }), /^nodeCount of .* must be 2/],
    ["no count", diagram(valid, 2, { nodeCount: "2" }), /^nodeCount of .* must be 2/],
    ["no terminal", diagram([[0, 1, 1]], 1), /^nodes\[0\] of .* terminal/],
    ["a condition out of range", diagram([terminal, [3, 1, 1]], 2), /^nodes\[1\] of .* conditions\[3\]/],
    ["a negative condition", diagram([terminal, [-1, 1, 1]], 2), /^nodes\[1\] of .* conditions\[-1\]/],
    ["a node out of range", diagram([terminal, [0, 3, 1]], 2), /^nodes\[1\] of .* leads to 3,/],
    ["a negated node out of range", diagram([terminal, [0, 1, -3]], 2), /^nodes\[1\] of .* leads to -3,/],
    ["a result out of range", diagram([terminal, [0, 1, result(4)]], 2), /leads to 100000004,/],
    ["the reference 0", diagram([terminal, [0, 0, 1]], 2), /^nodes\[1\] of .* leads to 0,/],
    ["a root out of range", diagram(valid, 3), /^root of/],
    ["a negated root", diagram(valid, -2), /^root of/],
    ["a root that is no integer", diagram(valid, 1.5), /^root of/],
    ["a node that leads to itself", diagram([terminal, [0, 2, 1]], 2), /^nodes of .* must not form a cycle/],
    ["a circle", diagram([terminal, [0, 3, 1], [2, -2, 4], [1, 2, 1]], 2), /^nodes of .* must not form a cycle/],
    [
      "a result with conditions",
      diagram(valid, 2, { results: [says("x"), { ...says("x"), conditions: [isSet] }] }),
      /^results\[1\]\.conditions of/,
    ],
    [
      "a result that is a tree",
      diagram(valid, 2, { results: [says("x"), { type: "tree" }] }),
      /^results\[1\] of .* type/,
    ],
    ["a result that is a text", diagram(valid, 2, { results: ["x", "x"] }), /^results\[1\] of .* must be an object/],
    ["a condition that is a text", diagram(valid, 2, { conditions: ["x"] }), /^conditions\[0\] of/],
    ["a value that may be unset", diagram([terminal, [1, 1, -1]], 2), /^conditions\[1\]\.argv\[0\] of .* may be unset/],
    [
      "a variable that only one of two ways sets",
      diagram([terminal, [0, 3, result(2)], [2, 4, result(1)], [1, result(1), 1]], 2),
      /^results\[0\]\.endpoint\.url of .* "Part"/,
    ],
  ];

  it.each(cases)("with %s is rejected, with the place", (_, bdd, problem) => {
    const { source, diagnostics } = compileBdd(bdd, { shapeId: "a#B", file: "m.json" });
    expect(source).toBe("");
    expect(diagnostics).toMatchObject([
      {
        severity: "error",
        code: "endpoint-rules-invalid",
        shapeId: "a#B",
        file: "m.json",
        message: expect.stringMatching(problem),
      },
    ]);
  });
});
