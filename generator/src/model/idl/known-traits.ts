import { byName } from "../smithy/prelude-traits.js";

/** Traits of Smithy's other packages that the generator knows, with their types, by their ids. */
export const knownTraits: ReadonlyMap<string, string> = byName({
  structure:
    "aws.api#clientDiscoveredEndpoint aws.api#clientEndpointDiscovery aws.api#clientEndpointDiscoveryId aws.api#service " +
    "aws.auth#sigv4 aws.auth#sigv4a aws.auth#unsignedPayload aws.customizations#s3UnwrappedXmlOutput " +
    "aws.protocols#awsJson1_0 aws.protocols#awsJson1_1 aws.protocols#awsQuery aws.protocols#awsQueryCompatible " +
    "aws.protocols#awsQueryError aws.protocols#ec2Query aws.protocols#httpChecksum aws.protocols#restJson1 " +
    "aws.protocols#restXml smithy.protocols#rpcv2Cbor smithy.rules#contextParam smithy.rules#endpointBdd",
  string: "aws.protocols#ec2QueryName",
  map:
    "smithy.rules#clientContextParams smithy.rules#operationContextParams smithy.rules#staticContextParams " +
    "smithy.waiters#waitable",
  document: "smithy.rules#endpointRuleSet",
});
