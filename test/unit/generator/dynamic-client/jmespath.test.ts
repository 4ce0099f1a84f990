import { describe, expect, it } from "vitest";
import { evaluateMatcher, evaluator } from "#generator/dynamic-client/jmespath.js";
import { cases, thing } from "../jmespath/support/cases.js";
import { evaluate as compiled } from "../jmespath/support/things.js";

/** Null for undefined throughout, as JSON has it. */
function evaluate(text: string, root: unknown): unknown {
  const result = evaluator(text)(root);
  return result === undefined ? null : JSON.parse(JSON.stringify(result));
}

describe("an evaluated expression", () => {
  it.each(cases.map((each) => [...each]))("gives what the specification says: %s", (expression, result) => {
    expect(evaluate(String(expression), thing)).toEqual(result);
  });

  it.each([{}, { ...thing, parts: [], names: undefined, part: undefined }, { ...thing, tags: {}, holes: [null] }])(
    "returns the result of the compiled one, for %j",
    (root) => {
      for (const [expression] of cases) {
        expect(evaluate(expression, root), expression).toEqual(compiled(expression, root));
      }
    },
  );

  it("takes nothing that objects inherit for a member", () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      expect(evaluator(name)({}), name).toBeUndefined();
      expect(evaluator(`tags.${name}`)({ tags: {} }), name).toBeUndefined();
    }
    expect(() => evaluator("constructor(`1`)")({})).toThrow("constructor is not a JMESPath function");
  });

  it("is no code, whatever the path holds", () => {
    expect(evaluator("'\"); globalThis.broken = true; (\"'")({})).toBe('"); globalThis.broken = true; ("');
    expect(globalThis).not.toHaveProperty("broken");
  });
});

describe("an evaluated matcher", () => {
  const matches = (comparator: Parameters<typeof evaluateMatcher>[0]["comparator"], path: string, expected: string) =>
    evaluateMatcher({ comparator, path, expected })(thing);

  it.each([
    ["stringEquals", "status", "up", true],
    ["stringEquals", "status", "down", false],
    ["stringEquals", "kebab", "up", false],
    ["booleanEquals", "ready", "false", true],
    ["booleanEquals", "ready", "true", false],
    ["booleanEquals", "part.on", "false", false],
    ["booleanEquals", "length(names) > `4`", "true", true],
    ["anyStringEquals", "parts[].status", "down", true],
    ["anyStringEquals", "parts[].status", "gone", false],
    ["anyStringEquals", "part.parts[].status", "up", false],
    ["allStringEquals", "statuses[?@ == 'up']", "up", true],
    ["allStringEquals", "parts[].status", "up", false],
    ["allStringEquals", "parts[?id == 'none'].status", "up", false],
  ] as const)("%s of %s and %s is %s", (comparator, path, expected, result) => {
    expect(matches(comparator, path, expected)).toBe(result);
  });
});
