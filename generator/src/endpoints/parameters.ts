import { isObject } from "./expressions.js";
import type { Report, Scope } from "./scope.js";
import type { Parameter, ParameterType } from "./tree.js";

/** Names of parameters and variables. Real rule sets use underscores, which the grammar does not allow. */
export const identifier = /^[A-Za-z]\w*$/;

const types: ReadonlyMap<string, ParameterType> = new Map<string, ParameterType>([
  ["string", "string"],
  ["boolean", "boolean"],
  ["stringarray", "stringArray"],
]);

/**
 * Reads a rule set's parameters and declares them.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/specification.html#parameter-object
 */
export function checkParameters(value: unknown, scope: Scope, report: Report): Parameter[] {
  if (!isObject(value)) {
    report("parameters", "must be an object");
    return [];
  }
  return Object.entries(value).flatMap(([name, parameter]) => checkParameter(name, parameter, scope, report) ?? []);
}

function checkParameter(name: string, value: unknown, scope: Scope, report: Report): Parameter | undefined {
  const where = `parameters.${name}`;
  if (!identifier.test(name)) {
    report(where, "must have a name of letters, digits and underscores that starts with a letter");
    return undefined;
  }
  const type = isObject(value) ? types.get(String(value["type"]).toLowerCase()) : undefined;
  if (!isObject(value) || !type) {
    report(where, "must be an object with the type string, boolean or stringArray");
    scope.declareBroken(name);
    return undefined;
  }
  const { required = false, default: fallback, builtIn, documentation } = value;
  if (typeof required !== "boolean") report(where, "must set required to true or false");
  if (fallback !== undefined && !isOfType(fallback, type)) report(where, `must have a default of its type, ${type}`);
  if (fallback !== undefined && required !== true) report(where, "must be required, because it has a default");
  if (builtIn !== undefined && typeof builtIn !== "string") report(where, "must have a string as builtIn");
  return {
    variable: scope.declare(name, { type, optional: required !== true }),
    name,
    type,
    required: required === true,
    default: isOfType(fallback, type) ? fallback : undefined,
    builtIn: typeof builtIn === "string" ? builtIn : undefined,
    documentation: typeof documentation === "string" ? documentation : undefined,
  };
}

function isOfType(value: unknown, type: ParameterType): value is string | boolean | readonly string[] {
  if (type === "stringArray") return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === type;
}
