import { protocolSuite } from "./support/suite.js";

const protocols = ["aws.protocols#restJson1"];
const streaming = "streaming: the operation is left out";
const glacier = "a particular of Glacier, and streaming: the operation is left out";

protocolSuite({
  file: "restjson.restjson.json",
  protocols,
  count: 242,
  knownFailures: {
    RestJsonHttpChecksumRequired: "httpChecksumRequired, which several protocols share, is not done yet",
    RestJsonStreamingTraitsWithBlob: streaming,
    RestJsonStreamingTraitsWithNoBlobBody: streaming,
    RestJsonStreamingTraitsRequireLengthWithBlob: streaming,
    RestJsonStreamingTraitsRequireLengthWithNoBlobBody: streaming,
    RestJsonStreamingTraitsWithMediaTypeWithBlob: streaming,
  },
});
protocolSuite({ file: "validation.restjsonvalidation.json", protocols, count: 1 });
protocolSuite({
  file: "glacier.glacier.json",
  protocols,
  count: 4,
  knownFailures: {
    GlacierVersionHeader: glacier,
    GlacierChecksums: glacier,
    GlacierAccountId: glacier,
    GlacierMultipartChecksums: glacier,
  },
});
protocolSuite({
  file: "apigateway.backplanecontrolservice.json",
  protocols,
  count: 1,
  knownFailures: { ApiGatewayAccept: "the Accept header that API Gateway asks for is a particular of this service" },
});
