import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { readBdd, type ReadRules, readRuleSet } from "#generator/endpoints/compile.js";
import { evaluateRules } from "#generator/dynamic-client/endpoint.js";
import type { EndpointParameters, EndpointResolver } from "#runtime/schema/service.js";
import { type EndpointTestCase, endpointTests, serviceTraits } from "../../../support/compile-endpoints.js";
import { jsonFiles, root, sharedPath } from "../../../support/shared.js";
import { bddOf } from "../endpoints/support/bdd-of.js";
import { interpret, type JsonObject } from "../endpoints/support/interpreter.js";
import { load, outcome } from "../endpoints/support/load.js";
import { randomParameters, randomRuleSet } from "../endpoints/support/random-rules.js";

const options = { shapeId: "test#Service" };

function evaluated({ parameters, code, diagnostics }: ReadRules): EndpointResolver {
  if (!code) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return evaluateRules(parameters, code);
}

describe("evaluated endpoint rules", () => {
  it("decide what an interpreter of the specification decides, from either form", () => {
    const seen = new Set<string>();
    const wrong: object[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const ruleSet = randomRuleSet(seed);
      const resolvers = [evaluated(readRuleSet(ruleSet, options)), evaluated(readBdd(bddOf(ruleSet), options))];
      for (let index = 0; index < 30; index++) {
        const parameters = randomParameters(seed * 1000 + index);
        const wanted = interpret(ruleSet, parameters);
        for (const resolve of resolvers) {
          const found = outcome(resolve, parameters);
          if (!isDeepStrictEqual(found, wanted)) wrong.push({ seed, parameters, found, wanted });
        }
        seen.add(JSON.stringify(wanted));
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(100);
  });

  it("reject a parameter of another type, and miss one that they cannot do without", () => {
    const rules = (required: boolean) => ({
      version: "1.0",
      parameters: { Region: { type: "string", required } },
      rules: [
        {
          type: "endpoint",
          conditions: [{ fn: "isSet", argv: [{ ref: "Region" }] }],
          endpoint: { url: "https://{Region}.example" },
        },
      ],
    });
    const resolve = (required: boolean, parameters: EndpointParameters) =>
      outcome(evaluated(readRuleSet(rules(required), options)), parameters);
    expect(resolve(false, { Region: "x" })).toEqual({ endpoint: { url: "https://x.example" } });
    expect(resolve(false, {})).toEqual({ error: "No endpoint rule fits these parameters" });
    expect(resolve(false, { Region: true })).toEqual({
      error: "The endpoint parameter Region must be a string, not a boolean",
    });
    expect(resolve(true, {})).toEqual({ error: "The endpoint parameter Region is required, but is not set" });
  });
});

const folder = sharedPath("models");
const models = [join(root, "model/cloudtrail.json"), ...(folder === undefined ? [] : jsonFiles(folder))];

describe("the endpoint cases of models", () => {
  const asserted = { cases: 0, byWord: 0 };

  it.each(models.map((file) => [basename(file, ".json"), file] as const))("%s", (_, file) => {
    const traits = serviceTraits(readFileSync(file, "utf8"));
    const ruleSet = traits["smithy.rules#endpointRuleSet"] as JsonObject;
    const compiled = load(ruleSet);
    const resolve = evaluated(readRuleSet(ruleSet, options));
    for (const each of endpointTests(traits)) {
      const { params = {} } = each;
      expect(outcome(resolve, params), JSON.stringify(params)).toEqual(outcome(compiled, params));
      asserted.cases++;
      if (isDated(each)) continue;
      const { error, endpoint } = each.expect;
      const wanted = error === undefined ? { endpoint: { headers: {}, properties: {}, ...endpoint } } : { error };
      expect(withBlanks(outcome(resolve, params)), JSON.stringify(params)).toEqual(wanted);
      asserted.byWord++;
    }
  });

  it.skipIf(folder === undefined)("are all there", () => {
    expect(asserted.cases).toBeGreaterThanOrEqual(2271);
    expect(asserted.byWord).toBeGreaterThanOrEqual(2271 - 139);
  });
});

/** A case from before AWS said that its isolated partitions have dual stack; the conformance suite has them with the data of their day. */
function isDated({ params, expect: expected }: EndpointTestCase): boolean {
  const isIsolated = /^(us|eu)-iso[a-z]?-/.test(String(params?.["Region"]));
  return isIsolated && params?.["UseDualStack"] === true && expected.error !== undefined;
}

function withBlanks(found: object): object {
  if (!("endpoint" in found)) return found;
  return { endpoint: { headers: {}, properties: {}, ...(found.endpoint as object) } };
}
