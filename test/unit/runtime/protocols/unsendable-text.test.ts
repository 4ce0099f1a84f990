import { describe, expect, it } from "vitest";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import { ec2Query } from "#runtime/protocols/ec2Query/index.js";
import { restJson1 } from "#runtime/protocols/restJson/index.js";
import { restXml } from "#runtime/protocols/restXml/index.js";
import { rpcv2Cbor } from "#runtime/protocols/rpcv2Cbor/index.js";
import type { Operation, Protocol, Service } from "#runtime/schema/service.js";
import type { Member, StructureShape } from "#runtime/schema/shapes.js";

const text: Member = { type: "string" };
const item: StructureShape = { type: "structure", name: "Item", members: { Name: text } };
const members = {
  Items: { type: "list", member: { target: item } },
  Tags: { type: "map", key: { type: "string" }, value: text },
  Note: text,
} as const;

function serialize(
  protocol: Protocol,
  input: object,
  inputMembers: Readonly<Record<string, Member>> = members,
): unknown {
  const operation: Operation = {
    name: "Put",
    http: { method: "POST", uri: "/", code: 200 },
    input: { type: "structure", name: "PutInput", members: inputMembers },
    output: { type: "structure", name: "PutOutput", members: {} },
  };
  const service = { name: "Store", shapeName: "Store", version: "2020-01-08", protocol } as unknown as Service;
  return protocol.compile(operation, service).serialize(input);
}

/** The error of a request that cannot be serialized. */
function caught(serialized: () => unknown): unknown {
  try {
    serialized();
  } catch (error) {
    return error;
  }
  return expect.unreachable("it was serialized");
}

const half = { message: expect.stringContaining("half of a surrogate pair") as string };
const places: [string, object, (string | number)[]][] = [
  ["short", { Note: "a\ud800" }, ["Note"]],
  ["long", { Note: `${"a".repeat(100)}\udc00b` }, ["Note"]],
  ["in a list", { Note: "\u{1f600}", Items: [{ Name: "a" }, { Name: "\ud800\ud800" }] }, ["Items", 1, "Name"]],
  ["in a map", { Tags: { a: "b", c: "\udfff" } }, ["Tags", "c"]],
  ["in a key", { Tags: { a: "b", "\udfff": "c" } }, ["Tags", "\udfff"]],
];

describe.each<[string, Protocol]>([
  ["awsQuery", awsQuery],
  ["ec2Query", ec2Query],
  ["rpcv2Cbor", rpcv2Cbor],
  ["restXml", restXml],
])("text with half of a surrogate pair in %s", (_name, protocol) => {
  it.each(places)("is an error that names its member: %s", (_place, input, path) => {
    expect(caught(() => serialize(protocol, input))).toMatchObject({
      code: "Validation",
      issues: [{ path, rule: "type", ...half }],
    });
  });
});

describe.each<[string, Protocol]>([
  ["awsJson", awsJson1_1],
  ["restJson", restJson1],
])("text with half of a surrogate pair in a body of %s", (_name, protocol) => {
  it.each(places)("is sent, because JSON escapes it: %s", (_place, input) => {
    const { body } = serialize(protocol, input) as { readonly body: string };
    expect(JSON.parse(Buffer.from(body).toString())).toEqual(input);
  });
});

describe("text with half of a surrogate pair that is the body", () => {
  it.each<[string, Member]>([
    ["text", { ...text, httpPayload: true }],
    ["bytes", { type: "blob", httpPayload: true }],
  ])("is an error, because UTF-8 cannot represent it: %s", (_type, Body) => {
    for (const protocol of [restJson1, restXml]) {
      expect(caught(() => serialize(protocol, { Body: "a\ud800b" }, { Body }))).toMatchObject({
        issues: [{ path: ["Body"], ...half }],
      });
      expect(serialize(protocol, { Body: "a\u{1f600}" }, { Body })).toMatchObject({ body: "a\u{1f600}" });
    }
  });
});

it("an invalid date is not taken for a text that JSON accepts", () => {
  const input = { Note: "\ud800", When: new Date(Number.NaN) };
  const error = caught(() => serialize(restJson1, input, { ...members, When: { type: "timestamp" } }));
  expect(error).toMatchObject({ message: expect.stringContaining("invalid Date") as string });
});
