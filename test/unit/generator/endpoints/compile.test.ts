import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { compileRuleSet } from "#generator/endpoints/compile.js";
import * as library from "#runtime/endpoints/rule-functions.js";
import { codegenSymbols } from "#runtime/symbols.js";
import { hostile, names, plain } from "./support/hostile-rules.js";
import type { Json, JsonObject } from "./support/interpreter.js";
import { load, outcome } from "./support/load.js";

const shapeId = "com.example#Service";

function ruleSet(parameters: JsonObject, ...rules: Json[]): JsonObject {
  return { version: "1.1", parameters, rules };
}

const region = { type: "string", builtIn: "AWS::Region", documentation: "The Region." };
const isRegionSet = { fn: "isSet", argv: [{ ref: "Region" }] };
const partition = { fn: "aws.partition", argv: [{ ref: "Region" }], assign: "PartitionResult" };
const response = (url: Json): JsonObject => ({ type: "endpoint", conditions: [], endpoint: { url } });
const rejection = (error: string): JsonObject => ({ type: "error", conditions: [], error });

describe("compileRuleSet", () => {
  it("prints what somebody would write by hand", async () => {
    const useFips = { fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] };
    const supportsFips = { fn: "getAttr", argv: [{ ref: "PartitionResult" }, "supportsFIPS"] };
    const authSchemes = [{ name: "sigv4", signingName: "thing", signingRegion: "{Region}" }];
    const { source, symbols } = compileRuleSet(
      ruleSet(
        {
          Region: region,
          UseFIPS: { type: "boolean", required: true, default: false },
          Unused: { type: "string" },
        },
        {
          type: "tree",
          conditions: [isRegionSet, partition],
          rules: [
            {
              type: "tree",
              conditions: [useFips],
              rules: [
                {
                  type: "endpoint",
                  documentation: "Not every partition has it.",
                  conditions: [{ fn: "booleanEquals", argv: [true, supportsFips] }],
                  endpoint: { url: "https://thing-fips.{Region}.{PartitionResult#dnsSuffix}" },
                },
                rejection('No "FIPS" here'),
              ],
            },
            {
              type: "endpoint",
              conditions: [],
              endpoint: {
                url: "https://thing.{Region}.{PartitionResult#dnsSuffix}",
                headers: { "x-region": ["{Region}", "fixed"] },
                properties: { authSchemes },
              },
            },
          ],
        },
        rejection("No Region"),
      ),
      { shapeId },
    );
    expect(await format(source, { parser: "typescript", printWidth: 120 })).toBe(
      `/** Resolves the endpoint by the rules of the model. Throws \`EndpointError\` if the rules end in an error. */
export function resolveEndpoint(parameters: EndpointParameters): Endpoint {
  /** The Region. */
  const region = endpointParameter(parameters, "Region", "string");
  const useFIPS = endpointParameter(parameters, "UseFIPS", "boolean") ?? false;

  if (region !== undefined) {
    const partitionResult = partitionOf(region);
    if (useFIPS) {
      /** Not every partition has it. */
      if (partitionResult.supportsFIPS) {
        return { url: \`https://thing-fips.\${region}.\${partitionResult.dnsSuffix}\` };
      }
      throw new EndpointError('No "FIPS" here');
    }
    return {
      url: \`https://thing.\${region}.\${partitionResult.dnsSuffix}\`,
      headers: { "x-region": [region, "fixed"] },
      properties: { authSchemes: [{ name: "sigv4", signingName: "thing", signingRegion: region }] },
    };
  }
  throw new EndpointError("No Region");
}
`,
    );
    expect(symbols).toEqual(["Endpoint", "EndpointError", "EndpointParameters", "endpointParameter", "partitionOf"]);
  });

  it("leaves out what is never reached, and joins neighbours with one result", () => {
    const isRegion = (name: string): JsonObject => ({
      ...response("https://global"),
      conditions: [{ fn: "stringEquals", argv: [{ ref: "Region" }, name] }],
    });
    const { source } = compileRuleSet(
      ruleSet(
        { Region: { ...region, required: true } },
        isRegion("one"),
        isRegion("two"),
        response("https://{Region}"),
        rejection("never"),
      ),
      { shapeId },
    );
    expect(source).toContain('if (region === "one" || region === "two") {');
    expect(source).toContain("return { url: `https://${region}` };\n}");
    expect(source).not.toContain("never");
  });

  it("names the function and the runtime's symbols as configured", () => {
    const { source, symbols } = compileRuleSet(
      ruleSet({ Region: region }, { ...response("https://x"), conditions: [isRegionSet] }),
      {
        shapeId,
        functionName: "_resolveEndpoint",
        runtimeNames: { Endpoint: "RuntimeEndpoint", EndpointError: "RuntimeEndpointError" },
      },
    );
    expect(source).toContain("export function _resolveEndpoint(parameters: EndpointParameters): RuntimeEndpoint {");
    expect(source).toContain("throw new RuntimeEndpointError(");
    expect(symbols).toContain("EndpointError");
  });

  it("lists the parameters with what fills them", () => {
    const { parameters } = compileRuleSet(ruleSet({ Region: region }, rejection("no")), { shapeId });
    expect(parameters).toMatchObject([{ name: "Region", type: "string", builtIn: "AWS::Region", required: false }]);
  });

  it("has no parameter left unused", () => {
    const { source } = compileRuleSet(ruleSet({ Region: region }, rejection("no")), { shapeId });
    expect(source).toContain("resolveEndpoint(_parameters: EndpointParameters)");
  });

  it("asks the runtime for nothing that its library does not have", () => {
    const everyFunction = [
      { fn: "isValidHostLabel", argv: ["{Region}", true] },
      { fn: "aws.isVirtualHostableS3Bucket", argv: ["{Region}", true] },
      { fn: "parseURL", argv: ["{Region}"] },
      { fn: "aws.parseArn", argv: ["{Region}"] },
      { fn: "substring", argv: ["{Region}", 0, 1, false] },
      { ...partition, argv: [{ fn: "uriEncode", argv: ["{Region}"] }] },
      { fn: "split", argv: ["{Region}", "-", 0], assign: "Parts" },
    ];
    const url = "https://{PartitionResult#name}";
    const part = { fn: "getAttr", argv: [{ ref: "Parts" }, "[0]"] };
    const { symbols, diagnostics } = compileRuleSet(
      ruleSet(
        { Region: { ...region, required: true }, Other: { type: "string" } },
        { ...response(url), conditions: [...everyFunction, part, { fn: "isSet", argv: [{ ref: "Other" }] }] },
      ),
      { shapeId },
    );
    expect(diagnostics).toEqual([]);
    const values = symbols.filter((symbol) => !["Endpoint", "EndpointError", "EndpointParameters"].includes(symbol));
    expect(values).toEqual(Object.keys(library).toSorted());
    expect(Object.keys(codegenSymbols)).toEqual(expect.arrayContaining(symbols));
  });
});

describe("a hostile rule set", () => {
  it("returns the texts as they are in the model", () => {
    const resolve = load(hostile);
    const given = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
    const { endpoint } = outcome(resolve, given) as { endpoint: ReturnType<typeof resolve> };
    expect(endpoint.url).toBe(`${plain}<FOO>aws`);
    expect(endpoint.headers).toEqual({ "x-`$": [plain] });
    expect(Object.entries(endpoint.properties ?? {})).toEqual([
      ["__proto__", { polluted: true }],
      ["constructor", "x"],
      ["a-b", [plain]],
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const all = names.map((name) => (name === "class" ? plain : `<${name}>`)).join(",");
    expect(outcome(resolve, { ...given, class: plain })).toEqual({ error: `${plain}${all}` });
  });

  it.each([
    ["rules", (inner: Json): Json => ({ type: "tree", conditions: [], rules: [inner] }), rejection("x")],
    ["functions", (inner: Json): Json => ({ fn: "not", argv: [inner] }), true],
    ["properties", (inner: Json): Json => [inner], "x"],
  ])("that nests %s without end gets a diagnostic", (kind, wrap, core) => {
    let nested: Json = core as Json;
    for (let depth = 0; depth < 20_000; depth++) nested = wrap(nested);
    const rules: Record<string, Json> = {
      rules: nested,
      functions: { ...rejection("x"), conditions: [nested] },
      properties: { type: "endpoint", conditions: [], endpoint: { url: "https://x", properties: { nested } } },
    };
    const { source, diagnostics } = compileRuleSet(ruleSet({}, rules[kind] ?? ""), { shapeId });
    expect(source).toBe("");
    expect(diagnostics).toMatchObject([{ severity: "error", message: expect.stringMatching(/deep/) }]);
  });

  it("is compiled in a time that grows with its size", () => {
    const isSet = { fn: "isSet", argv: [{ ref: "Region" }] };
    let nested: Json = isSet;
    for (let depth = 0; depth < 90; depth++) {
      nested = { fn: "not", argv: [{ fn: "booleanEquals", argv: [nested, isSet] }] };
      if (depth === 40) break;
    }
    const wide = Array.from({ length: 3000 }, (_, index) => ({
      ...rejection(`${index}`),
      conditions: [{ fn: "stringEquals", argv: ["{Region}", `${index}`] }],
    }));
    const start = performance.now();
    const { diagnostics } = compileRuleSet(
      ruleSet({ Region: { type: "string", required: true }, Other: { type: "string" } }, ...wide, {
        ...rejection("x"),
        conditions: [nested],
      }),
      { shapeId },
    );
    expect(diagnostics).toEqual([]);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
