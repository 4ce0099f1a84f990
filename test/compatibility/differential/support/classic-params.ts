import type { AWSError } from "#runtime/classic/types.js";
import { checkParams, type ParamRules } from "#runtime/classic/params/index.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import {
  type Member,
  type StructureShape,
  targetOf,
  type TargetMember,
  type UnionShape,
} from "#runtime/schema/shapes.js";
import { peer } from "../../../support/peers.js";

/** What is reported of parameters: the error, or the body that is sent. */
export interface Outcome {
  readonly error?: ErrorFacts;
  readonly body?: unknown;
}

interface ErrorFacts extends Pick<AWSError, "code" | "name" | "message"> {
  readonly isTimed: boolean;
  readonly enumerable: readonly string[];
  readonly errors?: readonly ErrorFacts[];
}

export type Judge = (params: unknown, rules: boolean | ParamRules) => Outcome;

interface V2 {
  readonly Model: { readonly Api: new (api: object) => { readonly operations: Record<string, { input: object }> } };
  readonly ParamValidator: new (rules: boolean | ParamRules) => {
    validate(shape: object, params: unknown): void;
  };
  readonly JSON: { readonly Builder: new () => { build(params: unknown, shape: object): string } };
}

/** How the official v2 client judges parameters of a shape, by a model made of its descriptor. */
export async function judgeOfV2(shape: StructureShape): Promise<Judge> {
  const { Model, ParamValidator, JSON: json } = (await peer("aws-sdk")) as unknown as V2;
  const api = new Model.Api(apiOf(shape));
  const { input } = api.operations["put"] ?? {};
  if (!input) throw new Error("the official v2 client does not find the operation");
  return (params, rules) => {
    try {
      if (rules !== false) new ParamValidator(rules).validate(input, params);
      return { body: JSON.parse(new json.Builder().build(params, input)) };
    } catch (error) {
      // Its own, and those that befall it.
      return { error: factsOf(error as AWSError) };
    }
  };
}

/** How ours does. */
export function judgeOfOurs(shape: StructureShape): Judge {
  const operation = { name: "Put", input: shape, output: { type: "structure", name: "Unit", members: {} } } as const;
  const service = {
    name: "Store",
    sdkId: "Store",
    shapeName: "Store",
    version: "2020-01-01",
    signingName: "store",
    protocol: awsJson1_1,
    resolveEndpoint: () => ({ url: "https://store.example.com" }),
    endpointBuiltIns: {},
  };
  const codec = awsJson1_1.compile(operation, service);
  return (params, rules) => {
    const { input, error } = checkParams(shape, params, rules);
    return error ? { error: factsOf(error) } : { body: JSON.parse(String(codec.serialize(input).body)) };
  };
}

/** All that there is to an error but where and when it came about. */
function factsOf(error: AWSError): ErrorFacts {
  const { code, name, message, errors } = error;
  const isEnumerable = (key: string): boolean => Object.prototype.propertyIsEnumerable.call(error, key);
  const enumerable = ["code", "name", "message", "time", "errors", "stack"].filter(isEnumerable);
  const isTimed = (error.time as unknown) instanceof Date;
  return { code, name, message, isTimed, enumerable, ...(errors && { errors: errors.map(factsOf) }) };
}

/** A model in the form of the v2 client with one operation, whose input is the shape. */
function apiOf(shape: StructureShape): object {
  const shapes: Record<string, object> = {};
  const input = refTo(shape, shapes);
  return {
    metadata: { apiVersion: "2020-01-01", protocol: "json", jsonVersion: "1.1", targetPrefix: "Store" },
    operations: { Put: { name: "Put", http: { method: "POST", requestUri: "/" }, input } },
    shapes,
  };
}

/** Adds a shape and those that it needs; the key is the way in which others name it. */
function refTo(shape: StructureShape | UnionShape, shapes: Record<string, object>): { shape: string } {
  const { name } = shape;
  if (!shapes[name]) {
    const members: Record<string, object> = {};
    shapes[name] = {
      type: "structure",
      required: Object.keys(shape.members).filter((key) => shape.members[key]?.required),
      members,
    };
    for (const [key, member] of Object.entries(shape.members)) {
      members[key] = { ...memberRef(member, `${name}${key}`, shapes), ...(member.httpLabel && { location: "uri" }) };
    }
  }
  return { shape: name };
}

function memberRef(member: Member, name: string, shapes: Record<string, object>): object {
  if ("target" in member) return refTo(targetOf(member), shapes);
  shapes[name] = simpleShape(member, name, shapes);
  const isJson = member.type === "string" && member.mediaType === "application/json";
  return { shape: name, ...(isJson && { jsonvalue: true }) };
}

function simpleShape(member: Exclude<Member, TargetMember>, name: string, shapes: Record<string, object>): object {
  switch (member.type) {
    case "list":
      return { type: "list", member: memberRef(member.member, `${name}Item`, shapes), ...member.length };
    case "map": {
      const key = memberRef(member.key, `${name}Key`, shapes);
      return { type: "map", key, value: memberRef(member.value, `${name}Value`, shapes), ...member.length };
    }
    case "string": {
      const { length, pattern } = member;
      const values = member.enum && Object.values(member.enum);
      return { type: "string", ...length, ...(pattern && { pattern }), ...(values && { enum: values }) };
    }
    case "document":
      return { type: "structure", document: true, members: {} };
    case "blob":
    case "boolean":
    case "timestamp":
      return { type: member.type };
    default:
      return { type: member.type.toLowerCase(), ...("range" in member && member.range) };
  }
}
