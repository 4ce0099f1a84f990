import { describe, expect, it } from "vitest";
import { awsJson1_0 } from "#runtime/protocols/awsJson/index.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import type { Service } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

const input: StructureShape = { type: "structure", name: "Input", members: {} };
const service = { shapeName: "Fruit" } as Service;

/** What an operation without output makes of a body, and one whose output has no members. */
function outputOf(name: string, body: string): unknown {
  const output: StructureShape = { type: "structure", name, members: {} };
  const codec = awsJson1_0.compile({ name: "Pick", input, output }, service);
  return codec.readOutput({ status: 200, headers: {}, body: Buffer.from(body) });
}

describe("awsJson, where an operation has no output", () => {
  it.each(["", "{}", '{"added":1}', '""', "null", "[1]"])("ignores the response: %s", (body) => {
    expect(outputOf("Unit", body)).toEqual({});
  });

  it("does not take what is no JSON for a response", () => {
    expect(() => outputOf("Unit", "<html></html>")).toThrow(SyntaxError);
  });

  it("still requires an object where there is an output, be it without members", () => {
    expect(() => outputOf("PickOutput", '""')).toThrow(ResponseMismatch);
  });
});
