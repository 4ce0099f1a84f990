import { describe, expect, it } from "vitest";
import { regionalCopy, type RegionalCopyData } from "#runtime/features/regional-copy.js";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import type { Member } from "#runtime/schema/shapes.js";
import type { Operation } from "#runtime/schema/service.js";
import { callOf, service } from "./support.js";

const string: Member = { type: "string" };
const copy: Operation = {
  name: "CopyThing",
  input: {
    type: "structure",
    name: "CopyThingRequest",
    members: { Source: string, Url: string, From: string, To: string },
  },
  output: { type: "structure", name: "Unit", members: {} },
};
const byArn: RegionalCopyData = { url: "Url", source: "Source" };
const byName: RegionalCopyData = { url: "Url", source: "From", destination: "To" };
const of = { ...service, protocol: awsQuery };

const prepare = async (data: RegionalCopyData, input: object, options = {}): Promise<Record<string, unknown>> =>
  ((await regionalCopy(data).input?.(input, callOf(copy, options, of))) ?? expect.unreachable()) as Record<
    string,
    unknown
  >;

const there = "arn:aws:demo:eu-west-1:1:thing/a";

describe("regional-copy", () => {
  it("signs the same request for the Region of the source's ARN, with the client's as DestinationRegion", async () => {
    const input = { Source: there };
    const { Url, ...rest } = await prepare(byArn, input);
    expect(rest).toEqual(input);
    const url = new URL(String(Url));
    expect(url.host).toBe("demo.eu-west-1.test");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: "CopyThing",
      Source: there,
      DestinationRegion: "us-east-1",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": expect.stringMatching(/^AKID\/\d{8}\/eu-west-1\/demo\/aws4_request$/) as unknown,
      "X-Amz-Expires": "3600",
    });
  });

  it("takes the Region by its name, and fills the destination", async () => {
    const { Url, ...rest } = await prepare(byName, { From: "ap-south-1" });
    expect(rest).toEqual({ From: "ap-south-1", To: "us-east-1" });
    const url = new URL(String(Url));
    expect(url.host).toBe("demo.ap-south-1.test");
    expect(url.searchParams.get("To")).toBe("us-east-1");
    expect(url.searchParams.get("DestinationRegion")).toBeNull();
  });

  it.each([
    ["the caller gives a URL", byArn, { Source: there, Url: "https://given.test" }],
    ["the source is in the client's Region", byArn, { Source: "arn:aws:demo:us-east-1:1:thing/a" }],
    ["the source is a name, which is of the client's Region", byArn, { Source: "thing" }],
    ["there is no source", byArn, {}],
    ["the Region is no host label", byName, { From: "evil.example/" }],
  ])("changes nothing where %s", async (_when, data, input) => {
    expect(await prepare(data, input)).toBe(input);
  });

  it("needs credentials only where it signs", async () => {
    const credentials = (): Promise<never> => Promise.reject(new Error("no credentials"));
    expect(await prepare(byArn, { Source: "thing" }, { credentials })).toEqual({ Source: "thing" });
    await expect(prepare(byArn, { Source: there }, { credentials })).rejects.toMatchObject({ code: "Credentials" });
  });
});
