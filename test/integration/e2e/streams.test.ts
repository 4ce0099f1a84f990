import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { AbortedError, ConnectionError, ServiceError, TimeoutError } from "#runtime/errors/index.js";
import type { StreamingBody } from "#runtime/index.js";
import type { HttpRequest, HttpResponse, Transport, TransportOptions } from "#runtime/schema/http.js";
import { failureOf } from "../../support/failure.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

type Output = Readonly<Record<string, unknown>> & { readonly Body: StreamingBody; readonly $metadata: object };
type Call = (client: object, input: object, options?: object) => Promise<Output>;

const { module } = await generateClient(join(root, "test/fixtures/streams/model.json"));
const [put, putMeasured, get, turn] = ["put", "putMeasured", "get", "turn"].map((name) => module[name] as Call) as [
  Call,
  Call,
  Call,
  Call,
];
const DepotClient = module["DepotClient"] as new (options: object) => object;

interface Sent {
  readonly request: HttpRequest;
  readonly options: TransportOptions;
  /** What was read of the request's stream. */
  readonly body: string;
}

type ScriptedResponse = Partial<HttpResponse> | Error | ((request: HttpRequest) => Promise<Partial<HttpResponse>>);

/** A client whose transport responds with these, one after the other; an error that it responds with is not sent. */
function clientOf(
  responses: readonly ScriptedResponse[],
  options: object = {},
): { readonly client: object; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const transport: Transport = {
    send: async (request, given) => {
      const scripted = responses[sent.length];
      if (typeof scripted === "function") {
        sent.push({ request, options: given, body: "" });
        return { status: 200, headers: {}, body: new Uint8Array(), ...(await scripted(request)) };
      }
      const isSent = !(scripted instanceof ConnectionError && !scripted.sent);
      sent.push({ request, options: given, body: isSent && request.stream ? await textOf(request.stream) : "" });
      if (scripted instanceof Error) throw scripted;
      return { status: 200, headers: {}, body: new Uint8Array(), ...scripted };
    },
    close: () => Promise.resolve(),
  };
  const client = new DepotClient({
    region: "eu-west-1",
    endpoint: "https://depot.example",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    transport,
    ...options,
  });
  return { client, sent };
}

async function textOf(parts: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const part of parts) read.push(part);
  return Buffer.concat(read).toString();
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A stream of a response. */
function streamOf(
  ...parts: readonly (string | Error)[]
): NonNullable<HttpResponse["stream"]> & { isCancelled: boolean } {
  return {
    isCancelled: false,
    async *[Symbol.asyncIterator]() {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        yield await Promise.resolve(bytes(part));
      }
    },
    cancel() {
      this.isCancelled = true;
    },
  };
}

const busy: ScriptedResponse = { status: 503, headers: {}, body: bytes('{"__type":"ServiceUnavailable"}') };

const folder = mkdtempSync(join(tmpdir(), "streams-"));
const file = join(folder, "file");
writeFileSync(file, "of a file");
afterAll(() => rmSync(folder, { recursive: true }));

describe("a streamed body that is sent", () => {
  it.each([
    ["text", "text"],
    ["bytes", bytes("text")],
  ])("goes as a plain body, signed with its hash, where it is %s", async (_name, Body) => {
    const { client, sent } = clientOf([{}]);
    await put(client, { Key: "a", Body });
    expect(sent[0]?.request).toMatchObject({ method: "PUT", path: "/a", body: Body });
    expect(sent[0]?.request.stream).toBeUndefined();
    expect(sent[0]?.request.headers["content-type"]).toBe("application/octet-stream");
    expect(sent[0]?.request.headers["x-amz-content-sha256"]).toBe(createHash("sha256").update("text").digest("hex"));
  });

  it.each<[string, () => unknown, string, string | undefined]>([
    ["a Blob", () => new Blob(["text"]), "text", "4"],
    ["a stream that reads a file", () => createReadStream(file, { start: 3 }), "a file", "6"],
    ["a stream of Node", () => Readable.from(["te", "xt"]), "text", undefined],
    ["a stream of the web", () => new Response("text").body, "text", undefined],
  ])("is streamed, unsigned, with its length where that is known: %s", async (_name, body, text, length) => {
    const { client, sent } = clientOf([{}]);
    await put(client, { Key: "a", Body: body() });
    const { request, body: read } = sent[0] as Sent;
    expect(read).toBe(text);
    expect(request.body).toBeUndefined();
    expect(request.headers["content-length"]).toBe(length);
    expect(request.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
    expect(request.headers["authorization"]).toMatch(/^AWS4-HMAC-SHA256 .*x-amz-content-sha256/);
  });

  it("has the length and the type that members state", async () => {
    const { client, sent } = clientOf([{}]);
    await put(client, { Key: "a", Body: Readable.from(["text"]), Length: 4, Type: "text/plain" });
    expect(sent[0]?.request.headers).toMatchObject({ "content-length": "4", "content-type": "text/plain" });
  });

  it("has the media type of its model", async () => {
    const { client, sent } = clientOf([{}]);
    await turn(client, { Body: new Blob(["text"], { type: "other/type" }) });
    expect(sent[0]?.request.headers["content-type"]).toBe("text/plain");
  });

  it("may be left out where it is not required", async () => {
    const { client, sent } = clientOf([{}]);
    await put(client, { Key: "a" });
    expect(sent[0]?.request.body).toBeUndefined();
    expect(sent[0]?.request.headers["content-type"]).toBeUndefined();
  });

  it("is never covered by the signature where the model states it", async () => {
    const { client, sent } = clientOf([{}]);
    await putMeasured(client, { Key: "a", Body: "text" });
    expect(sent[0]?.request.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
  });

  it("is rejected before anything is sent where its length must be known and is not", async () => {
    const { client, sent } = clientOf([]);
    const error = await failureOf(putMeasured(client, { Key: "a", Body: Readable.from(["text"]) }));
    expect(error).toMatchObject({ code: "Validation", issues: [{ path: ["Body"] }] });
    expect(error.message).toContain("the service requires its length: pass bytes or a Blob");
    expect(sent).toEqual([]);
    const known = clientOf([{}, {}]);
    await putMeasured(known.client, { Key: "a", Body: createReadStream(file) });
    await putMeasured(known.client, { Key: "a", Body: new Blob(["text"]) });
    expect(known.sent.map(({ request }) => request.headers["content-length"])).toEqual(["9", "4"]);
  });

  it.each([7, {}, [], new Date(0), new ArrayBuffer(1)])("is rejected if it is invalid: %j", async (Body) => {
    const { client, sent } = clientOf([]);
    const error = await failureOf(put(client, { Key: "a", Body }));
    expect(error.message).toContain(
      "Body: must be a string, a Uint8Array, a Blob, a ReadableStream or an AsyncIterable of Uint8Array, but is ",
    );
    const unchecked = await failureOf(put(client, { Key: "a", Body }, { validation: false }));
    expect(unchecked.message).toContain("Body is a body, so it must be bytes or text");
    expect(sent).toEqual([]);
  });
});

describe("another attempt", () => {
  const rejected = new ConnectionError("refused", { sent: false });
  const broken = new ConnectionError("broken", { sent: true });

  it.each<[string, unknown]>([
    ["text", "text"],
    ["bytes", bytes("text")],
    ["a Blob", new Blob(["text"])],
  ])("is made with %s", async (_name, Body) => {
    const { client, sent } = clientOf([busy, broken, {}]);
    await put(client, { Key: "a", Body });
    expect(sent.map(({ request, body }) => body || Buffer.from(request.body ?? "").toString())).toEqual(
      Array(3).fill("text"),
    );
  });

  it("is made with a stream as long as nothing was read of it", async () => {
    const { client, sent } = clientOf([rejected, rejected, {}]);
    await put(client, { Key: "a", Body: Readable.from(["text"]) });
    expect(sent.map(({ body }) => body)).toEqual(["", "", "text"]);
  });

  it.each<[string, ScriptedResponse]>([
    ["the service is busy", busy],
    ["the connection breaks", broken],
    ["a pooled connection was closed by the peer", new ConnectionError("stale", { sent: true, stale: true })],
    [
      "the clock is off",
      {
        status: 403,
        headers: { date: "Thu, 01 Jan 2026 00:00:00 GMT" },
        body: bytes('{"__type":"RequestTimeTooSkewed"}'),
      },
    ],
  ])("is not made with a stream that was started: %s", async (_name, response) => {
    const { client, sent } = clientOf([response, {}]);
    const error = await failureOf(put(client, { Key: "a", Body: Readable.from(["text"]) }));
    expect(sent).toHaveLength(1);
    expect(error.attempts).toBe(1);
    expect(error.explain()).toContain(
      "the body is a stream that was started, so it cannot be sent again: pass bytes or a Blob",
    );
  });

  it("would not be made anyway where the input is wrong", async () => {
    const { client } = clientOf([{ status: 400, headers: {}, body: bytes('{"__type":"Bad"}') }]);
    const error = await failureOf(put(client, { Key: "a", Body: Readable.from(["text"]) }));
    expect(error.explain()).toContain("another attempt would fail in the same way");
  });

  it("keeps the error of a stream that cannot be read", async () => {
    const source = createReadStream(join(folder, "missing"));
    const { client } = clientOf([{}]);
    await expect(put(client, { Key: "a", Body: source })).rejects.toThrow("ENOENT");
  });
});

describe("a streamed body that is received", () => {
  it("is returned as it comes, with what is beside it", async () => {
    const stream = streamOf("te", "xt");
    const { client, sent } = clientOf([
      { headers: { "content-type": "text/plain", "content-length": "4", "x-amzn-requestid": "r-1" }, stream },
    ]);
    const output = await get(client, { Key: "a" });
    expect(output).toMatchObject({ Type: "text/plain", Length: 4, $metadata: { status: 200, requestId: "r-1" } });
    expect(await output.Body.text()).toBe("text");
    expect(sent[0]?.options.streamed).toEqual({ signal: undefined });
  });

  it("is the same over a transport that reads it to its end", async () => {
    const { client } = clientOf([{ body: bytes("text") }, {}]);
    expect(await (await get(client, { Key: "a" })).Body.text()).toBe("text");
    expect(await (await get(client, { Key: "a" })).Body.bytes()).toEqual(new Uint8Array());
  });

  it("is not requested as a stream by other operations", async () => {
    const { client, sent } = clientOf([{}]);
    await put(client, { Key: "a", Body: "text" });
    expect(sent[0]?.options.streamed).toBeUndefined();
  });

  it("has no deadline, but the caller's signal", async () => {
    const { signal } = new AbortController();
    const { client, sent } = clientOf([{ stream: streamOf("a") }]);
    await get(client, { Key: "a" }, { signal, deadline: 1_000 });
    expect(sent[0]?.options.streamed?.signal).toBe(signal);
    expect(sent[0]?.options.signal).not.toBe(signal);
  });

  it("fails while it is read with an error that names its call", async () => {
    const { client } = clientOf([
      { headers: { "x-amzn-requestid": "r-1" }, stream: streamOf("a", new ConnectionError("broken off")) },
    ]);
    const { Body } = await get(client, { Key: "a" });
    const error = await failureOf(Body.text());
    expect(error).toMatchObject({
      message: "broken off",
      operation: "Get",
      attempts: 1,
      $metadata: { requestId: "r-1", status: 200 },
    });
  });

  it("is collected up to maxResponseSize", async () => {
    const { client } = clientOf([{ stream: streamOf("four") }, { stream: streamOf("four") }], { maxResponseSize: 3 });
    const error = await failureOf((await get(client, { Key: "a" })).Body.text());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toBe(
      "The response of Get cannot be collected: the body has more than 3 bytes (option maxResponseSize). Read it in chunks, with for await.",
    );
    expect(await textOf((await get(client, { Key: "a" })).Body)).toBe("four");
  });

  it("is returned although a header beside it cannot be read, which is absent", async () => {
    const { client } = clientOf([{ headers: { "content-length": "much" }, stream: streamOf("text") }]);
    const output = await get(client, { Key: "a" });
    expect(output).not.toHaveProperty("Length");
    expect(await output.Body.text()).toBe("text");
  });
});

describe("an error instead of a streamed body", () => {
  it("is read to its end", async () => {
    const stream = streamOf('{"__type":"NotThere",', '"message":"no a"}');
    const { client } = clientOf([{ status: 404, stream }]);
    const error = await failureOf(get(client, { Key: "a" }));
    expect(error).toBeInstanceOf(module["NotThere"]);
    expect(error.message).toBe("no a");
  });

  it("is retried where that may help", async () => {
    const { client, sent } = clientOf([{ status: 503, stream: streamOf("{}") }, { stream: streamOf("text") }]);
    expect(await (await get(client, { Key: "a" })).Body.text()).toBe("text");
    expect(sent).toHaveLength(2);
  });

  it("ends with the deadline, and with the caller's signal", async () => {
    const endless = (): NonNullable<HttpResponse["stream"]> & { isCancelled: boolean } => ({
      ...streamOf(),
      // oxlint-disable-next-line require-yield
      async *[Symbol.asyncIterator]() {
        await new Promise(() => {});
      },
    });
    const late = endless();
    const { client } = clientOf([{ status: 500, stream: late }]);
    const error = await failureOf(get(client, { Key: "a" }, { deadline: 50 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toContain("was ended while reading the response");
    expect(late.isCancelled).toBe(true);

    const controller = new AbortController();
    const aborted = endless();
    const call = get(clientOf([{ status: 500, stream: aborted }]).client, { Key: "a" }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect(await failureOf(call)).toBeInstanceOf(AbortedError);
    expect(aborted.isCancelled).toBe(true);
  });

  it("is bounded in its size", async () => {
    const { client } = clientOf([{ status: 500, stream: streamOf("much too much") }], {
      maxResponseSize: 4,
      maxAttempts: 1,
    });
    const error = await failureOf(get(client, { Key: "a" }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).not.toBeInstanceOf(ServiceError);
  });
});

describe("observers", () => {
  it("gets no stream, and prints none", async () => {
    const lines: unknown[] = [];
    const seen: object[] = [];
    const note = (event: object): void => void seen.push(event);
    const logger = {
      debug: (...line: unknown[]) => void lines.push(...line),
      info: () => {},
      warn: () => {},
      error: () => {},
    };
    const { client } = clientOf([{}, { stream: streamOf("text") }, {}], {
      logger,
      hooks: { onRequest: note, onSigned: note, onResponse: note },
    });
    await put(client, { Key: "a", Body: Readable.from(["text"]) });
    const output = await get(client, { Key: "a" });
    await put(client, { Key: "a", Body: "secret" });
    expect(await output.Body.text()).toBe("text");
    expect(lines).toContainEqual({ Key: "a", Body: "(a stream)" });
    expect(lines).toContainEqual({ Body: "(a stream)" });
    expect(lines).toContainEqual({ Key: "a", Body: "(6 characters)" });
    expect(seen).toHaveLength(9);
    for (const event of seen) {
      const { request, response } = event as { readonly request?: object; readonly response?: object };
      expect((request ?? response) as { readonly stream?: unknown }).toMatchObject({ headers: {} });
      expect((request ?? response) as { readonly stream?: unknown }).not.toMatchObject({
        stream: expect.anything() as unknown,
      });
    }
  });
});
