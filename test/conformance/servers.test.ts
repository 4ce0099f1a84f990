import { serverSuite } from "./support/server-suite.js";

const json11 = "aws.protocols#awsJson1_1";
const json10 = "aws.protocols#awsJson1_0";
const query = "aws.protocols#awsQuery";
const ec2 = "aws.protocols#ec2Query";
const restJson = "aws.protocols#restJson1";
const restXml = "aws.protocols#restXml";
const cbor = "smithy.protocols#rpcv2Cbor";

const noBody = "the case states headers of a compressed request, and no body";
const notSent = "an empty collection is not sent, so the service cannot tell it from none";
const emptyPayload = "clients send {} for an empty structure and for none";
const offset = "the body has an offset, which no timestamp has; services write UTC";
const notInParams = "the body has text that the case's parameters do not";
const namespaces =
  "descriptors of the query protocols have no namespaces of members, which clients of these protocols ignore";
const allParameters =
  "the case leaves out the map of all parameters, which RestXmlServersPutAllQueryParamsInMap and the same case of restJson1 have";

serverSuite({
  file: "json.jsonprotocol.json",
  protocol: json11,
  requests: 57,
  responses: 45,
  knownFailures: {
    "AwsJson11IntEnums response": "the case has the header of a request",
    parses_the_request_id_from_the_response: "request IDs are the service's own",
    SDKAppliedContentEncoding_awsJson1_1: noBody,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1: noBody,
  },
});
serverSuite({ file: "machinelearning.amazonml_20141212.json", protocol: json11, requests: 1, responses: 0 });
serverSuite({
  file: "json10.jsonrpc10.json",
  protocol: json10,
  requests: 25,
  responses: 21,
  knownFailures: {
    SDKAppliedContentEncoding_awsJson1_0: noBody,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0: noBody,
  },
});
serverSuite({ file: "json10.querycompatiblejsonrpc10.json", protocol: json10, requests: 1, responses: 2 });
serverSuite({
  file: "query.awsquery.json",
  protocol: query,
  requests: 35,
  responses: 31,
  knownFailures: {
    QueryCustomizedError: "descriptors do not have httpResponseCode of aws.protocols#awsQueryError",
    QueryEmptyQueryMaps: notSent,
    QueryNoInputAndNoOutputWithResponseMetadata: "the body lacks the namespace of the service",
    QueryQueryFlattenedXmlMapWithXmlNamespace: namespaces,
    QueryXmlLists: namespaces,
    QueryXmlNamespaces: namespaces,
    SDKAppliedContentEncoding_awsQuery: noBody,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery: noBody,
  },
});
serverSuite({
  file: "ec2.awsec2.json",
  protocol: ec2,
  requests: 27,
  responses: 26,
  knownFailures: {
    Ec2ComplexError: notInParams,
    Ec2EmptyQueryLists: notSent,
    Ec2QueryDateTimeWithNegativeOffset: offset,
    Ec2QueryDateTimeWithPositiveOffset: offset,
    Ec2XmlLists: namespaces,
    Ec2XmlNamespaces: namespaces,
    SDKAppliedContentEncoding_ec2Query: noBody,
    SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query: noBody,
  },
});
serverSuite({
  file: "restjson.restjson.json",
  protocol: restJson,
  requests: 131,
  responses: 91,
  knownFailures: {
    RestJsonHttpWithEmptyStructurePayload: emptyPayload,
    RestJsonHttpWithHeadersButNoPayload: emptyPayload,
    RestJsonOmitsEmptyListQueryValues: notSent,
    SDKAppliedContentEncoding_restJson1: noBody,
    SDKAppendedGzipAfterProvidedEncoding_restJson1: noBody,
  },
});
serverSuite({ file: "validation.restjsonvalidation.json", protocol: restJson, requests: 1, responses: 0 });
serverSuite({ file: "glacier.glacier.json", protocol: restJson, requests: 1, responses: 0 });
serverSuite({ file: "apigateway.backplanecontrolservice.json", protocol: restJson, requests: 1, responses: 0 });
serverSuite({
  file: "restxml.restxml.json",
  protocol: restXml,
  requests: 89,
  responses: 74,
  knownFailures: {
    AllQueryStringTypes: allParameters,
    ComplexError: notInParams,
    InvalidGreetingError: notInParams,
    RestXmlDateTimeWithNegativeOffset: offset,
    RestXmlDateTimeWithPositiveOffset: offset,
    RestXmlQueryStringEscaping: allParameters,
    RestXmlSupportsInfinityFloatQueryValues: allParameters,
    RestXmlSupportsNaNFloatQueryValues: allParameters,
    RestXmlSupportsNegativeInfinityFloatQueryValues: allParameters,
    RestXmlZeroAndFalseQueryValues: allParameters,
    SDKAppliedContentEncoding_restXml: noBody,
    SDKAppendedGzipAfterProvidedEncoding_restXml: noBody,
  },
});
serverSuite({ file: "xmlns.restxmlwithnamespace.json", protocol: restXml, requests: 1, responses: 1 });
serverSuite({ file: "s3.amazons3.json", protocol: restXml, requests: 11, responses: 2 });
serverSuite({ file: "rpcv2cbor.rpcv2protocol.json", protocol: cbor, requests: 35, responses: 25 });
serverSuite({ file: "rpcv2cbor.querycompatiblerpcv2protocol.json", protocol: cbor, requests: 1, responses: 2 });
serverSuite({ file: "rpcv2cbor.nonquerycompatiblerpcv2protocol.json", protocol: cbor, requests: 1, responses: 0 });
