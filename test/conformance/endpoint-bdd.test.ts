import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileBdd } from "#generator/endpoints/compile.js";
import { bddOf } from "../unit/generator/endpoints/support/bdd-of.js";
import type { JsonObject } from "../unit/generator/endpoints/support/interpreter.js";
import { outcome } from "../unit/generator/endpoints/support/load.js";
import { compileEndpoints, endpointTests, serviceTraits } from "../support/compile-endpoints.js";
import { sharedPath } from "../support/shared.js";

/** Models whose rules differ: standard ones, those of a global service, those that look at the input and the account. */
const names = ["sfn-2016-11-23", "sts-2011-06-15", "dynamodb-2012-08-10"];
const models = sharedPath("models");
if (!models) console.log("skipped: decision diagrams of the models' endpoint rules, which need the shared models");

describe.skipIf(!models)("the endpoint tests of a model, by its rules as a decision diagram", () => {
  it.each(names)("%s", async (name) => {
    const file = join(models ?? "", `${name}.json`);
    expect(existsSync(file)).toBe(true);
    const traits = serviceTraits(readFileSync(file, "utf8"));
    const ruleSet = traits["smithy.rules#endpointRuleSet"] as JsonObject;
    const cases = endpointTests(traits);
    const byRules = await compileEndpoints(`bdd-${name}-rules`, ruleSet);
    const byDiagram = await compileEndpoints(`bdd-${name}-diagram`, bddOf(ruleSet), compileBdd);
    for (const { params = {} } of cases) {
      expect(outcome(byDiagram, params)).toEqual(outcome(byRules, params));
    }
    expect(cases.length).toBeGreaterThan(20);
  });
});
