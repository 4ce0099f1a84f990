import { expect, test } from "vitest";
import { serviceOf } from "../ir/support/model.js";

test("the customization of STS sends unsigned what brings the first credentials", () => {
  const operation = { type: "operation", input: { target: "smithy.api#Unit" }, output: { target: "smithy.api#Unit" } };
  const authOf = (sdkId: string): unknown[] =>
    serviceOf(
      { AssumeRole: operation, AssumeRoleWithSAML: operation, AssumeRoleWithWebIdentity: operation },
      { traits: { "aws.api#service": { sdkId }, "aws.protocols#awsQuery": {} } },
    ).operations.map(({ auth }) => auth);
  expect(authOf("STS")).toEqual([undefined, "none", "none"]);
  expect(authOf("Other")).toEqual([undefined, undefined, undefined]);
});
