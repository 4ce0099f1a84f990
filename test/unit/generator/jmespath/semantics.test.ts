import { describe, expect, it } from "vitest";
import { cases, thing } from "./support/cases.js";
import { evaluate } from "./support/things.js";

describe("a compiled expression returns what the specification states", () => {
  it.each(cases.map((each) => [...each]))("%s", (expression, result) => {
    expect(evaluate(String(expression), thing)).toEqual(result);
  });

  it("null where everything is missing, and never an exception", () => {
    for (const [expression] of cases) expect(() => evaluate(expression, {})).not.toThrow();
  });
});
