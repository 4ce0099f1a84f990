import { EndpointError } from "../errors/setup.js";
import type { EndpointParameters } from "./types.js";

interface ParameterTypes {
  readonly string: string;
  readonly boolean: boolean;
  readonly stringArray: readonly string[];
}

/** Value of a parameter of the endpoint rules; undefined where it is not set. Throws `EndpointError` for another type. */
export function endpointParameter<Type extends keyof ParameterTypes>(
  parameters: EndpointParameters,
  name: string,
  type: Type,
): ParameterTypes[Type] | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || isOfType(value, type)) return value;
  const found = Array.isArray(value) ? "list" : typeof value;
  throw new EndpointError(`The endpoint parameter ${name} has to be a ${names[type]}, not a ${found}`);
}

/** Value of a parameter that the endpoint rules require. Throws `EndpointError` where it is not set. */
export function requiredEndpointParameter<Type extends keyof ParameterTypes>(
  parameters: EndpointParameters,
  name: string,
  type: Type,
): ParameterTypes[Type] {
  const value = endpointParameter(parameters, name, type);
  if (value === undefined) throw new EndpointError(`The endpoint parameter ${name} is required, and it is not set`);
  return value;
}

const names: Readonly<Record<keyof ParameterTypes, string>> = {
  string: "string",
  boolean: "boolean",
  stringArray: "list of strings",
};

function isOfType<Type extends keyof ParameterTypes>(value: unknown, type: Type): value is ParameterTypes[Type] {
  if (type === "stringArray") return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === type;
}
