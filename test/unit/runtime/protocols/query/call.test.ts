import { describe, expect, it } from "vitest";
import { Client } from "#runtime/client/client.js";
import { isServiceError, ServiceError } from "#runtime/errors/service.js";
import { invoke } from "#runtime/call/invoke.js";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import { ec2Query } from "#runtime/protocols/ec2Query/index.js";
import type { Protocol, Operation } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import type { HttpResponse } from "#runtime/schema/http.js";

class Gone extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "GoneException",
    members: { message: { type: "string" } },
    error: { fault: "client", queryErrorCode: "Gone" },
  };
}

const operation: Operation<{ name?: string }, { id?: string }> = {
  name: "Put",
  input: { type: "structure", name: "PutInput", members: { name: { type: "string" } } },
  output: { type: "structure", name: "PutOutput", members: { id: { type: "string" } } },
  errors: [Gone],
};

/** A whole call that gets this response. */
function call(protocol: Protocol, response: Partial<HttpResponse> & { text: string }, input: { name?: string } = {}) {
  const service = {
    name: "Store",
    sdkId: "Store",
    shapeName: "Store",
    version: "2020-01-08",
    protocol,
    resolveEndpoint: () => ({ url: "https://store.example.com" }),
    endpointBuiltIns: {},
  };
  const client = new Client(service, {
    maxAttempts: 1,
    transport: {
      send: () =>
        Promise.resolve({ status: 200, headers: {}, ...response, body: new TextEncoder().encode(response.text) }),
      close: () => Promise.resolve(),
    },
  });
  return invoke(client, operation, input);
}

const failure = (...args: Parameters<typeof call>) =>
  call(...args).then(
    () => expect.unreachable("the call should fail"),
    (error: unknown) => error as Error & { cause?: unknown },
  );

describe.each([
  ["awsQuery", awsQuery],
  ["ec2Query", ec2Query],
])("a call in %s", (_, protocol) => {
  const output =
    protocol === awsQuery
      ? "<PutResponse><PutResult><id>a</id></PutResult><ResponseMetadata><RequestId>body</RequestId></ResponseMetadata></PutResponse>"
      : "<PutResponse><id>a</id><requestId>body</requestId></PutResponse>";
  const error =
    "<ErrorResponse><Error><Code>Gone</Code><Message>m</Message></Error><RequestId>body</RequestId></ErrorResponse>";

  it("takes the request's id from the body where no header has it", async () => {
    const { $metadata, ...members } = await call(protocol, { text: output });
    expect(members).toEqual({ id: "a" });
    expect($metadata).toMatchObject({ status: 200, requestId: "body" });
    expect(await failure(protocol, { status: 404, text: error })).toMatchObject({ status: 404, requestId: "body" });
  });

  it("takes it from the header where there is one", async () => {
    const headers = { "x-amzn-requestid": "header" };
    expect((await call(protocol, { headers, text: output })).$metadata.requestId).toBe("header");
    expect(await failure(protocol, { status: 404, headers, text: error })).toMatchObject({ requestId: "header" });
  });

  it("fails with the modelled error", async () => {
    const found = await failure(protocol, { status: 404, text: error });
    expect(found).toBeInstanceOf(Gone);
    expect(isServiceError(found, "GoneException") && found).toMatchObject({ message: "m", fault: "client" });
  });

  it.each([
    ["a page of HTML", 502, "<!DOCTYPE html><html><body>Bad<br>gateway</body></html>"],
    ["a page of HTML that is well-formed", 200, "<html><body>Log in</body></html>"],
    ["an empty error", 503, ""],
    ["a response to something else", 200, "<GetResponse><name>a</name></GetResponse>"],
    ["JSON", 200, '{"id":"a"}'],
    ["half a response", 200, output.slice(0, 20)],
    ["a document with entities", 200, '<!DOCTYPE a [<!ENTITY b "c">]><PutResponse><id>&b;</id></PutResponse>'],
  ])("rejects %s, with its own message", async (_what, status, text) => {
    const found = await failure(protocol, { status, text, headers: { "content-type": "text/xml" } });
    expect(found).toMatchObject({ name: "UnexpectedResponseError", code: "UnexpectedResponse", status });
    expect(found.message).toMatch(/^The response \(status \d{3}, text\/xml\) is /);
    expect(found.message).not.toContain("gateway");
  });

  it("fails with the error that a response of status 200 is", async () => {
    const found = await failure(protocol, { text: error });
    expect(found).toBeInstanceOf(Gone);
    expect(found).toMatchObject({ message: "m", status: 200, requestId: "body" });
  });

  it("is not made with a text that no form can hold", async () => {
    expect(await failure(protocol, { text: output }, { name: "\ud800" })).toMatchObject({
      name: "ValidationError",
      message: expect.stringMatching(/name: has .* half of a surrogate pair/i) as string,
    });
  });
});
