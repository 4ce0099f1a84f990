import { describe, expect, it } from "vitest";
import { endpointBdd, readEndpointParameters } from "#generator/analyze/endpoint-options.js";

const read = (parameters: object, clientParams: object = {}) =>
  readEndpointParameters({
    "smithy.rules#endpointRuleSet": { version: "1.0", parameters, rules: [] },
    "smithy.rules#clientContextParams": clientParams,
  });

describe("options for endpoint parameters", () => {
  it("are none of those that every client has", () => {
    const { endpointBuiltIns, endpointOptions } = read({
      Region: { type: "string", builtIn: "AWS::Region" },
      UseFIPS: { type: "boolean", builtIn: "AWS::UseFIPS" },
      AccountId: { type: "string", builtIn: "AWS::Auth::AccountId" },
      Bucket: { type: "string" },
    });
    expect(endpointBuiltIns).toEqual({
      Region: "AWS::Region",
      UseFIPS: "AWS::UseFIPS",
      AccountId: "AWS::Auth::AccountId",
    });
    expect(endpointOptions).toEqual([]);
  });

  it.each([
    ["AWS::S3::ForcePathStyle", "forcePathStyle", undefined],
    ["AWS::S3::Accelerate", "useAccelerateEndpoint", undefined],
    ["AWS::S3::UseGlobalEndpoint", "useGlobalEndpoint", undefined],
    ["AWS::STS::UseGlobalEndpoint", "useGlobalEndpoint", undefined],
    ["AWS::S3::UseArnRegion", "useArnRegion", "AWS_S3_USE_ARN_REGION"],
    ["AWS::S3Control::UseArnRegion", "useArnRegion", "AWS_S3_USE_ARN_REGION"],
    [
      "AWS::S3::DisableMultiRegionAccessPoints",
      "disableMultiregionAccessPoints",
      "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",
    ],
    ["AWS::Auth::AccountIdEndpointMode", "accountIdEndpointMode", "AWS_ACCOUNT_ID_ENDPOINT_MODE"],
    ["Example::UseSomethingNew", "useSomethingNew", undefined],
  ])("has the ecosystem's name: %s is %s", (builtIn, name, variable) => {
    const { endpointOptions } = read({ Any: { type: "Boolean", builtIn } });
    expect(endpointOptions).toMatchObject([{ name, parameter: "Any", type: "boolean" }]);
    expect(endpointOptions[0]?.source?.variable).toBe(variable);
  });

  it("are the client's context parameters, with their documentation and the rules' default", () => {
    const { endpointOptions } = read(
      { ZoneNames: { type: "stringArray", required: true, default: ["a"] } },
      { ZoneNames: { type: "stringArray", documentation: "Where to look." } },
    );
    expect(endpointOptions).toEqual([
      {
        name: "zoneNames",
        parameter: "ZoneNames",
        type: "stringArray",
        documentation: "Where to look.",
        values: undefined,
        default: ["a"],
        source: undefined,
      },
    ]);
  });

  it("are not made where an option of every client has that name already", () => {
    const params = { Region: { type: "string" }, endpoint: { type: "string" } };
    expect(read(params, params)).toEqual({
      endpointBuiltIns: { Region: "AWS::Region", endpoint: "SDK::Endpoint" },
      endpointOptions: [],
    });
  });

  it("come from a decision diagram too, which counts where there is no rule set", () => {
    const bdd = { parameters: { Region: { type: "string", builtIn: "AWS::Region" } } };
    const traits = { "smithy.rules#endpointBdd": bdd };
    expect(readEndpointParameters(traits).endpointBuiltIns).toEqual({ Region: "AWS::Region" });
    expect(endpointBdd(traits)).toBe(bdd);
    expect(endpointBdd({ ...traits, "smithy.rules#endpointRuleSet": {} })).toBeUndefined();
  });
});
