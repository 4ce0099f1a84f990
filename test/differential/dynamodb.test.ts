import { sharedPath } from "../support/shared.js";
import { compare } from "./support/compare.js";
import { awsJson } from "./support/wires.js";

const file = sharedPath("models/dynamodb-2012-08-10.json");

if (file !== undefined) {
  compare("dynamodb", {
    modelFile: file,
    packageName: "@aws-sdk/client-dynamodb",
    className: "DynamoDBClient",
    signingName: "dynamodb",
    wire: () => awsJson("application/x-amz-json-1.0"),
  });
}
