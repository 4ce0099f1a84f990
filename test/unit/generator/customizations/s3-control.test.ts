import { describe, expect, it } from "vitest";
import { serviceOf } from "../ir/support/model.js";

const rules = {
  version: "1.0",
  parameters: {
    AccountId: { type: "string" },
    RequiresAccountId: { type: "boolean" },
  },
  rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
};

const operation = (hostPrefix: string, requires?: boolean) => ({
  type: "operation",
  input: { target: "t#In" },
  output: { target: "smithy.api#Unit" },
  traits: {
    "smithy.api#endpoint": { hostPrefix },
    "smithy.api#http": { method: "GET", uri: "/x" },
    ...(requires !== undefined && { "smithy.rules#staticContextParams": { RequiresAccountId: { value: requires } } }),
  },
});

/** Host prefixes in the order of the operations' names. */
function prefixes(sdkId: string, withRules = true): (string | undefined)[] {
  const label = { "smithy.api#required": {}, "smithy.api#hostLabel": {}, "smithy.api#httpHeader": "x-account" };
  const ir = serviceOf(
    {
      Asked: operation("{AccountId}.", true),
      AskedMore: operation("{AccountId}.data-", true),
      Unasked: operation("{AccountId}.", false),
      Unsaid: operation("{AccountId}."),
      In: { type: "structure", members: { AccountId: { target: "smithy.api#String", traits: label } } },
    },
    {
      traits: {
        "aws.api#service": { sdkId },
        "aws.protocols#restXml": {},
        ...(withRules && { "smithy.rules#endpointRuleSet": rules }),
      },
    },
  );
  return ir.operations.map(({ hostPrefix }) => hostPrefix);
}

describe("the customization of S3 Control", () => {
  const own = ["{AccountId}.", "{AccountId}.data-", "{AccountId}.", "{AccountId}."];

  it("leaves the account in the host to the rules where an operation asks them for it", () => {
    expect(prefixes("S3 Control")).toEqual([undefined, "data-", "{AccountId}.", "{AccountId}."]);
  });

  it("changes nothing where there are no rules, or of another service", () => {
    expect(prefixes("S3 Control", false)).toEqual(own);
    expect(prefixes("Other")).toEqual(own);
  });
});
