import { describe, expect, it } from "vitest";
import { restJson1 } from "#runtime/protocols/restJson/index.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { Member, StructureShape } from "#runtime/schema/shapes.js";
import { validate } from "#runtime/validate/validate.js";

const shapeOf = (member: Member): StructureShape => ({ type: "structure", name: "In", members: { data: member } });
const payload: Member = { type: "blob", httpPayload: true };

describe("a blob that is the body", () => {
  it("takes text, which is sent in UTF-8", () => {
    expect(validate(shapeOf(payload), { data: "größe" })).toEqual([]);
    const operation: Operation = {
      name: "Put",
      input: shapeOf(payload),
      output: { type: "structure", name: "Unit", members: {} },
      http: { method: "PUT", uri: "/", code: 200 },
    };
    const { body, headers } = restJson1.compile(operation, {} as Service).serialize({ data: "größe" });
    expect([body, headers["content-type"]]).toEqual(["größe", "application/octet-stream"]);
  });

  it("counts the bytes of text", () => {
    const limited = shapeOf({ ...payload, length: { min: 2, max: 3 } } as Member);
    expect(validate(limited, { data: "ß" })).toEqual([]);
    expect(validate(limited, { data: "a" })).toMatchObject([{ rule: "length" }]);
    expect(validate(limited, { data: "ßß" })).toMatchObject([{ message: "must have at most 3 bytes, but has 4" }]);
  });

  it("takes nothing else", () => {
    expect(validate(shapeOf(payload), { data: 1 })).toMatchObject([
      { message: "must be a string or a Uint8Array, but is the number 1" },
    ]);
  });
});

it("a blob inside a document takes bytes only", () => {
  expect(validate(shapeOf({ type: "blob" }), { data: "text" })).toMatchObject([{ rule: "type" }]);
});
