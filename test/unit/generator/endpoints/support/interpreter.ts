import * as library from "#runtime/endpoints/rule-functions.js";
import type { EndpointParameters } from "#runtime/schema/service.js";

/*
 * The rules engine's specification once more, as an interpreter that knows nothing of types, narrowing or printing: what
 * compiled rules are compared with. Its outcomes have the form of `outcome` in load.ts.
 */

export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };
type Values = ReadonlyMap<string, unknown>;

export function interpret(ruleSet: JsonObject, parameters: EndpointParameters): object {
  const values = new Map<string, unknown>();
  for (const [name, parameter] of Object.entries(ruleSet["parameters"] as Record<string, JsonObject>)) {
    const value = parameters[name] ?? parameter["default"];
    if (value === undefined && parameter["required"] === true) {
      return { error: `The endpoint parameter ${name} is required, but is not set` };
    }
    values.set(name, value);
  }
  return interpretRules(ruleSet["rules"] as readonly JsonObject[], values);
}

function interpretRules(rules: readonly JsonObject[], outer: Values): object {
  for (const rule of rules) {
    const values = new Map(outer);
    if (!(rule["conditions"] as readonly JsonObject[]).every((condition) => holds(condition, values))) continue;
    if (rule["type"] === "tree") return interpretRules(rule["rules"] as readonly JsonObject[], values);
    if (rule["type"] === "error") return { error: evaluate(rule["error"] as Json, values) };
    return { endpoint: { url: evaluate((rule["endpoint"] as JsonObject)["url"] as Json, values) } };
  }
  return { error: "No endpoint rule fits these parameters" };
}

function holds(condition: JsonObject, values: Map<string, unknown>): boolean {
  const value = evaluate(condition, values);
  if (value === undefined || value === false) return false;
  if (typeof condition["assign"] === "string") values.set(condition["assign"], value);
  return true;
}

function evaluate(expression: Json, values: Values): unknown {
  if (typeof expression === "string") return fill(expression, values);
  if (typeof expression !== "object" || Array.isArray(expression)) return expression;
  const { ref, fn, argv } = expression as JsonObject;
  if (typeof ref === "string") return values.get(ref);
  const given = (argv as readonly Json[]).map((argument) => evaluate(argument, values)) as never[];
  return call(String(fn), given);
}

function fill(template: string, values: Values): string {
  return template.replace(/\{([^}#]*)#?([^}]*)\}/g, (_, name: string, path: string) => {
    const value = values.get(name);
    return String(path === "" ? value : attribute(value, path));
  });
}

function attribute(value: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]/).filter((step) => step !== "");
  return steps.reduce<unknown>((current, step) => {
    if (Array.isArray(current)) return current.at(Number(step));
    return (current as Record<string, unknown> | undefined)?.[step];
  }, value);
}

function call(fn: string, argv: never[]): unknown {
  const [first, second, third] = argv;
  const functions: Readonly<Record<string, (...argv: never[]) => unknown>> = {
    isSet: () => first !== undefined,
    not: () => !first,
    booleanEquals: () => first === second,
    stringEquals: () => first === second,
    getAttr: () => attribute(first, String(second)),
    coalesce: () => argv.find((value) => value !== undefined),
    ite: () => (first ? second : third),
    isValidHostLabel: library.isValidHostLabel,
    parseURL: library.parseURL,
    substring: library.substring,
    uriEncode: library.uriEncode,
    split: library.split,
    "aws.partition": library.partitionOf,
    "aws.parseArn": library.parseArn,
    "aws.isVirtualHostableS3Bucket": library.isVirtualHostableS3Bucket,
  };
  return functions[fn]?.(...argv);
}
