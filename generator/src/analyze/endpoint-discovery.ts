import type { Model, OperationShape, ServiceShape } from "../model/model.js";
import type { EndpointDiscoveryIr, EndpointOptionIr, OperationIr } from "../ir/ir.js";
import { hasTrait, recordTrait } from "./traits.js";

/**
 * How the endpoint of an operation is discovered. Undefined if the operation does not use endpoint discovery, or if the
 * service does not declare the operation that returns endpoints.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#aws-api-clientdiscoveredendpoint-trait
 */
export function readEndpointDiscovery(
  model: Model,
  service: ServiceShape,
  { id, input, traits }: OperationShape,
): EndpointDiscoveryIr | undefined {
  const trait = recordTrait(traits, "aws.api#clientDiscoveredEndpoint");
  const { operation, error } = recordTrait(service.traits, "aws.api#clientEndpointDiscovery") ?? {};
  if (!trait || typeof operation !== "string" || operation === id) return undefined;
  if (model.shapes.get(operation)?.type !== "operation") return undefined;
  const shape = model.shapes.get(input);
  const members = shape?.type === "structure" ? [...shape.members.values()] : [];
  return {
    operation,
    required: trait["required"] === true,
    error: typeof error === "string" ? error.slice(error.indexOf("#") + 1) : undefined,
    ids: members
      .filter((member) => hasTrait(member.traits, "aws.api#clientEndpointDiscoveryId"))
      .map(({ name }) => name),
  };
}

/** The client option that enables endpoint discovery for operations that do not require it. */
export function discoveryOptions(operations: readonly OperationIr[]): readonly EndpointOptionIr[] {
  if (!operations.some(({ endpointDiscovery }) => endpointDiscovery?.required === false)) return [];
  return [
    {
      name: "endpointDiscoveryEnabled",
      parameter: "endpointDiscoveryEnabled",
      type: "boolean",
      documentation: "Ask the service for the endpoint of operations that offer it.",
      values: undefined,
      default: false,
      source: { variable: "AWS_ENABLE_ENDPOINT_DISCOVERY", setting: "endpoint_discovery_enabled" },
    },
  ];
}
