import { describe, expect, it } from "vitest";
import { compileRuleSet } from "#generator/endpoints/compile.js";
import type { Json, JsonObject } from "./support/interpreter.js";

const parameters: JsonObject = {
  Region: { type: "string" },
  Needed: { type: "string", required: true },
  Flag: { type: "boolean", required: true, default: false },
  List: { type: "stringArray", required: true },
};
const end = { type: "error", conditions: [], error: "end" };
const ref = (name: string): JsonObject => ({ ref: name });
const call = (fn: string, ...argv: Json[]): JsonObject => ({ fn, argv });
const when = (...conditions: Json[]): JsonObject => ({ version: "1.0", parameters, rules: [{ ...end, conditions }] });
const endpoint = (value: Json): JsonObject => ({
  version: "1.0",
  parameters,
  rules: [{ type: "endpoint", conditions: [], endpoint: value }],
});
const given = (parameter: Json, name = "Thing"): JsonObject => ({
  version: "1.0",
  parameters: { [name]: parameter },
  rules: [end],
});

const cases: readonly [what: string, ruleSet: unknown, problem: RegExp][] = [
  ["nothing", undefined, /^the endpoint rules must be an object/],
  ["a list", [], /^the endpoint rules must be an object/],
  ["no version", { parameters, rules: [end] }, /^version of .* 1\.0 or a later 1\.x/],
  ["another version", { version: "2.0", parameters, rules: [end] }, /^version of/],
  ["no parameters", { version: "1.0", rules: [end] }, /^parameters of .* must be an object/],
  ["no rules", { version: "1.0", parameters }, /^rules of .* one or more rules/],
  ["no rule in a tree", { ...when(), rules: [{ type: "tree", conditions: [], rules: [] }] }, /^rules\[0\]\.rules of/],
  ["a rule that is a text", { ...when(), rules: ["x"] }, /^rules\[0\] of .* must be an object/],
  ["a rule of no known type", { ...when(), rules: [{ type: "x", conditions: [] }] }, /type endpoint, error or tree/],
  [
    "no conditions",
    { ...when(), rules: [{ type: "error", error: "x" }] },
    /^rules\[0\]\.conditions of .* must be a list/,
  ],

  ["a parameter with a bad name", given({ type: "string" }, "a-b"), /^parameters\.a-b of .* letters, digits/],
  ["a parameter of no known type", given({ type: "integer" }), /type string, boolean or stringArray/],
  ["a parameter that is a text", given("string"), /must be an object with the type/],
  [
    "a default of another type",
    given({ type: "boolean", required: true, default: "x" }),
    /default of its type, boolean/,
  ],
  [
    "a default that is optional",
    given({ type: "boolean", default: true }),
    /must be required, because it has a default/,
  ],
  ["a required that is a text", given({ type: "string", required: "true" }), /set required to true or false/],
  ["a builtIn that is a number", given({ type: "string", builtIn: 1 }), /string as builtIn/],

  [
    "an unknown function",
    when(call("aws.unknown", "x")),
    /^rules\[0\]\.conditions\[0\] of .*"aws\.unknown", which is not/,
  ],
  ["a function of Object", when(call("constructor", "x")), /"constructor", which is not a function/],
  ["no argv", when({ fn: "isSet" }), /without a list argv/],
  ["a condition that is a reference", when(ref("Flag")), /must be an object with a function/],
  ["too few arguments", when(call("substring", "x", 0)), /substring with 2 arguments; it takes 4/],
  ["an argument of another type", when(call("not", "x")), /argv\[0\] of .* must be a boolean, not a string/],
  [
    "an argument that is null",
    when({ fn: "not", argv: [null] } as never),
    /argv\[0\] of .* must be a string, a boolean/,
  ],
  [
    "a fraction",
    when(call("substring", "x", 0, 1.5, false)),
    /argv\[2\] of .* must be a string, a boolean, an integer/,
  ],
  ["a negative number", when(call("substring", "x", -1, 2, false)), /negative number/],
  ["an empty delimiter", when(call("split", "x", "", 0)), /empty delimiter/],
  ["a negative limit", when(call("split", "x", ",", -1)), /negative number/],
  ["isSet of two", when(call("isSet", "x", "y")), /isSet with 2 arguments/],
  ["coalesce of two types", when(call("coalesce", "x", true)), /must call coalesce with two/],
  ["coalesce of one", when(call("coalesce", "x")), /must call coalesce with two/],
  ["ite of two types", when(call("ite", ref("Flag"), "x", true)), /must call ite with/],
  ["ite of a text", when(call("ite", "x", "x", "y")), /argv\[0\] of .* must be a boolean, not a string/],

  [
    "an unknown reference",
    when(call("isSet", ref("Nothing"))),
    /refers to "Nothing", which is not a parameter and was not assigned; known here: Region, Needed/,
  ],
  [
    "a misspelt reference",
    when(call("isSet", ref("Regoin"))),
    /refers to "Regoin", which is not a parameter and was not assigned; did you mean Region\?/,
  ],
  [
    "an unknown reference where conditions told more of a parameter",
    when(call("isSet", ref("Region")), call("stringEquals", ref("Region"), "x"), call("isSet", ref("Nothing"))),
    /known here: (?!.*Region.*Region)/,
  ],
  ["a reference to __proto__", when(call("isSet", ref("__proto__"))), /refers to "__proto__"/],
  [
    "what may be unset",
    when(call("stringEquals", call("substring", "x", 0, 1, false), "x")),
    /that may be unset; a condition has to check it with isSet/,
  ],
  [
    "what may be unset and is of another type",
    when(call("not", ref("Region"))),
    /must be a boolean, not a string that may be unset$/,
  ],
  [
    "what another rule assigned",
    {
      ...when(),
      rules: [
        { ...end, conditions: [{ ...call("parseURL", "x"), assign: "url" }] },
        { ...end, error: "{url#path}" },
      ],
    },
    /^rules\[1\]\.error of .*"url"/,
  ],
  [
    "a name that is taken",
    when({ ...call("parseURL", "x"), assign: "Region" }),
    /assigns to Region, which is already declared/,
  ],
  ["a bad name", when({ ...call("parseURL", "x"), assign: "a b" }), /must assign to a name/],

  ["a field that is not there", when(call("getAttr", call("parseURL", "x"), "port")), /reads "port" of a Url/],
  [
    "a field of every object",
    when(call("getAttr", call("parseURL", "x"), "constructor")),
    /reads "constructor" of a Url/,
  ],
  ["a field of a text", when(call("getAttr", "x", "length")), /reads "length" of a string/],
  ["an index of a record", when(call("getAttr", call("parseURL", "x"), "[0]")), /reads 0 of a Url/],
  ["an index before a key", when(call("getAttr", ref("List"), "[0].x")), /which is not of the form key\.key\[0\]/],
  ["an empty path", when(call("getAttr", ref("List"), "")), /which is not of the form/],
  ["getAttr without a path", when(call("getAttr", ref("List"))), /other than a value and a path/],

  ["unbalanced braces", { ...when(), rules: [{ ...end, error: "{Needed" }] }, /unbalanced braces/],
  ["a brace too many", { ...when(), rules: [{ ...end, error: "Needed}" }] }, /unbalanced braces/],
  ["a list in a text", { ...when(), rules: [{ ...end, error: "{List}" }] }, /must be a string, not a stringArray/],
  ["a boolean as a message", { ...when(), rules: [{ ...end, error: true }] }, /must be a string, not a boolean/],

  ["an endpoint that is a text", endpoint("https://x"), /^rules\[0\]\.endpoint of .* object with a url/],
  ["an endpoint without a url", endpoint({}), /^rules\[0\]\.endpoint\.url of/],
  [
    "a header with a bad name",
    endpoint({ url: "https://x", headers: { "a b": [] } }),
    /headers\.a b of .* not the name of a header/,
  ],
  ["a header that is a text", endpoint({ url: "https://x", headers: { a: "b" } }), /headers\.a of .* must be a list/],
  ["headers in a list", endpoint({ url: "https://x", headers: [] }), /headers of .* must be an object/],
  ["properties in a list", endpoint({ url: "https://x", properties: [] }), /properties of .* must be an object/],
  [
    "a property that is a reference",
    endpoint({ url: "https://x", properties: { a: ref("Flag") } }),
    /properties\.a of .* must not be a reference/,
  ],
  ["a property that is null", endpoint({ url: "https://x", properties: { a: null } as never }), /properties\.a of/],
];

describe("a rule set that is wrong", () => {
  it.each(cases)("for %s gets a diagnostic and no code", (_, ruleSet, problem) => {
    const { source, symbols, diagnostics } = compileRuleSet(ruleSet, {
      shapeId: "com.example#Service",
      file: "m.json",
    });
    expect({ source, symbols }).toEqual({ source: "", symbols: [] });
    expect(diagnostics).toMatchObject([
      {
        severity: "error",
        code: "endpoint-rules-invalid",
        shapeId: "com.example#Service",
        file: "m.json",
        message: expect.stringMatching(problem),
      },
    ]);
  });

  it("gets all of its diagnostics at once, and none that only follows from another", () => {
    const { diagnostics } = compileRuleSet(
      {
        version: "1.0",
        parameters,
        rules: [
          {
            type: "tree",
            conditions: [{ ...call("unknown", "x"), assign: "thing" }],
            rules: [
              { ...end, error: "{thing#name} {thing}" },
              { ...end, error: "{missing}" },
            ],
          },
          { type: "error", conditions: [] },
        ],
      },
      { shapeId: "com.example#Service" },
    );
    expect(diagnostics.map(({ message }) => message.split(" of ")[0])).toEqual([
      "rules[0].conditions[0]",
      "rules[0].rules[1].error",
      "rules[1].error",
    ]);
  });
});
