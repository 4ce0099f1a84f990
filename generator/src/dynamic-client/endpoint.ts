import * as codegen from "@clientsmith/runtime/codegen/v1";
import {
  type Endpoint,
  EndpointError,
  endpointParameter,
  type EndpointParameters,
  requiredEndpointParameter,
} from "@clientsmith/runtime/codegen/v1";
import { type Code, mustBeGiven } from "../endpoints/compile.js";
import { functions } from "../endpoints/functions.js";
import { canFail } from "../endpoints/conditions.js";
import type { Attribute, Call, Expression, Parameter, Property, Rule, Variable } from "../endpoints/tree.js";

type Values = Map<Variable, unknown>;

/** Rule functions, by the symbol that printed rules import. */
const library: Readonly<Record<string, unknown>> = codegen;

/**
 * Endpoint rules as a function. It interprets the tree that the generator prints from, so both resolve the same endpoint.
 * Throws `EndpointError` if the rules end in an error.
 */
export function evaluateRules(parameters: readonly Parameter[], code: Code): (given: EndpointParameters) => Endpoint {
  const shared = new Map(code.functions.map((each) => [each.name, each]));

  function decide(rules: readonly Rule[], values: Values): Endpoint {
    for (const rule of rules) if (holds(rule, values)) return outcomeOf(rule, values);
    throw new EndpointError("No endpoint rule fits these parameters");
  }

  function outcomeOf(rule: Rule, values: Values): Endpoint {
    switch (rule.kind) {
      case "tree":
        return decide(rule.rules, values);
      case "error":
        throw new EndpointError(String(evaluate(rule.message, values)));
      case "shared": {
        const called = shared.get(rule.name);
        if (!called) throw new Error(`The endpoint rules have no function ${rule.name}`);
        const argv = rule.argv.map((argument) => evaluate(argument, values));
        const bound = called.parameters.map(({ variable }, index) => [variable, argv[index]] as const);
        return decide(called.rules, new Map([...values, ...bound]));
      }
      case "endpoint": {
        const headers = rule.headers.map(
          ([name, each]) => [name, each.map((value) => String(evaluate(value, values)))] as const,
        );
        return {
          url: String(evaluate(rule.url, values)),
          ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
          ...(rule.properties.entries.length > 0 && {
            properties: propertyOf(rule.properties, values) as Record<string, unknown>,
          }),
        };
      }
    }
  }

  return (given) => {
    const values: Values = new Map();
    for (const parameter of parameters) {
      const isRequired = mustBeGiven(parameter);
      // As in printed rules, a parameter that no rule reads is not checked.
      if (!isRequired && !code.used.has(parameter.variable)) continue;
      const read = isRequired ? requiredEndpointParameter : endpointParameter;
      values.set(parameter.variable, read(given, parameter.name, parameter.type) ?? parameter.default);
    }
    return decide(code.rules, values);
  };
}

/** Whether all conditions hold. Later ones see the values that earlier ones assign. */
function holds({ conditions }: Rule, values: Values): boolean {
  return conditions.every(({ value, assign }) => {
    const result = evaluate(value, values);
    if (assign) values.set(assign, result);
    return !canFail(value) || (result !== undefined && result !== false);
  });
}

function evaluate(expression: Expression, values: Values): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "reference":
      return values.get(expression.variable);
    case "template":
      return expression.parts
        .map((part) => (typeof part === "string" ? part : String(evaluate(part, values))))
        .join("");
    case "attribute":
      return attributeOf(expression, values);
    case "call":
      return callOf(expression, values);
  }
}

function attributeOf({ of, path }: Attribute, values: Values): unknown {
  return path.reduce<unknown>(
    (found, step) => {
      if (Array.isArray(found)) return typeof step === "number" ? (found as readonly unknown[]).at(step) : undefined;
      if (typeof found !== "object" || found === null) return undefined;
      return Object.hasOwn(found, step) ? (found as Readonly<Record<string, unknown>>)[step] : undefined;
    },
    evaluate(of, values),
  );
}

/** `coalesce` and `ite` evaluate their arguments lazily, like the operators of the language. */
function callOf({ fn, argv }: Call, values: Values): unknown {
  const at = (index: number): unknown => {
    const argument = argv[index];
    return argument && evaluate(argument, values);
  };
  switch (fn) {
    case "not":
      return at(0) !== true;
    case "isSet":
      return at(0) !== undefined;
    case "stringEquals":
    case "booleanEquals":
      return at(0) === at(1);
    case "or":
      return argv.some((argument) => evaluate(argument, values) === true);
    case "coalesce": {
      for (const argument of argv) {
        const value = evaluate(argument, values);
        if (value !== undefined) return value;
      }
      return undefined;
    }
    case "ite":
      return at(0) === true ? at(1) : at(2);
    default: {
      const symbol = functions.get(fn)?.symbol;
      const call = symbol === undefined ? undefined : library[symbol];
      if (typeof call !== "function") throw new Error(`${fn} is not a known function of endpoint rules`);
      return call(...argv.map((argument) => evaluate(argument, values))) as unknown;
    }
  }
}

function propertyOf(property: Property, values: Values): unknown {
  if (property.kind === "list") return property.items.map((item) => propertyOf(item, values));
  if (property.kind !== "map") return evaluate(property, values);
  return Object.fromEntries(property.entries.map(([name, value]) => [name, propertyOf(value, values)]));
}
