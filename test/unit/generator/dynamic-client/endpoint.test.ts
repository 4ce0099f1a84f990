import { describe, expect, it } from "vitest";
import { readBdd, readRuleSet } from "#generator/endpoints/compile.js";
import type { EndpointParameters } from "#runtime/schema/service.js";
import { bddOf } from "../endpoints/support/bdd-of.js";
import { interpret } from "../endpoints/support/interpreter.js";
import { evaluated, outcome } from "../endpoints/support/load.js";
import { randomParameters, randomRuleSet } from "../endpoints/support/random-rules.js";

const options = { shapeId: "test#Service" };

describe("evaluated endpoint rules", () => {
  it("decide what an interpreter of the specification decides, from either form", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const ruleSet = randomRuleSet(seed);
      const parameters = Array.from({ length: 20 }, (_, index) => randomParameters(seed * 1000 + index));
      const wanted = parameters.map((each) => interpret(ruleSet, each));
      for (const read of [readRuleSet(ruleSet, options), readBdd(bddOf(ruleSet), options)]) {
        const resolve = evaluated(read);
        expect(parameters.map((each) => outcome(resolve, each))).toEqual(wanted);
      }
      for (const each of wanted) seen.add(JSON.stringify(each));
    }
    expect(seen.size).toBeGreaterThan(30);
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
