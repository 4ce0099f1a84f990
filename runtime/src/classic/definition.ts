import type { ServiceDefinition } from "./types.js";
import type { ServiceConfig } from "./config/config.js";

const instead =
  "Make a definition of the model first: Service.defineService(await serviceModel(json)), with serviceModel of the package clientsmith";

/**
 * Rejects what AWS SDK v2 accepts for a class of service objects, and every other value that is no definition. Only the
 * generator reads models, and no client depends on it.
 *
 * @throws TypeError with the code to write instead
 */
export function checkDefinition(definition: unknown): asserts definition is ServiceDefinition {
  if (typeof definition === "string") {
    const name = JSON.stringify(definition);
    throw new TypeError(
      `Service.defineService() does not know services by a name and versions, as ${name}. ${instead}`,
    );
  }
  const given = (typeof definition === "object" ? definition : null) as Readonly<Record<string, unknown>> | null;
  const kind = given && kindOfModel(given);
  if (kind) {
    throw new TypeError(`Service.defineService() does not read models, and this is ${kind}. ${instead}`);
  }
  const { model, serviceIdentifier, apiVersions } = given ?? {};
  if (typeof model === "object" && model && typeof serviceIdentifier === "string" && Array.isArray(apiVersions)) return;
  throw new TypeError(`Service.defineService() takes a service's definition. ${instead}`);
}

/** The error of `new Service()`, which has no operations; AWS SDK v2 accepts a model there. */
export function noDefinition(options: object): TypeError {
  const { apiConfig } = options as { readonly apiConfig?: unknown };
  const what = apiConfig === undefined ? "" : ", and the option apiConfig is not read";
  return new TypeError(`A Service is made by a class of its own${what}. ${instead}`);
}

function kindOfModel(given: Readonly<Record<string, unknown>>): string | undefined {
  if ("smithy" in given) return "a Smithy model";
  return "metadata" in given && "operations" in given ? "an api-2 description" : undefined;
}

/**
 * Checks the version that the configuration requires: the newest one up to a date. A package has one version of its service,
 * so a request can only be too old.
 *
 * @throws Error where all versions are newer
 */
export function checkApiVersion({ serviceIdentifier, apiVersions }: ServiceDefinition, config: ServiceConfig): void {
  const requested = config.apiVersions?.[serviceIdentifier] ?? config.apiVersion ?? "latest";
  const version = requested instanceof Date ? requested.toISOString().slice(0, 10) : requested;
  if (apiVersions.length === 0 || apiVersions.some((each) => each.slice(0, 10) <= version)) return;
  throw new Error(`Could not find ${serviceIdentifier} API to satisfy version constraint \`${version}'`);
}
