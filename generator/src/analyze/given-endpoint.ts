import type { Diagnostic } from "../diagnostics.js";
import type { ServiceShape } from "../model/model.js";
import { hasTrait } from "./traits.js";

/** Value: the URL of a service that has one endpoint. Smithy has no trait for it but endpoint rules. */
export const endpointTrait = "clientsmith#endpoint";

/**
 * The service with endpoint rules for its `clientsmith#endpoint`: the URL, unless the client has the option `endpoint`. Rules
 * of its own take precedence.
 */
export function withGivenEndpoint(service: ServiceShape): ServiceShape | Diagnostic {
  const { id, traits } = service;
  const hasRules = ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"].some((name) => hasTrait(traits, name));
  if (!hasTrait(traits, endpointTrait) || hasRules) return service;
  const url = traits[endpointTrait];
  if (typeof url !== "string" || !/^https?:\/\/[^\s?#@{}]+$/.test(url) || !URL.canParse(url)) {
    const message = `The trait ${endpointTrait} must be the URL of the service without a query, such as "https://api.example.com".`;
    return { severity: "error", code: "invalid-endpoint", shapeId: id, message };
  }
  const Endpoint = { ref: "Endpoint" };
  const ruleSet = {
    version: "1.0",
    parameters: {
      Endpoint: { type: "string", builtIn: "SDK::Endpoint", documentation: "The endpoint of the client." },
    },
    rules: [
      { type: "endpoint", conditions: [{ fn: "isSet", argv: [Endpoint] }], endpoint: { url: Endpoint } },
      { type: "endpoint", conditions: [], endpoint: { url: url.replace(/\/+$/, "") } },
    ],
  };
  return { ...service, traits: { ...traits, "smithy.rules#endpointRuleSet": ruleSet } };
}
