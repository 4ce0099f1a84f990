import type { Lookup } from "./lookup.js";
import { ConfigurationError } from "../errors/client.js";
import type { EndpointOption, EndpointParameters } from "../schema/service.js";
import { shown } from "../endpoints/url.js";

/**
 * Values of the service's own options for its endpoint rules, by parameter: from the option, else the environment
 * variable, else the profile, else the default.
 *
 * @throws ConfigurationError for a value of another type; the message names its source
 */
export function readEndpointOptions(
  options: object,
  known: Readonly<Record<string, EndpointOption>>,
  lookup: Lookup,
): EndpointParameters {
  const parameters: Record<string, EndpointParameters[string]> = {};
  for (const [name, option] of Object.entries(known)) {
    const value = given(name, options, option) ?? configured(option, lookup) ?? option.default;
    if (value !== undefined) parameters[option.parameter] = value;
  }
  return parameters;
}

function given(name: string, options: object, { type, values }: EndpointOption): EndpointParameters[string] {
  const value: unknown = (options as Readonly<Record<string, unknown>>)[name];
  if (value === undefined) return undefined;
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
  const fits = type === "stringArray" ? isList : typeof value === type;
  if (!fits || (values && !values.includes(String(value)))) {
    throw new ConfigurationError(`The client's option ${name} must be ${wanted(type, values)}, got ${shown(value)}`);
  }
  return value as EndpointParameters[string];
}

function configured({ type, values, source }: EndpointOption, lookup: Lookup): EndpointParameters[string] {
  if (!source) return undefined;
  if (type === "boolean") return lookup.boolean(source.variable, source.setting);
  const found = lookup.find([source.variable], source.setting);
  if (!found || !values) return found?.text;
  const text = found.text.toLowerCase();
  if (values.includes(text)) return text;
  throw new ConfigurationError(`${found.source} must be ${wanted(type, values)}, but is ${JSON.stringify(found.text)}`);
}

function wanted(type: EndpointOption["type"], values: readonly string[] | undefined): string {
  if (values) return values.join(" or ");
  if (type === "boolean") return "true or false";
  return type === "string" ? "a string" : "a list of strings";
}
