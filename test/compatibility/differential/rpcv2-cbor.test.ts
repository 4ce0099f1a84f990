import { join } from "node:path";
import { peer } from "../../support/peers.js";
import { root, sharedPath } from "../../support/shared.js";
import { compare, type Comparison } from "./support/compare.js";
import { compareUnusual } from "./support/unusual.js";
import { rpcv2Cbor } from "./support/wires.js";

/** An overlay gives our client the protocol, an option theirs. */
const inCbor: Pick<Comparison, "protocol" | "options" | "wire"> = {
  protocol: "smithy.protocols#rpcv2Cbor",
  options: async () => ({ protocol: (await peer("@aws-sdk/core/protocols"))["AwsSmithyRpcV2CborProtocol"] }),
  wire: rpcv2Cbor,
};

compare(
  "dynamodb-in-cbor",
  {
    ...inCbor,
    modelFile: sharedPath("models/dynamodb-2012-08-10.json"),
    packageName: "@aws-sdk/client-dynamodb",
    className: "DynamoDBClient",
    signingName: "dynamodb",
  },
  (compared) => compareUnusual(compared, "GetItem"),
);

compare("cloudtrail-in-cbor", {
  ...inCbor,
  modelFile: join(root, "model/cloudtrail.json"),
  packageName: "@aws-sdk/client-cloudtrail",
  className: "CloudTrailClient",
  signingName: "cloudtrail",
});
