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

test("the customization of STS retries a failure to reach the identity provider", () => {
  const error = { type: "structure", members: {}, traits: { "smithy.api#error": "client" } };
  const unit = { target: "smithy.api#Unit" };
  const retryableOf = (sdkId: string): unknown[] => {
    const { errors, operations } = serviceOf(
      {
        AssumeRole: {
          type: "operation",
          input: unit,
          output: unit,
          errors: names.map((name) => ({ target: `t#${name}` })),
        },
        ...Object.fromEntries(names.map((name) => [name, error])),
      },
      { traits: { "aws.api#service": { sdkId }, "aws.protocols#awsQuery": {} } },
    );
    return [errors, operations[0]?.errors].map((list) => list?.map((each) => each.error?.retryable));
  };
  const names = ["ExpiredTokenException", "IDPCommunicationErrorException"];
  expect(retryableOf("STS")).toEqual([
    [undefined, true],
    [undefined, true],
  ]);
  expect(retryableOf("Other")).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
});
