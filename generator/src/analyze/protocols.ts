import type { Diagnostic } from "../diagnostics.js";
import type { Model, ServiceShape } from "../model/model.js";
import { hasTrait } from "./traits.js";
import type { ProtocolSupport } from "../ir/support.js";

/** Member traits that protocols with `smithy.api#http` bindings read. */
const httpBindings = [
  "httpLabel",
  "httpQuery",
  "httpQueryParams",
  "httpHeader",
  "httpPrefixHeaders",
  "httpPayload",
  "httpResponseCode",
];

/**
 * Supported protocols in order of preference. The first one that a service declares is used, unless the `protocol`
 * option names another. JSON comes before CBOR: JavaScript engines parse it natively and people can read it. The query
 * protocols come last: services keep them for old clients.
 */
export const protocols: readonly ProtocolSupport[] = [
  {
    id: "aws.protocols#awsJson1_0",
    symbol: "awsJson1_0",
    bindings: [],
    xml: false,
    http: false,
    json: true,
    eventStreams: true,
    local: true,
  },
  {
    id: "aws.protocols#awsJson1_1",
    symbol: "awsJson1_1",
    bindings: [],
    xml: false,
    http: false,
    json: true,
    eventStreams: true,
    local: true,
  },
  {
    id: "aws.protocols#restJson1",
    symbol: "restJson1",
    bindings: [...httpBindings, "jsonName"],
    xml: false,
    http: true,
    json: true,
    eventStreams: true,
    local: true,
  },
  {
    id: "smithy.protocols#rpcv2Cbor",
    symbol: "rpcv2Cbor",
    bindings: [],
    xml: false,
    http: false,
    eventStreams: true,
    local: true,
  },
  {
    id: "aws.protocols#restXml",
    symbol: "restXml",
    bindings: [...httpBindings, "xmlAttribute", "xmlFlattened", "xmlName", "xmlNamespace"],
    xml: true,
    http: true,
    eventStreams: true,
    local: true,
  },
  {
    id: "aws.protocols#awsQuery",
    symbol: "awsQuery",
    bindings: ["xmlAttribute", "xmlFlattened", "xmlName", "xmlNamespace"],
    xml: false,
    http: false,
    queryErrors: true,
    local: true,
  },
  {
    id: "aws.protocols#ec2Query",
    symbol: "ec2Query",
    bindings: ["ec2QueryName", "xmlAttribute", "xmlFlattened", "xmlName", "xmlNamespace"],
    xml: false,
    http: false,
    local: true,
  },
];

const isProtocolTrait = (id: string): boolean => /^(aws|smithy)\.protocols#/.test(id) && !auxiliary.has(id);

/** Traits in the namespaces of protocols that are not protocols. */
const auxiliary: ReadonlySet<string> = new Set([
  "aws.protocols#awsQueryCompatible",
  "aws.protocols#awsQueryError",
  "aws.protocols#ec2QueryName",
  "aws.protocols#httpChecksum",
]);

/** Shape IDs of the protocols that a service declares: well-known ones, and those that the model itself defines. */
export function declaredProtocols(service: ServiceShape, model: Model): string[] {
  const isDefined = (id: string): boolean => {
    const definition = model.shapes.get(id);
    return definition !== undefined && hasTrait(definition.traits, "smithy.api#protocolDefinition");
  };
  return Object.keys(service.traits).filter((id) => isProtocolTrait(id) || isDefined(id));
}

/** The protocol to generate for, or an error that lists the declared and the supported protocols. */
export function chooseProtocol(
  model: Model,
  service: ServiceShape,
  wanted: string | undefined,
  supported: readonly ProtocolSupport[] = protocols,
): ProtocolSupport | Diagnostic {
  const declared = [...new Set([...declaredProtocols(service, model), ...supported.map(({ id }) => id)])].filter((id) =>
    hasTrait(service.traits, id),
  );
  const isWanted = (id: string): boolean => wanted === undefined || id === wanted || id.split("#")[1] === wanted;
  const choice = supported.find(({ id }) => declared.includes(id) && isWanted(id));
  if (choice) return choice;
  const asked = wanted === undefined ? "" : ` ${wanted} was requested.`;
  return {
    severity: "error",
    code: "unsupported-protocol",
    shapeId: service.id,
    message: `The service declares ${declared.join(", ") || "no protocol"}; supported are ${supported.map(({ id }) => id).join(", ")}.${asked}`,
  };
}
