import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { Service } from "@clientsmith/runtime/classic";
import { serviceModel } from "clientsmith";
import { beforeAll, describe, expect, it } from "vitest";
import { event, type EventServer, eventStreamType, frame, startEventServer } from "../../support/event-server.js";

interface ErrorLike extends Error {
  readonly code: string;
  readonly statusCode?: number;
  readonly retryable?: boolean;
  readonly originalError?: Error;
}

interface Request {
  promise(): Promise<Record<string, unknown>>;
  abort(): void;
  createReadStream(): Readable;
}
type WireClass = new (options: object) => Record<"listen" | "say", (params?: object) => Request>;

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const settings = { ...keys, region: "us-east-1", maxRetries: 0 };

/** A service with events from it and to it, as an api-2 description. */
function description(protocol: "rest-json" | "json"): string {
  const isRest = protocol === "rest-json";
  const operation = (name: string): object => ({
    name,
    http: { method: "POST", requestUri: isRest ? `/${name}` : "/" },
  });
  return JSON.stringify({
    version: "2.0",
    metadata: {
      apiVersion: "2026-01-01",
      endpointPrefix: "wire",
      protocol,
      jsonVersion: "1.1",
      targetPrefix: "Wire",
      serviceId: "Wire",
      serviceFullName: "Wire",
      signatureVersion: "v4",
      signingName: "wire",
      uid: "wire-2026-01-01",
    },
    operations: {
      Listen: { ...operation("Listen"), output: { shape: "ListenOutput" }, errors: [{ shape: "BusyError" }] },
      Say: { ...operation("Say"), input: { shape: "SayInput" } },
    },
    shapes: {
      ListenOutput: {
        type: "structure",
        members: {
          Room: { shape: "Kind", ...(isRest && { location: "header", locationName: "x-room" }) },
          Words: { shape: "Words" },
        },
        ...(isRest && { payload: "Words" }),
      },
      SayInput: { type: "structure", members: { Words: { shape: "Words" } }, ...(isRest && { payload: "Words" }) },
      Words: {
        type: "structure",
        members: { text: { shape: "Text" }, gone: { shape: "GoneError" } },
        eventstream: true,
      },
      Text: { type: "structure", members: { text: { shape: "Kind" }, raw: { shape: "Bytes" } }, event: true },
      Bytes: { type: "blob" },
      Kind: { type: "string" },
      GoneError: { type: "structure", members: { message: { shape: "Kind" } }, exception: true },
      BusyError: { type: "structure", members: { message: { shape: "Kind" } }, exception: true },
    },
  });
}

const head = { "content-type": eventStreamType, "x-room": "one" };
const word = (text: string): Uint8Array => event("text", JSON.stringify({ text, raw: "AQI=" }));
const heard = (text: string): object => ({ text: { text, raw: Buffer.from([1, 2]) } });
const gone = frame({ ":message-type": "exception", ":exception-type": "gone" }, '{"message":"left"}');

let Rest: WireClass;
let Json: WireClass;
beforeAll(async () => {
  Rest = Service.defineService(await serviceModel(description("rest-json"))) as unknown as WireClass;
  Json = Service.defineService(await serviceModel(description("json"))) as unknown as WireClass;
});

function server(handle: (response: ServerResponse) => unknown): Promise<EventServer> {
  return startEventServer(async (request, response) => {
    request.resume();
    await handle(response);
  });
}

async function failureOf(promise: Promise<unknown>): Promise<ErrorLike> {
  return promise.then(
    () => expect.unreachable(),
    (error: unknown) => error as ErrorLike,
  );
}

async function read(stream: unknown, events: object[] = []): Promise<object[]> {
  for await (const each of stream as Readable) events.push(each as object);
  return events;
}

async function withoutConnections(open: EventServer): Promise<number> {
  for (let wait = 0; wait < 100 && (await open.connections()) > 0; wait++) await sleep(20);
  return open.connections();
}

describe("event streams of a service object", () => {
  it.each(["rest-json", "json"] as const)("has events and the other members, in %s", async (protocol) => {
    await using open = await server((response) => {
      response.writeHead(200, head);
      if (protocol === "json") response.write(event("initial-response", '{"Room":"one"}'));
      response.write(word("hi"));
      response.write(event("newer", "{}"));
      response.end(word("ho"));
    });
    const wire = new (protocol === "json" ? Json : Rest)({ ...settings, endpoint: open.endpoint });
    const { Words, ...others } = await wire.listen().promise();
    expect(others).toEqual({ Room: "one" });
    // The event that the model does not have is left out.
    expect(await read(Words)).toEqual([heard("hi"), heard("ho")]);
  });

  it("fails its stream with an exception of the model, by its name", async () => {
    await using open = await server((response) => {
      response.writeHead(200, { ...head, "x-amzn-requestid": "id-1" });
      response.write(word("hi"));
      response.write(gone);
    });
    const wire = new Rest({ ...settings, endpoint: open.endpoint });
    const { Words } = await wire.listen().promise();
    const events: object[] = [];
    const error = await failureOf(read(Words, events));
    expect(events).toEqual([heard("hi")]);
    expect(error).toMatchObject({ code: "GoneError", name: "GoneError", message: "left", requestId: "id-1" });
    expect(error.originalError).toMatchObject({ code: "Service", name: "GoneError" });
    expect(await withoutConnections(open)).toBe(0);
  });

  it("fails with the exception that comes in place of the initial response", async () => {
    await using open = await server((response) => {
      response.writeHead(200, head);
      response.write(gone);
    });
    const wire = new Json({ ...settings, endpoint: open.endpoint });
    const error = await failureOf(wire.listen().promise());
    expect(error).toMatchObject({ code: "GoneError", message: "left" });
    expect(await withoutConnections(open)).toBe(0);
  });

  it("retries a response with an error, and reads the events of the next one", async () => {
    let count = 0;
    await using open = await server((response) => {
      if (++count === 1) {
        response.writeHead(503, { "content-type": "application/json" });
        return response.end('{"__type":"BusyError","message":"later"}');
      }
      response.writeHead(200, head);
      return response.end(word("hi"));
    });
    const wire = new Rest({ ...settings, maxRetries: 1, retryDelayOptions: { base: 1 }, endpoint: open.endpoint });
    const { Words } = await wire.listen().promise();
    expect(await read(Words)).toEqual([heard("hi")]);
    expect(count).toBe(2);
    const once = new Rest({ ...settings, endpoint: open.endpoint });
    count = 0;
    expect(await failureOf(once.listen().promise())).toMatchObject({
      code: "BusyError",
      message: "later",
      statusCode: 503,
    });
  });

  it.each<[string, (response: ServerResponse) => void, readonly string[]]>([
    ["cut within an event", (response) => response.end(word("ho").subarray(0, 20)), ["UnexpectedResponse"]],
    [
      "changed on the way",
      (response) => response.end(word("ho").map((byte, at) => (at === 30 ? byte ^ 1 : byte))),
      ["UnexpectedResponse"],
    ],
    ["reset", (response) => void setTimeout(() => response.destroy(), 50), ["TimeoutError", "NetworkingError"]],
    ["silent", () => {}, ["TimeoutError"]],
    ["silent within an event", (response) => response.write(word("ho").subarray(0, 20)), ["TimeoutError"]],
  ])("fails its stream with one error where it is %s, and releases the connection", async (_name, next, codes) => {
    await using open = await server((response) => {
      response.writeHead(200, { ...head, connection: "close" });
      response.write(word("hi"));
      next(response);
    });
    const wire = new Rest({ ...settings, endpoint: open.endpoint, httpOptions: { timeout: 300 } });
    const { Words } = await wire.listen().promise();
    const events: object[] = [];
    const errors: ErrorLike[] = [];
    await new Promise((resolve) => {
      (Words as Readable)
        .on("data", (each: object) => events.push(each))
        .on("error", (error) => errors.push(error as ErrorLike))
        .on("close", resolve);
    });
    expect(events).toEqual([heard("hi")]);
    expect(errors).toHaveLength(1);
    expect(codes).toContain(errors[0]?.code);
    expect(await withoutConnections(open)).toBe(0);
  });

  it("fails in time where the body of an error stalls", async () => {
    await using open = await server((response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.write('{"__type"');
    });
    const wire = new Rest({ ...settings, endpoint: open.endpoint, httpOptions: { timeout: 200 } });
    expect(await failureOf(wire.listen().promise())).toMatchObject({ code: "TimeoutError" });
    expect(await withoutConnections(open)).toBe(0);
  });

  it.each<[string, (stream: Readable, request: Request) => unknown, string | undefined]>([
    ["destroy()", (stream) => stream.destroy(), undefined],
    ["abort()", (_stream, request) => request.abort(), "RequestAbortedError"],
  ])("releases the connection by %s", async (_name, end, code) => {
    await using open = await server((response) => {
      response.writeHead(200, head);
      response.write(word("hi"));
    });
    const request = new Rest({ ...settings, endpoint: open.endpoint }).listen();
    const { Words } = await request.promise();
    const stream = Words as Readable;
    const closed = new Promise<ErrorLike | undefined>((resolve) => {
      let failure: ErrorLike | undefined;
      stream.on("error", (error) => (failure = error as ErrorLike));
      stream.on("close", () => resolve(failure));
    });
    stream.once("data", () => setTimeout(() => end(stream, request), 20));
    expect((await closed)?.code).toBe(code);
    expect(await withoutConnections(open)).toBe(0);
  });

  it("reads no more than its listener takes", async () => {
    const { length } = word("x".repeat(50_000));
    let written = 0;
    await using open = await server((response) => {
      response.writeHead(200, head);
      const more = (): void => {
        while (!response.destroyed && written < 4_000 && response.write(word("x".repeat(50_000)))) written++;
        if (!response.destroyed && written < 4_000) response.once("drain", more);
      };
      more();
    });
    const { Words } = await new Rest({ ...settings, endpoint: open.endpoint }).listen().promise();
    const iterator = (Words as Readable)[Symbol.asyncIterator]();
    await iterator.next();
    await sleep(300);
    // What the sockets of both sides hold, of 200 MB.
    expect(written * length).toBeLessThan(40_000_000);
    await iterator.return?.();
    expect(await withoutConnections(open)).toBe(0);
  });

  it("has the bytes in createReadStream", async () => {
    await using open = await server((response) => {
      response.writeHead(200, head);
      response.write(word("hi"));
      response.end(word("ho"));
    });
    const stream = new Json({ ...settings, endpoint: open.endpoint }).listen().createReadStream();
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk as Uint8Array);
    expect(Buffer.concat(chunks)).toEqual(Buffer.concat([word("hi"), word("ho")]));
  });

  it("sends no events, and reports which function does", async () => {
    const wire = new Rest({ ...settings, endpoint: "http://127.0.0.1:1" });
    expect(await failureOf(wire.say({ Words: [] }).promise())).toMatchObject({
      code: "UnsupportedOperation",
      message:
        "say sends events, which service objects of Wire do not support: call the function say of the package instead",
    });
  });
});
