import type { ServiceDefinition } from "./types.js";

const instead =
  "Make a definition of the model first: Service.defineService(await serviceModel(json)), with serviceModel of the package clientsmith";

/**
 * Refuses what aws-sdk 2 takes for a class of service objects and what is no definition. A model is read by the generator,
 * which no client depends on.
 *
 * @throws TypeError that says what to write instead
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

/** The error of `new Service()`, which has no operations; aws-sdk 2 takes a model there. */
export function noDefinition(options: object): TypeError {
  const { apiConfig } = options as { readonly apiConfig?: unknown };
  const what = apiConfig === undefined ? "" : ", and the option apiConfig is not read";
  return new TypeError(`A Service is made by a class of its own${what}. ${instead}`);
}

function kindOfModel(given: Readonly<Record<string, unknown>>): string | undefined {
  if ("smithy" in given) return "a Smithy model";
  return "metadata" in given && "operations" in given ? "an api-2 description" : undefined;
}
