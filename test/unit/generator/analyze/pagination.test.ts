import { readService } from "clientsmith";
import { describe, expect, test } from "vitest";
import { modelOf, readGood } from "../model/smithy/support/model.js";

const model = modelOf({
  "a#Service": {
    type: "service",
    version: "1",
    operations: [{ target: "a#List" }],
    traits: { "aws.api#service": { sdkId: "Lists" }, "aws.protocols#awsJson1_1": {} },
  },
  "a#List": {
    type: "operation",
    input: { target: "a#In" },
    output: { target: "a#Out" },
    traits: { "smithy.api#paginated": { inputToken: "token", outputToken: "next" } },
  },
  "a#In": { type: "structure", members: { token: { target: "smithy.api#String" } } },
  "a#Out": {
    type: "structure",
    members: { next: { target: "smithy.api#String" }, state: { target: "a#State" } },
  },
  "a#State": {
    type: "structure",
    members: { more: { target: "smithy.api#Boolean" }, at: { target: "smithy.api#String" } },
  },
});

function read(rule: object) {
  const overlay = { apply: [{ shape: "a#List", reason: "documented", traits: { "clientsmith#lastPage": rule } }] };
  const { service, diagnostics } = readService(readGood(model, overlay as never), { service: "a#Service" });
  return { pagination: service?.operations[0]?.pagination, diagnostics };
}

describe("clientsmith#lastPage in an overlay", () => {
  test.for([
    [{ moreResults: "state.more" }, { moreResults: ["state", "more"], endsOnSameToken: false }],
    [{ sameToken: true }, { moreResults: undefined, endsOnSameToken: true }],
    [
      { moreResults: "state.more", sameToken: true },
      { moreResults: ["state", "more"], endsOnSameToken: true },
    ],
  ] as const)("%j reports where the pages end", ([rule, expected]) => {
    const { pagination, diagnostics } = read(rule);
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    expect(pagination).toMatchObject(expected);
  });

  test.for([
    [{ moreResults: "state.gone" }, "must have the path of a boolean output member as moreResults"],
    [{ moreResults: "state.at" }, "must have the path of a boolean output member as moreResults"],
    [{ moreResults: 5 }, "must have the path of a boolean output member as moreResults"],
    [{ sameTokens: true }, "has an unknown property sameTokens; known are moreResults and sameToken"],
    [{ sameToken: false }, "has no rule"],
    [{}, "has no rule"],
  ] as const)("%j is reported, and no paginator is written", ([rule, problem]) => {
    const { pagination, diagnostics } = read(rule);
    expect(pagination).toBeUndefined();
    expect(diagnostics).toMatchObject([
      {
        severity: "warning",
        code: "unusable-pagination",
        shapeId: "a#List",
        message: `clientsmith#lastPage ${problem}; no paginator is written for the operation.`,
      },
    ]);
  });
});
