import { describe, expect, it, test } from "vitest";
import type { ServiceIr } from "#generator/ir/ir.js";
import { serviceOf } from "../ir/support/model.js";

const operation = (uri: string) => ({
  type: "operation",
  input: { target: "t#In" },
  output: { target: "smithy.api#Unit" },
  traits: { "smithy.api#http": { method: "GET", uri } },
});

const string = "smithy.api#String";
const label = { "smithy.api#required": {}, "smithy.api#httpLabel": {} };

function read(sdkId: string, uris: Readonly<Record<string, string>>, bucket: object, rules = true): ServiceIr {
  return serviceOf(
    {
      ...Object.fromEntries(Object.entries(uris).map(([name, uri]) => [name, operation(uri)])),
      In: {
        type: "structure",
        members: {
          Bucket: { target: string, traits: { ...label, ...bucket } },
          Key: { target: string, traits: label },
        },
      },
    },
    {
      traits: {
        "aws.api#service": { sdkId },
        "aws.protocols#restXml": {},
        ...(rules && {
          "smithy.rules#endpointRuleSet": {
            version: "1.0",
            parameters: { Bucket: { type: "string" } },
            rules: [{ type: "endpoint", conditions: [], endpoint: { url: "https://example.com" } }],
          },
        }),
      },
    },
  );
}

const inEndpoint = { "smithy.rules#contextParam": { name: "Bucket" } };
const uris = { GetThing: "/{Bucket}/{Key+}?thing", CopyObject: "/{Bucket}/{Key+}" };
const uriOf = (ir: ServiceIr, name: string): string | undefined =>
  ir.operations.find((each) => each.name === name)?.http?.uri;

describe("the customization of S3", () => {
  it("takes the bucket out of the path, for the endpoint has it", () => {
    const ir = read("S3", uris, inEndpoint);
    expect(uriOf(ir, "GetThing")).toBe("/{Key+}?thing");
  });

  it("leaves it there where the endpoint does not have it", () => {
    expect(uriOf(read("S3", uris, {}), "GetThing")).toBe(uris.GetThing);
    expect(uriOf(read("S3", uris, inEndpoint, false), "GetThing")).toBe(uris.GetThing);
    expect(uriOf(read("S3", { Get: "/v1/{Bucket}/{Key}" }, inEndpoint), "Get")).toBe("/v1/{Bucket}/{Key}");
  });

  it("names what may fail late", () => {
    const ir = read("S3", uris, inEndpoint);
    expect(ir.operations.filter(({ lateErrors }) => lateErrors).map(({ name }) => name)).toEqual(["CopyObject"]);
  });
});

test("other services are as their models state", () => {
  const ir = read("S3 Control", uris, inEndpoint);
  expect(uriOf(ir, "GetThing")).toBe(uris.GetThing);
  expect(ir.operations.some(({ lateErrors }) => lateErrors)).toBe(false);
});
