import type { JsonObject } from "./interpreter.js";

/** Tries to end a string, a comment and a template. */
const nasty = "\"'`${process.exit(1)}\\ */ // \u2028\u2029\r\n<!-- {{}} \u0000";
const text = nasty.replace("${process.exit(1)}", "${{process.exit(1)}}");

/** The text of the rules without the doubled braces of a template. */
export const plain: string = text.replaceAll("{{", "{").replaceAll("}}", "}");

/** Names of parameters, many of them names that the compiled function could use. */
export const names = [
  "class",
  "constructor",
  "parameters",
  "partitionOf",
  "Endpoint",
  "undefined",
  "FOO",
  "foo",
  "then",
];

/** Rules whose names and texts try to break out of the code that they are compiled to. */
export const hostile: JsonObject = {
  version: "1.1",
  parameters: Object.fromEntries(names.map((name) => [name, { type: "string", documentation: nasty, required: true }])),
  rules: [
    {
      type: "tree",
      documentation: `@ts-ignore ${nasty}`,
      conditions: [{ fn: "stringEquals", argv: [{ ref: "class" }, text] }],
      rules: [{ type: "error", conditions: [], error: `${text}${names.map((name) => `{${name}}`).join(",")}` }],
    },
    {
      type: "endpoint",
      conditions: [{ fn: "aws.partition", argv: [{ ref: "Endpoint" }], assign: "resolveEndpoint" }],
      endpoint: {
        url: `${text}{FOO}{resolveEndpoint#name}`,
        headers: { "x-`$": [text] },
        properties: JSON.parse(
          `{"__proto__": {"polluted": true}, "constructor": "x", "a-b": [${JSON.stringify(text)}]}`,
        ) as JsonObject,
      },
    },
  ],
};
