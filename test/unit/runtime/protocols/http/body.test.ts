import { describe, expect, test } from "vitest";
import type { HttpResponse } from "#runtime/schema/http.js";
import { codecOf, response, structure } from "./support.js";

const json = { "content-type": "application/json" };
const inner = structure("Inner", { at: { type: "timestamp", jsonName: "When" }, size: { type: "bigInteger" } });
const union = { type: "union", name: "Either", members: { text: { type: "string" } } } as const;

describe("members that nothing else carries", () => {
  const codec = codecOf({
    input: { id: { type: "string", httpHeader: "X-Id" }, inner: { target: inner }, note: { type: "string" } },
    output: {
      code: { type: "integer", httpResponseCode: true },
      inner: { target: inner },
      q: { type: "string", httpQuery: "q" },
    },
  });

  test("are an object, be it an empty one", () => {
    expect(codec.serialize({ id: "1", inner: { at: new Date(1500) } })).toMatchObject({
      headers: { ...json, "x-id": "1" },
      body: '{"inner":{"When":1.5}}',
    });
    expect(codec.serialize({})).toMatchObject({ headers: json, body: "{}" });
  });

  test("are read from it; an output's labels and queries stand there too", () => {
    const output = codec.readOutput(response('{"inner":{"When":1.5},"q":"a","other":1}', {}, 201));
    expect(output).toEqual({ code: 201, inner: { at: new Date(1500) }, q: "a" });
    expect(codec.readOutput(response(""))).toEqual({ code: 200 });
    expect(() => codec.readOutput(response("<html>"))).toThrow(SyntaxError);
  });
});

describe("nothing for a body", () => {
  const codec = codecOf({ input: { id: { type: "string", httpHeader: "X-Id" } } });

  test("sends none, and no type of one", () => {
    const message = codec.serialize({ id: "1" });
    expect(message.headers).toEqual({ "x-id": "1" });
    expect(message.body).toBeUndefined();
  });

  test("reads none, whatever it is", () => expect(codec.readOutput(response("<html>"))).toEqual({}));
});

describe("bytes of a response", () => {
  const codec = codecOf({ output: { it: { type: "blob", httpPayload: true } } });
  const read = (received: HttpResponse): Uint8Array => (codec.readOutput(received) as { it: Uint8Array }).it;

  test("are copied from the memory of the transport", () => {
    const body = new Uint8Array([1, 2]);
    expect(read(response(body)).buffer).not.toBe(body.buffer);
  });

  test("that were joined for it alone are not copied", () => {
    const body = Buffer.from(new Uint8Array(10_000).buffer);
    const it = read({ ...response(body), isJoined: true });
    expect(it.constructor).toBe(Uint8Array);
    expect(it.buffer).toBe(body.buffer);
  });

  test("that were joined in memory that others use are copied", () => {
    const pool = new Uint8Array([1, 2, 3]);
    const it = read({ ...response(pool.subarray(1)), isJoined: true });
    expect(it).toEqual(new Uint8Array([2, 3]));
    expect(it.buffer).not.toBe(pool.buffer);
  });
});

describe("payload", () => {
  const bytes = new Uint8Array([0, 255]);
  test.each([
    ["bytes", { type: "blob" } as const, bytes, "application/octet-stream", bytes],
    ["bytes of a kind", { type: "blob", mediaType: "image/png" } as const, bytes, "image/png", bytes],
    ["text", { type: "string" } as const, "a\n", "text/plain", "a\n"],
    ["text of a kind", { type: "string", mediaType: "text/csv" } as const, "a,b", "text/csv", "a,b"],
    ["a structure", { target: inner }, { at: new Date(0) }, "application/json", '{"When":0}'],
    ["big numbers", { target: inner }, { size: 2n ** 64n }, "application/json", '{"size":18446744073709551616}'],
    ["a union", { target: union }, { text: "a" }, "application/json", '{"text":"a"}'],
    ["a document", { type: "document" } as const, [1, { a: null }], "application/json", '[1,{"a":null}]'],
    [
      "a list",
      { type: "list", member: { target: inner } } as const,
      [{ at: new Date(0) }],
      "application/json",
      '[{"When":0}]',
    ],
    ["a named one", { type: "document", jsonName: "a:b" } as const, "x", "application/json", '"x"'],
  ])("%s", (_what, member, value, contentType, body) => {
    const payload = { it: { ...member, httpPayload: true as const } };
    const codec = codecOf({ input: payload, output: payload });
    expect(codec.serialize({ it: value })).toMatchObject({ headers: { "content-type": contentType }, body });
    if (_what !== "big numbers") expect(codec.readOutput(response(body))).toEqual({ it: value });
    expect(codec.readOutput(response(""))).toEqual({});
  });

  test.each([
    ["a structure", { target: inner }, "{}"],
    ["a union", { target: union }, undefined],
    ["bytes", { type: "blob" } as const, undefined],
    ["a document", { type: "document" } as const, undefined],
  ])("%s that is not set", (_what, member, body) => {
    const message = codecOf({ input: { it: { ...member, httpPayload: true } } }).serialize({});
    expect(message.body).toBe(body);
    expect(message.headers).toEqual(body === undefined ? {} : json);
  });

  test("what is neither bytes nor text is no body", () => {
    const codec = codecOf({ input: { it: { type: "blob", httpPayload: true } } });
    expect(() => codec.serialize({ it: { 0: 1 } })).toThrow("it is a body, so it must be bytes or text");
  });

  test("a member bound to Content-Type counts more than the default", () => {
    const codec = codecOf({
      input: { it: { type: "blob", httpPayload: true }, kind: { type: "string", httpHeader: "Content-Type" } },
    });
    expect(codec.serialize({ it: bytes, kind: "image/jpeg" }).headers).toEqual({ "content-type": "image/jpeg" });
  });

  test("bytes that are read lie on memory of their own", () => {
    const pool = new Uint8Array([1, 2, 3, 4]);
    const codec = codecOf({ output: { it: { type: "blob", httpPayload: true } } });
    const { it } = codec.readOutput(response(pool.subarray(1, 3))) as { it: Uint8Array };
    pool.fill(0);
    expect(it).toEqual(new Uint8Array([2, 3]));
    expect(it.buffer.byteLength).toBe(2);
  });
});
