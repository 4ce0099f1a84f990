import { protocolSuite } from "./support/suite.js";

const protocols = ["aws.protocols#restJson1"];
const streaming = "streaming: the operation is left out";

protocolSuite({
  file: "restjson.restjson.json",
  protocols,
  count: 242,
  knownFailures: {
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
  refused: /unsupported-streaming.*2 of 2: the input member body is a streamed body/,
  knownFailures: {
    GlacierVersionHeader: streaming,
    GlacierChecksums: streaming,
    GlacierAccountId: streaming,
    GlacierMultipartChecksums: streaming,
  },
});
protocolSuite({ file: "apigateway.backplanecontrolservice.json", protocols, count: 1 });
