import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { compileRuleSet } from "#generator/endpoints/compile.js";
import type { Json, JsonObject } from "./support/interpreter.js";
import { load, outcome } from "./support/load.js";

const parameters: JsonObject = {
  Region: { type: "string", required: true },
  Flag: { type: "boolean", required: true, default: false },
  Kind: { type: "string" },
  Endpoint: { type: "string" },
};

const is = (name: string, value: Json): JsonObject =>
  typeof value === "string"
    ? { fn: "stringEquals", argv: [{ ref: name }, value] }
    : { fn: "booleanEquals", argv: [{ ref: name }, value] };
const isSet = (name: string): JsonObject => ({ fn: "isSet", argv: [{ ref: name }] });
const not = (condition: JsonObject): JsonObject => ({ fn: "not", argv: [condition] });
const endpoint = (url: string, ...conditions: JsonObject[]): JsonObject => ({
  type: "endpoint",
  conditions,
  endpoint: { url, properties: { authSchemes: [{ name: "sigv4", signingName: "s", signingRegion: "{Region}" }] } },
});
const error = (message: string, ...conditions: JsonObject[]): JsonObject => ({
  type: "error",
  conditions,
  error: message,
});
const tree = (rules: JsonObject[], ...conditions: JsonObject[]): JsonObject => ({ type: "tree", conditions, rules });

function ruleSet(...rules: JsonObject[]): JsonObject {
  return { version: "1.0", parameters, rules };
}

async function printed(rules: JsonObject): Promise<string> {
  const { source, diagnostics } = compileRuleSet(rules, { shapeId: "test#Service" });
  expect(diagnostics).toEqual([]);
  return format(source, { parser: "typescript", printWidth: 120 });
}

describe("decisions that rules repeat", () => {
  const byRegion = (host: string): JsonObject[] => [
    endpoint(`https://${host}.example-one.example.com/path`, is("Region", "one")),
    endpoint(`https://${host}.example-{Region}.example.com/path`),
  ];
  const rules = ruleSet(
    tree(byRegion("alpha"), isSet("Kind"), is("Kind", "a")),
    tree(byRegion("beta"), isSet("Kind"), is("Kind", "b")),
    tree(byRegion("gamma"), is("Flag", true)),
    tree([error("The kind of {Region} is not a kind that there is"), error("never")], isSet("Kind")),
    error("The kind of {Region} is not a kind that there is"),
  );

  it("share a function, with what differs in their URLs as a parameter", async () => {
    const source = await printed(rules);
    expect(source).toContain('return byRegion(region, "https://alpha.example-");');
    expect(source).toContain('return byRegion(region, "https://gamma.example-");');
    expect(source).toContain("function byRegion(region: string, urlStart: string): Endpoint {");
    expect(source).toContain("url: `${urlStart}one.example.com/path`,");
    expect(source).toContain("url: `${urlStart}${region}.example.com/path`,");
  });

  it("decide as before", () => {
    const resolve = load(rules);
    const urlOf = (given: Record<string, string | boolean>): unknown => outcome(resolve, given);
    expect(urlOf({ Region: "one", Kind: "b" })).toMatchObject({
      endpoint: { url: "https://beta.example-one.example.com/path" },
    });
    expect(urlOf({ Region: "two", Flag: true })).toMatchObject({
      endpoint: { url: "https://gamma.example-two.example.com/path" },
    });
    expect(urlOf({ Region: "two" })).toEqual({ error: "The kind of two is not a kind that there is" });
  });

  it("that throw the same error share its creation", async () => {
    const message = "The kind of {Region} is not a kind that there is";
    const source = await printed(
      ruleSet(
        error(message, isSet("Kind"), is("Kind", "a")),
        endpoint("https://one", is("Flag", true)),
        error(message, isSet("Endpoint")),
        endpoint("https://two", is("Region", "two")),
        error(message),
      ),
    );
    expect(source.match(/throw theKindOfIsNot\(region\);/g)).toHaveLength(3);
    expect(source).toContain("function theKindOfIsNot(region: string): EndpointError {\n  return new EndpointError(");
  });

  it("never pass what only their function assigns", () => {
    const inZone = (host: string): JsonObject =>
      tree([
        endpoint(`https://${host}.{Zone}.example.com`, {
          fn: "substring",
          argv: [{ ref: "Region" }, 0, 2, false],
          assign: "Zone",
        }),
        endpoint(`https://${host}.{Region}.example.com`),
      ]);
    const resolve = load(
      ruleSet(
        { ...inZone("alpha"), conditions: [isSet("Kind")] },
        { ...inZone("beta"), conditions: [isSet("Endpoint")] },
        inZone("gamma"),
      ),
    );
    expect(outcome(resolve, { Region: "eu-west-1", Kind: "a" })).toMatchObject({
      endpoint: { url: "https://alpha.eu.example.com" },
    });
    expect(outcome(resolve, { Region: "x" })).toMatchObject({ endpoint: { url: "https://gamma.x.example.com" } });
  });
});

describe("tests that do not matter", () => {
  it("are left out, with what they distinguish", async () => {
    const source = await printed(
      ruleSet(
        endpoint("https://a", is("Region", "one"), is("Flag", true)),
        endpoint("https://b", not(is("Region", "one")), is("Flag", true)),
        endpoint("https://a", is("Region", "one"), is("Flag", false)),
        endpoint("https://b", not(is("Region", "one")), is("Flag", false)),
      ),
    );
    expect(source).not.toContain("if (flag");
    expect(source).not.toContain("if (!flag");
    expect(source.match(/https:\/\/a/g)).toHaveLength(1);
  });
});

describe("rules that assign the same value to the same name", () => {
  it("have one constant", async () => {
    const url = { fn: "parseURL", argv: [{ ref: "Endpoint" }], assign: "Url" };
    const isIp = { fn: "booleanEquals", argv: [{ fn: "getAttr", argv: [{ ref: "Url" }, "isIp"] }, true] };
    const source = await printed(
      ruleSet(
        endpoint("https://{Url#authority}/ip", isSet("Endpoint"), url, isIp),
        endpoint("https://{Url#authority}", isSet("Endpoint"), url, is("Flag", true)),
        error("none"),
      ),
    );
    expect(source.match(/parseURL\(endpoint\)/g)).toHaveLength(1);
  });
});
