import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { readBdd, readRuleSet } from "#generator/endpoints/compile.js";
import { type EndpointTestCase, endpointTests, serviceTraits } from "../support/compile-endpoints.js";
import { jsonFiles, root, sharedPath } from "../support/shared.js";
import { bddOf } from "../unit/generator/endpoints/support/bdd-of.js";
import { interpret, type JsonObject } from "../unit/generator/endpoints/support/interpreter.js";
import { evaluated, load, loadBdd, outcome } from "../unit/generator/endpoints/support/load.js";
import { randomParameters, randomRuleSet } from "../unit/generator/endpoints/support/random-rules.js";

const options = { shapeId: "test#Service" };
const seeds = Array.from({ length: 400 }, (_, seed) => seed);

describe.each([
  { form: "compiled rules", loaded: load },
  { form: "compiled decision diagrams", loaded: (ruleSet: JsonObject) => loadBdd(bddOf(ruleSet)) },
  { form: "evaluated rules", loaded: (ruleSet: JsonObject) => evaluated(readRuleSet(ruleSet, options)) },
  { form: "evaluated decision diagrams", loaded: (ruleSet: JsonObject) => evaluated(readBdd(bddOf(ruleSet), options)) },
])("$form", ({ loaded }) => {
  it("decide what an interpreter of the specification decides", () => {
    const seen = new Set<string>();
    const wrong: object[] = [];
    for (const seed of seeds) {
      const ruleSet = randomRuleSet(seed);
      const resolve = loaded(ruleSet);
      for (let index = 0; index < 40; index++) {
        const parameters = randomParameters(seed * 1000 + index);
        const wanted = interpret(ruleSet, parameters);
        const found = outcome(resolve, parameters);
        if (!isDeepStrictEqual(found, wanted)) wrong.push({ seed, parameters, found, wanted });
        seen.add(JSON.stringify(wanted));
      }
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBeGreaterThan(100);
  });
});

const folder = sharedPath("models");
const models = [join(root, "model/cloudtrail.json"), ...(folder === undefined ? [] : jsonFiles(folder))];

describe("the evaluated endpoint cases of models", () => {
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
