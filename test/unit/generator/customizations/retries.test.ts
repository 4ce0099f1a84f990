import { expect, test } from "vitest";
import { describeOperation, describeService } from "#generator/ir/descriptor.js";
import type { ServiceIr } from "#generator/ir/ir.js";
import { serviceOf } from "../ir/support/model.js";

function service(sdkId: string, operations: Readonly<Record<string, object>>): ServiceIr {
  const unit = { target: "smithy.api#Unit" };
  const shapes = Object.entries(operations).map(([name, traits]) => [
    name,
    { type: "operation", input: unit, output: unit, traits },
  ]);
  return serviceOf(Object.fromEntries(shapes), {
    traits: { "aws.api#service": { sdkId }, "aws.protocols#awsJson1_0": {} },
  });
}

/** The operations that are described as long polls. */
function longPolls(ir: ServiceIr): string[] {
  return ir.operations.flatMap((each) =>
    describeOperation(each, ir.protocol)["longPoll"] === true ? [each.name] : [],
  );
}

test("smithy.api#longPoll is a fact of the operation", () => {
  const trait = { "smithy.api#longPoll": { timeoutMillis: 70_000 } };
  expect(longPolls(service("Shop", { Poll: trait, ReceiveMessage: {} }))).toEqual(["Poll"]);
});

test("the long polls of SQS, Step Functions and SWF, whose models do not have the trait", () => {
  expect(longPolls(service("SQS", { ReceiveMessage: {}, SendMessage: {} }))).toEqual(["ReceiveMessage"]);
  expect(longPolls(service("SFN", { GetActivityTask: {}, StartExecution: {} }))).toEqual(["GetActivityTask"]);
  expect(longPolls(service("SWF", { PollForActivityTask: {}, PollForDecisionTask: {}, ListDomains: {} }))).toEqual([
    "PollForActivityTask",
    "PollForDecisionTask",
  ]);
});

test("DynamoDB and its streams have retry defaults of their own", () => {
  const parts = { protocol: "", resolveEndpoint: "", authSchemes: [], endpointOptions: () => undefined };
  const retryOf = (sdkId: string): unknown => describeService(service(sdkId, { GetItem: {} }), parts)["retry"];
  const own = { maxAttempts: 4, transientBase: 25 };
  expect(["DynamoDB", "DynamoDB Streams"].map(retryOf)).toEqual([own, own]);
  expect(retryOf("Shop")).toBeUndefined();
});
