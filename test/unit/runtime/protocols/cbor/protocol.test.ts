import { encode } from "cborg";
import { describe, expect, it } from "vitest";
import { ServiceError } from "#runtime/errors/service.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { rpcv2Cbor } from "#runtime/protocols/rpcv2Cbor/index.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";

class RejectedExchange extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "Refused",
    members: { Reason: { type: "string" }, at: { type: "timestamp" }, Kind: { type: "string", required: true } },
    error: { fault: "client" },
  };
}

const service = { name: "Store", shapeName: "Store_v1" } as unknown as Service;
const operation: Operation = {
  name: "Put",
  input: { type: "structure", name: "PutInput", members: { name: { type: "string" } } },
  output: { type: "structure", name: "PutOutput", members: { id: { type: "string" } } },
  errors: [RejectedExchange],
};
const codec = rpcv2Cbor.compile(operation, service);
const protocol = { "smithy-protocol": "rpc-v2-cbor" };
const response = (body: Uint8Array, headers: Record<string, string> = protocol, status = 200) => ({
  status,
  headers,
  body,
});

describe("requests", () => {
  it("go to the operation's path, with the input as CBOR", () => {
    expect(codec.serialize({ name: "a" })).toEqual({
      method: "POST",
      path: "/service/Store_v1/operation/Put",
      query: "",
      headers: { "smithy-protocol": "rpc-v2-cbor", accept: "application/cbor", "content-type": "application/cbor" },
      body: encode({ name: "a" }),
    });
  });

  it("have no body and no content type where the operation has no input", () => {
    const none: StructureShape = { type: "structure", name: "Unit", members: {} };
    const message = rpcv2Cbor.compile({ ...operation, input: none }, service).serialize({});
    expect(message).not.toHaveProperty("body");
    expect(message.headers).toEqual({ "smithy-protocol": "rpc-v2-cbor", accept: "application/cbor" });
  });

  it("tell services that were once awsQuery so", () => {
    const compatible = rpcv2Cbor.compile(operation, { ...service, awsQueryCompatible: true });
    expect(compatible.serialize({}).headers).toMatchObject({ "x-amzn-query-mode": "true" });
  });
});

describe("outputs", () => {
  it("are read; no body is an empty one", () => {
    expect(codec.readOutput(response(encode({ id: "a", other: 1 })))).toEqual({ id: "a" });
    expect(codec.readOutput(response(new Uint8Array()))).toEqual({});
  });

  it("are rejected without the protocol's header, and where they are no CBOR or no structure", () => {
    expect(() => codec.readOutput(response(encode({}), {}))).toThrow(ResponseMismatch);
    expect(() => codec.readOutput(response(Buffer.from("<html>")))).toThrow(SyntaxError);
    expect(() => codec.readOutput(response(encode([])))).toThrow(ResponseMismatch);
  });
});

describe("errors", () => {
  const errorOf = (body: unknown, headers?: Record<string, string>) =>
    codec.readError(response(body instanceof Uint8Array ? body : encode(body), headers, 400));

  it("are named by __type", async () => {
    expect(await errorOf({ __type: "a.b#Refused", message: "no", Reason: "x", Kind: "k" })).toMatchObject({
      code: "Refused",
      message: "no",
      members: { Reason: "x", Kind: "k" },
    });
  });

  it.each([Buffer.from("<html>"), new Uint8Array(), encode([1]), encode(null)])(
    "are named by the code of awsQuery, whatever the body",
    async (body) => {
      const headers = { ...protocol, "x-amzn-query-error": "Refused;Sender" };
      expect(await errorOf(body, headers)).toMatchObject({ code: "Refused", members: {} });
    },
  );

  it("leave out members that are not as modelled", async () => {
    expect(await errorOf({ __type: "Refused", at: "soon", Reason: "x" })).toMatchObject({
      code: "Refused",
      message: undefined,
      members: {},
    });
  });

  it.each<[string, unknown, Record<string, string> | undefined]>([
    ["code in the body", { code: "Refused", Code: "Refused" }, undefined],
    ["the header of other protocols", {}, { ...protocol, "x-amzn-errortype": "Refused" }],
    ["a body without the protocol's header", { __type: "Refused" }, {}],
    ["a page", Buffer.from("<html>"), undefined],
    ["nothing", new Uint8Array(), undefined],
    ["a list", [1], undefined],
  ])("are not named by %s", async (_name, body, headers) => {
    expect(await errorOf(body, headers)).toMatchObject({ code: undefined, members: {} });
  });
});
