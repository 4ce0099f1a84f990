import { expect, test } from "vitest";
import { describePagination } from "#generator/ir/descriptor.js";
import { serviceOf } from "../ir/support/model.js";

/** How the one operation of a service pages. */
function paginationOf(sdkId: string, operation: string, trait?: object, more = "IsTruncated"): object | undefined {
  const paginated = { inputToken: "Token", outputToken: "Next" };
  const ir = serviceOf(
    {
      [operation]: {
        type: "operation",
        input: { target: "t#In" },
        output: { target: "t#Out" },
        traits: { "smithy.api#paginated": paginated, ...(trait && { "clientsmith#lastPage": trait }) },
      },
      In: { type: "structure", members: { Token: { target: "smithy.api#String" } } },
      Out: {
        type: "structure",
        members: { Next: { target: "smithy.api#String" }, [more]: { target: "smithy.api#Boolean" } },
      },
    },
    { traits: { "aws.api#service": { sdkId }, "aws.protocols#awsJson1_1": {} } },
  );
  const pagination = ir.operations[0]?.pagination;
  return pagination && describePagination(pagination);
}

const plain = { inputToken: "Token", outputToken: ["Next"] };

test.each([
  ["CloudWatch Logs", "GetLogEvents", "IsTruncated", { endsOnSameToken: true }],
  ["S3", "ListParts", "IsTruncated", { moreResults: ["IsTruncated"] }],
  ["RDS", "DownloadDBLogFilePortion", "AdditionalDataPending", { moreResults: ["AdditionalDataPending"] }],
])("%s %s ends as the service documents it", (sdkId, operation, more, rule) => {
  expect(paginationOf(sdkId, operation, undefined, more)).toEqual({ ...plain, ...rule });
});

test.each([
  ["S3", "ListObjectsV2", "IsTruncated"],
  ["S3", "ListParts", "Truncated"],
  ["Other Service", "ListParts", "IsTruncated"],
  ["Other Service", "GetLogEvents", "HasMore"],
])("%s %s with a member %s ends where there is no token: nothing is guessed from a name", (sdkId, operation, more) => {
  expect(paginationOf(sdkId, operation, undefined, more)).toEqual(plain);
});

test("the trait of an overlay sets the rules, and takes precedence over a customization", () => {
  const rule = { moreResults: "IsTruncated" };
  expect(paginationOf("Other Service", "List", rule)).toEqual({ ...plain, moreResults: ["IsTruncated"] });
  expect(paginationOf("Other Service", "List", { sameToken: true })).toEqual({ ...plain, endsOnSameToken: true });
  expect(paginationOf("CloudWatch Logs", "GetLogEvents", rule)).toEqual({ ...plain, moreResults: ["IsTruncated"] });
});
