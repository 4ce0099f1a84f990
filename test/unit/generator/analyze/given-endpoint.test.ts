import { describe, expect, it } from "vitest";
import { build, modelOf, operation } from "../ir/support/model.js";

const read = (traits: object) =>
  build(modelOf({ Get: operation("Unit", "Unit") }, { traits: { "aws.protocols#restJson1": {}, ...traits } }));

describe("the endpoint of a service outside AWS", () => {
  it("is in its trait: rules with the client's own endpoint before it", () => {
    const { service, diagnostics } = read({ "clientsmith#endpoint": "https://books.test/v1/" });
    expect(diagnostics).toEqual([]);
    expect(service?.endpointBuiltIns).toEqual({ Endpoint: "SDK::Endpoint" });
    expect(JSON.stringify(service?.endpointRuleSet)).toContain('"url":"https://books.test/v1"');
  });

  it("is in rules of its own where it has them", () => {
    const rules = { version: "1.0", parameters: {}, rules: [] };
    const { service } = read({ "clientsmith#endpoint": "https://a.test", "smithy.rules#endpointRuleSet": rules });
    expect(service?.endpointRuleSet).toEqual(rules);
  });

  it.each(["books.test", "https://books.test?x=1", "https://{host}", "ftp://books.test", { url: "https://a.test" }])(
    "that is %j is an error",
    (url) => {
      const { service, diagnostics } = read({ "clientsmith#endpoint": url });
      expect(service).toBeUndefined();
      expect(diagnostics).toMatchObject([{ severity: "error", code: "invalid-endpoint", shapeId: "t#Service" }]);
    },
  );
});

describe("a service", () => {
  it.each([
    [false, {}],
    [false, { "aws.protocols#httpChecksum": {} }],
    [true, { "aws.api#service": { sdkId: "Test" } }],
    [true, { "aws.auth#sigv4": { name: "test" } }],
    [true, { "smithy.rules#endpointRuleSet": { parameters: { Region: { type: "string", builtIn: "AWS::Region" } } } }],
    [false, { "smithy.rules#endpointRuleSet": { parameters: { Url: { type: "string", builtIn: "SDK::Endpoint" } } } }],
  ])("is of AWS: %s, by %j", (isAws, traits) => {
    expect(read(traits).service?.isAws).toBe(isAws);
  });
});
