import { checkExpression, checkString, checkTemplate, isObject, maxDepth } from "./expressions.js";
import { impliedConditions, missingParameters } from "./implied.js";
import { checkParameters, identifier } from "./parameters.js";
import { type Report, Scope } from "./scope.js";
import type { Condition, EndpointRule, ErrorRule, Expression, Property, PropertyMap, Rule, RuleSet } from "./tree.js";

/**
 * Reads a `smithy.rules#endpointRuleSet` trait of any content. All problems are reported, and invalid parts are left
 * out.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html
 */
export function checkRuleSet(value: unknown, report: Report): RuleSet {
  if (!isObject(value)) {
    report("", "must be an object");
    return { parameters: [], rules: [] };
  }
  if (!/^1\.\d+$/.test(String(value["version"]))) report("version", "must be 1.0 or a later 1.x");
  const scope = new Scope();
  const parameters = checkParameters(value["parameters"], scope, report);
  const rules = checkRules(value["rules"], scope, "rules", report, 0);
  return { parameters, rules: [...rules, ...missingParameters(impliedIn(rules))] };
}

/** Conditions that were added because the rules imply them. */
function impliedIn(rules: readonly Rule[]): Condition[] {
  return rules.flatMap((rule) => [
    ...rule.conditions.filter(({ implied }) => implied),
    ...(rule.kind === "tree" ? impliedIn(rule.rules) : []),
  ]);
}

function checkRules(value: unknown, scope: Scope, where: string, report: Report, depth: number): Rule[] {
  if (!Array.isArray(value) || value.length === 0) {
    report(where, "must be a list of one or more rules");
    return [];
  }
  if (depth > maxDepth) {
    report(where, `nests rules more than ${maxDepth} deep`);
    return [];
  }
  return value.flatMap((rule, index) => checkRule(rule, new Scope(scope), `${where}[${index}]`, report, depth) ?? []);
}

function checkRule(value: unknown, scope: Scope, where: string, report: Report, depth: number): Rule | undefined {
  if (!isObject(value)) {
    report(where, "must be an object");
    return undefined;
  }
  const conditions = checkConditions(value["conditions"], scope, `${where}.conditions`, report);
  switch (value["type"]) {
    case "tree": {
      const rules = checkRules(value["rules"], scope, `${where}.rules`, report, depth + 1);
      return { kind: "tree", conditions, documentation: documentationOf(value), rules };
    }
    case "error":
    case "endpoint":
      return checkOutcome(
        value,
        [...conditions, ...impliedByOutcome(value, scope, where, report)],
        scope,
        where,
        report,
      );
    default:
      report(where, "must have the type endpoint, error or tree");
      return undefined;
  }
}

function impliedByOutcome(
  value: Readonly<Record<string, unknown>>,
  scope: Scope,
  where: string,
  report: Report,
): Condition[] {
  const part = value["type"] === "endpoint" ? value["endpoint"] : value["error"];
  return impliedConditions(part, scope, where, report, (inner, problem) =>
    checkOutcome(value, [], inner, where, problem),
  );
}

/** Reads an endpoint rule or an error rule. */
export function checkOutcome(
  value: Readonly<Record<string, unknown>>,
  conditions: readonly Condition[],
  scope: Scope,
  where: string,
  report: Report,
): EndpointRule | ErrorRule | undefined {
  const documentation = documentationOf(value);
  if (value["type"] === "endpoint") {
    const endpoint = checkEndpoint(value["endpoint"], scope, `${where}.endpoint`, report);
    return endpoint && { kind: "endpoint", conditions, documentation, ...endpoint };
  }
  const message = checkString(value["error"], scope, `${where}.error`, report);
  return message && { kind: "error", conditions, documentation, message };
}

function documentationOf({ documentation }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof documentation === "string" ? documentation : undefined;
}

/** Reads the conditions of a rule, each in the scope that the previous ones leave. */
export function checkConditions(value: unknown, scope: Scope, where: string, report: Report): Condition[] {
  if (!Array.isArray(value)) {
    report(where, "must be a list");
    return [];
  }
  return value.flatMap((each: unknown, index) => {
    const at = `${where}[${index}]`;
    const implied = impliedConditions(each, scope, at, report, (inner, problem) =>
      checkExpression(each, inner, at, problem),
    );
    const condition = checkCondition(each, scope, at, report);
    return condition ? [...implied, condition] : implied;
  });
}

/** Reads a condition, and records in the scope what is known once it holds. */
export function checkCondition(given: unknown, scope: Scope, where: string, report: Report): Condition | undefined {
  if (!isObject(given) || typeof given["fn"] !== "string") {
    report(where, "must be an object with a function");
    return undefined;
  }
  const value = checkExpression(given, scope, where, report);
  const { assign } = given;
  if (assign !== undefined && (typeof assign !== "string" || !identifier.test(assign))) {
    report(where, "must assign to a name of letters, digits and underscores that starts with a letter");
    return undefined;
  }
  if (assign !== undefined && scope.get(assign)) {
    report(where, `assigns to ${assign}, which is already declared`);
    return undefined;
  }
  if (!value) {
    if (assign !== undefined) scope.declareBroken(assign);
    return undefined;
  }
  if (assign !== undefined)
    return { value, assign: scope.declare(assign, { type: value.type, optional: false }, value) };
  scope.assume(value);
  return { value, assign: undefined };
}

/** Reads the endpoint of an endpoint rule. */
export function checkEndpoint(
  value: unknown,
  scope: Scope,
  where: string,
  report: Report,
): Pick<EndpointRule, "url" | "headers" | "properties"> | undefined {
  if (!isObject(value)) {
    report(where, "must be an object with a url");
    return undefined;
  }
  const url = checkString(value["url"], scope, `${where}.url`, report);
  const headers = checkHeaders(value["headers"] ?? {}, scope, `${where}.headers`, report);
  const properties = checkProperty(value["properties"] ?? {}, scope, `${where}.properties`, report, 0);
  if (properties && properties.kind !== "map") report(`${where}.properties`, "must be an object");
  return url && headers && properties?.kind === "map" ? { url, headers, properties } : undefined;
}

function checkHeaders(
  value: unknown,
  scope: Scope,
  where: string,
  report: Report,
): EndpointRule["headers"] | undefined {
  if (!isObject(value)) {
    report(where, "must be an object");
    return undefined;
  }
  return Object.entries(value).map(([name, values]): [string, Expression[]] => {
    const at = `${where}.${name}`;
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) report(at, "is not the name of a header");
    if (!Array.isArray(values)) report(at, "must be a list");
    const items: unknown[] = Array.isArray(values) ? values : [];
    return [name, items.flatMap((item, index) => checkString(item, scope, `${at}[${index}]`, report) ?? [])];
  });
}

function checkProperty(
  value: unknown,
  scope: Scope,
  where: string,
  report: Report,
  depth: number,
): Property | undefined {
  if (typeof value === "string") return checkTemplate(value, scope, where, report);
  if (typeof value === "boolean" || typeof value === "number") return checkExpression(value, scope, where, report);
  if (depth > maxDepth || typeof value !== "object" || value === null) {
    report(where, "must be a string, a boolean, an integer, a list or an object, and not too deeply nested");
    return undefined;
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => checkProperty(item, scope, `${where}[${index}]`, report, depth + 1));
    return { kind: "list", items: items.filter((item) => item !== undefined) };
  }
  if (Object.hasOwn(value, "ref") || Object.hasOwn(value, "fn")) {
    report(where, "must not be a reference or a function; a string can name a value in braces");
    return undefined;
  }
  return checkMap(value, scope, where, report, depth);
}

function checkMap(value: object, scope: Scope, where: string, report: Report, depth: number): PropertyMap {
  const entries = Object.entries(value).flatMap(([name, item]): [string, Property][] => {
    const checked = checkProperty(item, scope, `${where}.${name}`, report, depth + 1);
    return checked ? [[name, checked]] : [];
  });
  return { kind: "map", entries };
}
