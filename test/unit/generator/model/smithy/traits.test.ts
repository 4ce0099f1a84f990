import { describe, expect, it } from "vitest";
import { type Json, integer, lineOf, modelOf, read, string, target, textOf, withTraits } from "./support/model.js";
import { expectProblems, member, operation, shape } from "./support/problems.js";

const unit = target("smithy.api#Unit");

describe("traits", () => {
  const enumOf = (...definitions: unknown[]): Json => shape("string", { enum: definitions });
  const members = (type: string, values: Json): Json =>
    shape(
      type,
      {},
      {
        members: Object.fromEntries(
          Object.entries(values).map(([name, traits]) => [name, withTraits(unit, traits as Json)]),
        ),
      },
    );

  it.each<[string, Json, shapeId: string, line: string, message: string]>([
    [
      "length the wrong way round",
      shape("string", { length: { min: 2, max: 1 } }),
      "a#X",
      '"smithy.api#length": {',
      "min above its max",
    ],
    ["length of texts", shape("string", { length: { min: "2" } }), "a#X", '"smithy.api#length": {', "whole numbers"],
    ["length of halves", shape("string", { length: { max: 1.5 } }), "a#X", '"smithy.api#length": {', "whole numbers"],
    ["length of nothing", shape("string", { length: {} }), "a#X", '"smithy.api#length": {}', "min, max or both"],
    [
      "length of a number",
      shape("integer", { length: { min: 1 } }),
      "a#X",
      '"smithy.api#length": {',
      "no meaning for an integer",
    ],
    [
      "length of a member that is a number",
      member(integer, { length: { min: 1 } }),
      "a#X$m",
      '"smithy.api#length": {',
      "no meaning for an integer",
    ],
    [
      "range the wrong way round",
      shape("integer", { range: { min: 2, max: 1 } }),
      "a#X",
      '"smithy.api#range": {',
      "min above its max",
    ],
    ["range of texts", shape("integer", { range: { min: "a" } }), "a#X", '"smithy.api#range": {', "numbers"],
    [
      "range of a text",
      shape("string", { range: { min: 1 } }),
      "a#X",
      '"smithy.api#range": {',
      "no meaning for a string",
    ],
    ["a pattern that is a number", shape("string", { pattern: 1 }), "a#X", '"smithy.api#pattern": 1', "a string"],
    [
      "required that says no",
      member(string, { required: false }),
      "a#X$m",
      '"smithy.api#required": false',
      "empty object",
    ],
    [
      "a fault of nobody",
      shape("structure", { error: "proxy" }),
      "a#X",
      '"smithy.api#error": "proxy"',
      "client, server",
    ],
    [
      "a status that is a text",
      shape("structure", { httpError: "404" }),
      "a#X",
      '"smithy.api#httpError": "404"',
      "HTTP status",
    ],
    [
      "a status out of range",
      shape("structure", { httpError: 999 }),
      "a#X",
      '"smithy.api#httpError": 999',
      "HTTP status",
    ],
    [
      "an unknown timestamp format",
      shape("timestamp", { timestampFormat: "iso" }),
      "a#X",
      '"smithy.api#timestampFormat": "iso"',
      "date-time",
    ],
    ["a jsonName that is a number", member(string, { jsonName: 1 }), "a#X$m", '"smithy.api#jsonName": 1', "a string"],
    [
      "an xmlName that closes its tag",
      member(string, { xmlName: "a><b" }),
      "a#X$m",
      '"smithy.api#xmlName": "a><b"',
      "an XML name",
    ],
    [
      "an xmlNamespace without uri",
      shape("structure", { xmlNamespace: {} }),
      "a#X",
      '"smithy.api#xmlNamespace": {}',
      "a uri",
    ],
    [
      "a header that begins another",
      member(string, { httpHeader: "X\r\nY" }),
      "a#X$m",
      '"smithy.api#httpHeader": "X\\r\\nY"',
      "name of a header",
    ],
    [
      "a token that is a number",
      member(integer, { idempotencyToken: {} }),
      "a#X$m",
      '"smithy.api#idempotencyToken": {}',
      "no meaning for an integer",
    ],
    [
      "a service to sign for without a name",
      modelOf({ "a#S": { type: "service", traits: { "aws.auth#sigv4": {} } } }),
      "a#S",
      '"aws.auth#sigv4": {}',
      "name to sign",
    ],
    [
      "a name to sign with that would break the scope",
      modelOf({ "a#S": { type: "service", traits: { "aws.auth#sigv4": { name: "bad/name\n" } } } }),
      "a#S",
      '"aws.auth#sigv4": {',
      "of letters, digits",
    ],
    [
      "a service without sdkId",
      modelOf({ "a#S": { type: "service", traits: { "aws.api#service": {} } } }),
      "a#S",
      '"aws.api#service": {}',
      "an sdkId",
    ],
    [
      "an sdkId that is a number",
      modelOf({ "a#S": { type: "service", traits: { "aws.api#service": { sdkId: 5 } } } }),
      "a#S",
      '"aws.api#service": {',
      "an sdkId",
    ],
    [
      "an endpoint prefix that is a number",
      modelOf({ "a#S": { type: "service", traits: { "aws.api#service": { sdkId: "S", endpointPrefix: 5 } } } }),
      "a#S",
      '"aws.api#service": {',
      "a string for endpointPrefix",
    ],
    [
      "an operation that only reads and is idempotent besides",
      operation({ readonly: {}, idempotent: {} }),
      "a#Op",
      '"smithy.api#idempotent": {}',
      "conflicts with smithy.api#readonly",
    ],

    ["enum values that are none", shape("string", { enum: "A" }), "a#X", '"smithy.api#enum": "A"', "a list"],
    ["no enum values", shape("string", { enum: [] }), "a#X", '"smithy.api#enum": []', "one or more"],
    ["an enum value that is empty", enumOf({ value: "" }), "a#X", '"smithy.api#enum": [', "not empty"],
    ["an enum value twice", enumOf({ value: "a" }, { value: "a" }), "a#X", '"smithy.api#enum": [', "the value a twice"],
    [
      "an enum name twice",
      enumOf({ value: "a", name: "A" }, { value: "b", name: "A" }),
      "a#X",
      '"smithy.api#enum": [',
      "the name A twice",
    ],
    [
      "an enum name that breaks out",
      enumOf({ value: "a", name: 'A"' }),
      "a#X",
      '"smithy.api#enum": [',
      "letters, digits",
    ],
    [
      "two enum members of one value",
      members("enum", { A: {}, B: { enumValue: "A" } }),
      "a#X$B",
      '"smithy.api#enumValue": "A"',
      "which A has too",
    ],
    [
      "an enum member with a number",
      members("enum", { A: { enumValue: 1 } }),
      "a#X$A",
      '"smithy.api#enumValue": 1',
      "must be a string",
    ],
    [
      "an intEnum member without value",
      members("intEnum", { A: {} }),
      "a#X$A",
      '"traits": {}',
      "must be a whole number",
    ],
    [
      "an intEnum member with a text",
      members("intEnum", { A: { enumValue: "1" } }),
      "a#X$A",
      '"smithy.api#enumValue": "1"',
      "must be a whole number",
    ],

    [
      "a default text for a number",
      member(integer, { default: "1" }),
      "a#X$m",
      '"smithy.api#default": "1"',
      "not of type integer",
    ],
    [
      "a default number for a text",
      member(string, { default: 1 }),
      "a#X$m",
      '"smithy.api#default": 1',
      "not of type string",
    ],
    [
      "a default that is too big",
      member(target("smithy.api#Byte"), { default: 300 }),
      "a#X$m",
      '"smithy.api#default": 300',
      "not of type byte",
    ],
    [
      "a default that is broken",
      member(integer, { default: 1.5 }),
      "a#X$m",
      '"smithy.api#default": 1.5',
      "not of type integer",
    ],
    [
      "a default with items",
      member(target("Items"), { default: ["a"] }),
      "a#X$m",
      '"smithy.api#default": [',
      "an empty list",
    ],
    [
      "a default for a structure",
      member(target("In"), { default: {} }),
      "a#X$m",
      '"smithy.api#default": {}',
      "no meaning for a structure",
    ],
    [
      "a default of null outside of members",
      shape("integer", { default: null }),
      "a#X",
      '"smithy.api#default": null',
      "members only",
    ],
  ])("%s", (_name, value, shapeId, line, message) =>
    expectProblems(value, "error", ["invalid-trait", shapeId, line, message]),
  );

  it.each([
    ["requierd", member(string, { requierd: {} }), "a#X$m", "did you mean smithy.api#required?"],
    ["lenght", shape("string", { lenght: { max: 1 } }), "a#X", "did you mean smithy.api#length?"],
    ["somethingElseAltogether", shape("string", { somethingElseAltogether: {} }), "a#X", "it has no effect."],
  ])("of Smithy that it does not have: %s", (name, value, shapeId, output) =>
    expectProblems(value, "warning", [
      "unknown-trait",
      shapeId,
      `"smithy.api#${name}": ${name === "lenght" ? "{" : "{}"}`,
      output,
    ]),
  );

  it.each<[string, Json]>([
    ["one that nobody knows", shape("string", { "b#what": [null, { deep: 1 }] })],
    ["defaults that fit", member(target("smithy.api#Double"), { default: "NaN" })],
    ["a default of null", member(integer, { default: null })],
    ["a document's default", member(target("smithy.api#Document"), { default: [] })],
  ])("are right: %s", (_name, value) => expect(read(value).diagnostics).toEqual([]));

  it("that the client will not check are said beside errors, where they are", () => {
    const value = modelOf({
      "a#In": {
        type: "structure",
        members: { name: withTraits(string, { pattern: "(", length: { min: 3, max: 1 } }) },
      },
      "a#Out": { type: "structure", members: { text: target("Text") } },
      "a#Text": withTraits({ type: "string" }, { pattern: "[" }),
      "a#Unreached": withTraits({ type: "string" }, { pattern: ")" }),
    });
    const { diagnostics } = read(value);
    expect(diagnostics.map((each) => [each.severity, each.code, each.shapeId, lineOf(textOf(value), each)])).toEqual([
      ["warning", "unsupported-pattern", "a#In$name", '"smithy.api#pattern": "("'],
      ["error", "invalid-trait", "a#In$name", '"smithy.api#length": {'],
      ["warning", "unsupported-pattern", "a#Text", '"smithy.api#pattern": "["'],
    ]);
  });
});
