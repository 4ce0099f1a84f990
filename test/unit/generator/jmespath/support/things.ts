import { transformSync } from "rolldown/utils";
import { Compiler } from "#generator/jmespath/compile.js";
import { rootOf } from "#generator/jmespath/root.js";
import type { Value } from "#generator/jmespath/value.js";
import type { ServiceIr, StructureIr } from "#generator/ir/ir.js";
import * as runtime from "#runtime/operations/jmespath.js";
import { serviceOf, structure } from "../../ir/support/model.js";

const list = (target: string, traits: object = {}): object => ({ type: "list", member: { target }, traits });
const map = (value: string, traits: object = {}): object => ({
  type: "map",
  key: { target: "smithy.api#String" },
  value: { target: value },
  traits,
});
const sparse = { "smithy.api#sparse": {} };

/** An operation whose output has a member of each kind. */
export const things = {
  GetThing: { type: "operation", input: { target: "t#GetThingRequest" }, output: { target: "t#Thing" } },
  GetThingRequest: structure({ name: "String", parts: "t#Parts", keys: "t#Tags", limit: "Integer" }),
  Thing: structure({
    name: "String",
    status: "t#Status",
    level: "t#Level",
    size: "Integer",
    limit: "Integer",
    ratio: "Double",
    ready: "Boolean",
    when: "Timestamp",
    bytes: "Blob",
    huge: "smithy.api#BigInteger",
    data: "Document",
    names: "t#Names",
    statuses: "t#Statuses",
    numbers: "t#Numbers",
    holes: "t#Holes",
    grid: "t#Grid",
    tags: "t#Tags",
    sparseTags: "t#SparseTags",
    parts: "t#Parts",
    part: "t#Part",
    choice: "t#Choice",
    toString: "String",
    kebab: "String",
  }),
  Part: structure({
    id: "String",
    status: "t#Status",
    count: "Integer",
    on: "Boolean",
    tags: "t#Tags",
    parts: "t#Parts",
  }),
  Choice: { ...structure({ text: "String", part: "t#Part" }), type: "union" },
  Status: {
    type: "enum",
    members: {
      UP: { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": "up" } },
      DOWN: { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": "down" } },
    },
  },
  Level: { type: "intEnum", members: { ONE: { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": 1 } } } },
  Names: list("smithy.api#String"),
  Statuses: list("t#Status"),
  Numbers: list("smithy.api#Integer"),
  Holes: list("smithy.api#String", sparse),
  Grid: list("t#Names"),
  Tags: map("smithy.api#String"),
  SparseTags: map("smithy.api#String", sparse),
  Parts: list("t#Part"),
};

let service: ServiceIr | undefined;

export function thingService(): ServiceIr {
  service ??= serviceOf(things);
  return service;
}

/** The expression compiled, asked of the output of `GetThing`. */
export function compile(text: string): Value {
  const { shapes } = thingService();
  const output = shapes.get("t#Thing") as StructureIr;
  return new Compiler({ shapes, runtime: {} }).compilePath(text, rootOf("output", output));
}

type Expression = (output: unknown) => unknown;

const functions = new Map<string, Expression>();

function functionOf(text: string): Expression {
  const known = functions.get(text);
  if (known) return known;
  const module = `export default (output) => (${compile(text).text});`;
  const { code, errors } = transformSync("expression.ts", module);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  const script = code.replace("export default", "return");
  const expression = new Function(...Object.keys(runtime), script)(...Object.values(runtime)) as Expression;
  functions.set(text, expression);
  return expression;
}

/** What the compiled expression gives for an output; null for undefined throughout, as JSON has it. */
export function evaluate(text: string, output: unknown): unknown {
  const result = functionOf(text)(output);
  return result === undefined ? null : JSON.parse(JSON.stringify(result));
}
