import { sharedPath } from "../support/shared.js";
import { compare } from "./support/compare.js";
import { restJson } from "./support/wires.js";

const file = sharedPath("models/lambda-2015-03-31.json");

if (file !== undefined) {
  compare("lambda", {
    modelFile: file,
    packageName: "@aws-sdk/client-lambda",
    className: "LambdaClient",
    signingName: "lambda",
    wire: () => restJson,
  });
}
