import { ConfigurationError } from "../errors/client.js";
import type { EndpointOption, EndpointParameters, OptionLookup, ServiceEndpointOptions } from "../schema/service.js";
import { shown } from "../endpoints/url.js";

/**
 * Client options of one service that are parameters of its endpoint rules. Each is read from the client's options, else
 * from an environment variable, else from the profile, else it has its default.
 *
 * @param options by the name of the option
 */
export function endpointOptions(options: Readonly<Record<string, EndpointOption>>): ServiceEndpointOptions {
  return {
    options,
    read(client, lookup) {
      const parameters: Record<string, EndpointParameters[string]> = {};
      for (const [name, option] of Object.entries(options)) {
        const value = given(name, client, option) ?? configured(option, lookup) ?? option.default;
        if (value !== undefined) parameters[option.parameter] = value;
      }
      return parameters;
    },
  };
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

function configured({ type, values, source }: EndpointOption, lookup: OptionLookup): EndpointParameters[string] {
  if (!source) return undefined;
  if (type === "boolean") return lookup.boolean(source.variable, source.setting);
  const found = lookup.find([source.variable], source.setting);
  if (!found || !values) return found?.text;
  const known = values.find((value) => value.toLowerCase() === found.text.toLowerCase());
  if (known !== undefined) return known;
  throw new ConfigurationError(`${found.source} must be ${wanted(type, values)}, but is ${JSON.stringify(found.text)}`);
}

function wanted(type: EndpointOption["type"], values: readonly string[] | undefined): string {
  if (values) return values.join(" or ");
  if (type === "boolean") return "true or false";
  return type === "string" ? "a string" : "a list of strings";
}
