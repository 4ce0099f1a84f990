import { CloudTrail, Service } from "@clientsmith/cloudtrail/classic";
import { generate } from "clientsmith";
import { describe, expect, it } from "vitest";
import { classicMembers } from "#generator/ir/reserved.js";
import { modelOf, operation, structure } from "../../ir/support/model.js";

it("members of the classic service object are those that the generator leaves to it", () => {
  const names = new Set(Object.getOwnPropertyNames(new CloudTrail({ region: "us-east-1" })));
  for (
    let prototype = Service.prototype as object | null;
    prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(prototype)) names.add(name);
  }
  expect([...names].toSorted()).toEqual([...classicMembers].toSorted());
});

describe("the classic module of a service that AWS SDK v2 treats apart", () => {
  const classicOf = async (sdkId: string, shapes: Parameters<typeof modelOf>[0]): Promise<string> => {
    const traits = { "aws.api#service": { sdkId }, "aws.protocols#restJson1": {} };
    const { files } = await generate(modelOf(shapes, { traits }));
    return (files?.get("src/classic.ts") ?? "").replaceAll(/\s+/g, " ");
  };
  const http = { "smithy.api#http": { method: "POST", uri: "/", code: 200 } };

  it("exports the class under its name there, which is its key in the configuration", async () => {
    const text = await classicOf("SFN", { GetIt: operation("Unit", "Unit", http) });
    expect(text).toContain('serviceIdentifier: "stepfunctions"');
    expect(text).toContain("export { SFN as StepFunctions };");
  });

  it("exports no class under a name that a shape has", async () => {
    const shapes = { GetIt: operation("In", "Unit", http), In: structure({ a: "ELBv2" }), ELBv2: structure({}) };
    expect(await classicOf("Elastic Load Balancing v2", shapes)).not.toContain("as ELBv2");
  });

  it("declares parameters and data with the types that they have there", async () => {
    const text = await classicOf("Route 53", {
      ListIt: operation("In", "Out", http),
      GetIt: operation("Other", "Other", { "smithy.api#http": { method: "POST", uri: "/other", code: 200 } }),
      In: structure({ MaxItems: "Integer", MaxResults: "Integer" }),
      Out: structure({ MaxItems: "Integer" }),
      Other: structure({ a: "String" }),
    });
    expect(text).toContain(
      "listIt: ClassicMethod< ClassicRetyped<In, { MaxItems: number | string; MaxResults: number | string }>, ClassicRetyped<Out, { MaxItems: string }> >",
    );
    expect(text).toContain("getIt: ClassicMethod<Other, Other>");
    expect(text).toContain('memberTypes: { MaxItems: "string" }');
  });

  it("declares payloads as text that are text there", async () => {
    const text = await classicOf("Lambda", {
      Invoke: operation("In", "Out", http),
      In: structure({ a: "String" }),
      Out: structure({ Payload: ["Blob", { "smithy.api#httpPayload": {} }] }),
    });
    expect(text).toContain("invoke: ClassicMethod<In, ClassicRetyped<Out, { Payload: string }>>");
    expect(text).toContain('textPayloads: ["invoke"]');
  });
});
