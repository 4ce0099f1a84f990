import { serverSuite } from "./support/server-suite.js";

const json11 = "aws.protocols#awsJson1_1";
const json10 = "aws.protocols#awsJson1_0";
const query = "aws.protocols#awsQuery";
const ec2 = "aws.protocols#ec2Query";
const restJson = "aws.protocols#restJson1";
const restXml = "aws.protocols#restXml";
const cbor = "smithy.protocols#rpcv2Cbor";

/** Cases of clients that name no side, although no service can pass them. Each contradicts what its reason names. */
const notSent = (other: string): string =>
  `an empty collection is not sent: the request is that of an absent one, which ${other} expects to be absent`;
const offset =
  "a case of how clients read offsets, which restJson1 marks so; a timestamp has no offset, and services write UTC";
const allParameters =
  "contradicts RestXmlServersPutAllQueryParamsInMap: leaves out the map of all parameters, which the same case of restJson1 has";

serverSuite({
  file: "json.jsonprotocol.json",
  protocol: json11,
  requests: 57,
  responses: 45,
  knownFailures: {
    "AwsJson11IntEnums response": "expects X-Amz-Target, a header of requests, in the response",
    parses_the_request_id_from_the_response:
      "a case of how clients read the request ID: a service gives each response an ID of its own",
  },
});
serverSuite({ file: "machinelearning.amazonml_20141212.json", protocol: json11, requests: 1, responses: 0 });
serverSuite({
  file: "json10.jsonrpc10.json",
  protocol: json10,
  requests: 25,
  responses: 21,
});
serverSuite({ file: "json10.querycompatiblejsonrpc10.json", protocol: json10, requests: 1, responses: 2 });
serverSuite({
  file: "query.awsquery.json",
  protocol: query,
  requests: 35,
  responses: 31,
  knownFailures: {
    QueryEmptyQueryMaps: notSent("QuerySimpleQueryMaps"),
    QueryNoInputAndNoOutputWithResponseMetadata:
      "the body lacks the namespace of the service, which awsQuery requires of each response",
  },
});
serverSuite({
  file: "ec2.awsec2.json",
  protocol: ec2,
  requests: 27,
  responses: 26,
  knownFailures: {
    Ec2EmptyQueryLists: notSent("Ec2Lists"),
    Ec2QueryDateTimeWithNegativeOffset: offset,
    Ec2QueryDateTimeWithPositiveOffset: offset,
  },
});
serverSuite({
  file: "restjson.restjson.json",
  protocol: restJson,
  requests: 131,
  responses: 91,
  knownFailures: {
    RestJsonOmitsEmptyListQueryValues: notSent("RestJsonQueryStringMap"),
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
    InvalidGreetingError: "the body has an element that is no member of the error",
    RestXmlDateTimeWithNegativeOffset: offset,
    RestXmlDateTimeWithPositiveOffset: offset,
    RestXmlQueryStringEscaping: allParameters,
    RestXmlSupportsInfinityFloatQueryValues: allParameters,
    RestXmlSupportsNaNFloatQueryValues: allParameters,
    RestXmlSupportsNegativeInfinityFloatQueryValues: allParameters,
    RestXmlZeroAndFalseQueryValues: allParameters,
  },
});
serverSuite({ file: "xmlns.restxmlwithnamespace.json", protocol: restXml, requests: 1, responses: 1 });
serverSuite({ file: "s3.amazons3.json", protocol: restXml, requests: 11, responses: 2 });
serverSuite({ file: "rpcv2cbor.rpcv2protocol.json", protocol: cbor, requests: 35, responses: 25 });
serverSuite({ file: "rpcv2cbor.querycompatiblerpcv2protocol.json", protocol: cbor, requests: 1, responses: 2 });
serverSuite({ file: "rpcv2cbor.nonquerycompatiblerpcv2protocol.json", protocol: cbor, requests: 1, responses: 0 });
