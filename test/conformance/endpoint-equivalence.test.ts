import { describe, expect, it } from "vitest";
import { bddOf } from "../unit/generator/endpoints/support/bdd-of.js";
import { interpret, type JsonObject } from "../unit/generator/endpoints/support/interpreter.js";
import { load, loadBdd, outcome } from "../unit/generator/endpoints/support/load.js";
import { randomParameters, randomRuleSet } from "../unit/generator/endpoints/support/random-rules.js";

const seeds = Array.from({ length: 400 }, (_, seed) => seed);

describe.each([
  { form: "rules", loaded: load },
  { form: "decision diagrams", loaded: (ruleSet: JsonObject) => loadBdd(bddOf(ruleSet)) },
])("compiled $form", ({ loaded }) => {
  it("decide what an interpreter of the specification decides", () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      const ruleSet = randomRuleSet(seed);
      const resolve = loaded(ruleSet);
      for (let index = 0; index < 40; index++) {
        const parameters = randomParameters(seed * 1000 + index);
        const wanted = interpret(ruleSet, parameters);
        expect(outcome(resolve, parameters), `seed ${seed}, ${JSON.stringify(parameters)}`).toEqual(wanted);
        seen.add(JSON.stringify(wanted));
      }
    }
    expect(seen.size).toBeGreaterThan(100);
  });
});
