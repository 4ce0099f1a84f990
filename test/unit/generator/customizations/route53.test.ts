import { expect, test } from "vitest";
import { serviceOf } from "../ir/support/model.js";

test("the customization of Route 53 sends ids without what the service puts before them", () => {
  const operation = (uri: string, input: string): object => ({
    type: "operation",
    input: { target: input },
    output: { target: "smithy.api#Unit" },
    traits: { "smithy.api#http": { method: "GET", uri } },
  });
  const label = { "smithy.api#required": {}, "smithy.api#httpLabel": {} };
  const ir = serviceOf(
    {
      GetZone: operation("/zone/{Id}", "t#In"),
      GetCount: operation("/count", "smithy.api#Unit"),
      In: { type: "structure", members: { Id: { target: "smithy.api#String", traits: label } } },
    },
    { traits: { "aws.api#service": { sdkId: "Route 53" }, "aws.protocols#restXml": {} } },
  );
  expect(ir.operations.map(({ name, labelPrefixes }) => [name, labelPrefixes])).toEqual([
    ["GetCount", undefined],
    ["GetZone", ["/hostedzone/", "/change/", "/delegationset/"]],
  ]);
});
