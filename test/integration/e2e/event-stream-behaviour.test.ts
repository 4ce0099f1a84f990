import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer, type Http2ServerResponse } from "node:http2";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { serviceModel } from "clientsmith";
import { createFetchTransport } from "@clientsmith/runtime/transport/fetch";
import { createHttp2Transport } from "@clientsmith/runtime/transport/http2";
import { createNodeHttpTransport } from "@clientsmith/runtime/transport/node-http";
import { createUndiciTransport } from "@clientsmith/runtime/transport/undici";
import { describe, expect, it } from "vitest";
import { sigv4a } from "#runtime/auth/sigv4a.js";
import { invoke } from "#runtime/call/invoke.js";
import { Client } from "#runtime/client/client.js";
import { serverSentEvents } from "#runtime/event-streams/server-sent-events.js";
import type { ClientsmithError } from "#runtime/errors/base.js";
import type { EventStream } from "#runtime/event-streams/types.js";
import type { Transport } from "#runtime/schema/http.js";
import type { Operation, ServiceModel } from "#runtime/schema/service.js";
import { codec, event, eventStreamType, frame, messagesOf, startEventServer } from "../../support/event-server.js";
import { failureOf } from "../../support/failure.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

interface Output {
  readonly words: EventStream<{ readonly text?: { readonly text: string } }>;
  readonly $metadata: { readonly events: { readonly received: number; readonly receivedBytes: number } };
}
type Call = (client: Client, input: object, options?: object) => Promise<Output>;

const modelFile = join(root, "test/fixtures/events/model.smithy");
const protocol = "aws.protocols#restJson1";
const { module, folder } = await generateClient(modelFile, { protocol });
const [listen, tell, talk] = ["listen", "tell", "talk"].map((name) => module[name] as Call) as [Call, Call, Call];
const WireClient = module["WireClient"] as new (options: object) => Client;

const settings = { region: "eu-west-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } };
const open = (endpoint: string, options: object = {}): Client => new WireClient({ ...settings, endpoint, ...options });
const head = { "content-type": eventStreamType };
const hi = event("text", '{"text":"hi"}');

async function* say(...words: readonly string[]) {
  for (const text of words) yield await Promise.resolve({ text: { text } });
}

describe("an output of events", () => {
  it("has time limits of its own, for each call or client, that report what was awaited", async () => {
    await using server = await startEventServer((request, response) => {
      response.writeHead(200, head);
      response.flushHeaders();
      if (request.url !== "/listen/silent") response.write(hi);
      if (request.url === "/listen/cut") response.write(hi.subarray(0, 30));
    });
    const client = open(server.endpoint, { firstEventTimeout: 60, bodyTimeout: 70 });
    const fail = async (room: string, options?: object) => {
      const { words } = await listen(client, { room }, options);
      return failureOf(
        (async () => {
          for await (const each of words) expect(each.text?.text).toBe("hi");
        })(),
      );
    };
    expect(await fail("silent")).toMatchObject({
      message: "Listen timed out after 60 ms (option firstEventTimeout): no event arrived, after 0 events and 0 bytes.",
      phase: "body",
      limit: 60,
    });
    expect((await fail("one", { eventTimeout: 50 })).message).toBe(
      `Listen timed out after 50 ms (option eventTimeout): no event arrived, after 1 events and ${hi.length} bytes.`,
    );
    expect((await fail("cut")).message).toBe(
      `Listen timed out after 70 ms (option bodyTimeout): an event stalled, after 1 events and ${hi.length + 30} bytes.`,
    );
    await client.close();
    await expect.poll(() => server.connections()).toBe(0);
  });

  it("may be silent for longer than a body, without a limit of its own", async () => {
    await using server = await startEventServer((_request, response) => {
      response.writeHead(200, head);
      response.write(hi);
      setTimeout(() => response.end(hi), 150);
    });
    const { words } = await listen(open(server.endpoint, { bodyTimeout: 50 }), { room: "one" });
    let count = 0;
    for await (const each of words) count += each.text ? 1 : 0;
    expect(count).toBe(2);
  });

  it("makes the service wait for a slow reader, and its metadata report how far it came", async () => {
    const large = event("text", JSON.stringify({ text: "x".repeat(65_536) }));
    let written = 0;
    await using server = await startEventServer(async (_request, response) => {
      response.writeHead(200, head);
      const closed = once(response, "close");
      for (; written < 1_000 && !response.destroyed; written++) {
        if (!response.write(large)) await Promise.race([once(response, "drain"), closed]);
      }
      response.end();
    });
    const client = open(server.endpoint);
    const { words, $metadata } = await listen(client, { room: "one" });
    const events = words[Symbol.asyncIterator]();
    await events.next();
    expect($metadata.events).toMatchObject({ received: 1, sent: 0 });
    let before = -1;
    // Until the buffers between both sides are full.
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).toBeLessThan(300);
    for (let count = 1; count < 500; count++) await events.next();
    expect(written).toBeGreaterThanOrEqual(500);
    await events.return?.();
    expect($metadata.events.received).toBe(500);
    await expect.poll(() => server.connections()).toBe(0);
  });

  it("is retried like any other until its headers have come", async () => {
    let requests = 0;
    await using server = await startEventServer((_request, response) => {
      if (++requests === 1) response.writeHead(503, { "content-type": "application/json" }).end("{}");
      else response.writeHead(200, head).end(hi);
    });
    const { words } = await listen(open(server.endpoint), { room: "one" });
    for await (const each of words) expect(each).toEqual({ text: { text: "hi" } });
    expect(requests).toBe(2);
  });

  it("is read once, and is a stream in the log", async () => {
    const lines: unknown[] = [];
    const logger = { info: () => {}, debug: (...line: unknown[]) => void lines.push(...line) };
    await using server = await startEventServer((_request, response) => void response.writeHead(200, head).end(hi));
    const { words } = await listen(open(server.endpoint, { logger }), { room: "one" });
    for await (const each of words) expect(each).toBeTruthy();
    expect(() => words[Symbol.asyncIterator]()).toThrow("The events of Listen were read before");
    expect(JSON.stringify(lines)).toContain('"words":"(a stream)"');
  });

  it("becomes server-sent events", async () => {
    await using server = await startEventServer((_request, response) => void response.writeHead(200, head).end(hi));
    const { words } = await listen(open(server.endpoint), { room: "one" });
    expect(await new Response(serverSentEvents(words)).text()).toBe('event: text\ndata: {"text":"hi"}\n\n');
  });
});

describe("a call with events that fails before its output", () => {
  it("has in its metadata and explanation how far it came, for an error of the service", async () => {
    await using server = await startEventServer(async (request, response) => {
      const messages = messagesOf(request);
      await messages.next();
      await messages.next();
      response.writeHead(409, { "content-type": "application/json", "x-amzn-errortype": "BusyError" });
      response.end("{}");
    });
    async function* endless() {
      for (;;) {
        yield { text: { text: "hi" } };
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    const error = await failureOf(tell(open(server.endpoint), { room: "one", words: endless() }));
    expect(error).toMatchObject({ code: "Service", status: 409 });
    expectProgress(error);
  });

  it("has it for a broken connection", async () => {
    await using server = await startEventServer(async (request, response) => {
      await messagesOf(request).next();
      response.destroy();
    });
    async function* endless() {
      for (;;) {
        yield { text: { text: "hi" } };
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    const error = await failureOf(tell(open(server.endpoint), { room: "one", words: endless() }));
    expect(error).toMatchObject({ code: "Connection" });
    expectProgress(error);
  });

  it("has it for a time limit, and for a signal", async () => {
    await using server = await startEventServer(() => {});
    const client = open(server.endpoint, { headersTimeout: 100 });
    const error = await failureOf(tell(client, { room: "one", words: say("hi", "ho") }));
    expect(error).toMatchObject({ code: "Timeout", phase: "headers", $metadata: { events: { sent: 2, received: 0 } } });
    expectProgress(error);
    const signal = AbortSignal.timeout(100);
    const aborted = await failureOf(tell(open(server.endpoint), { room: "one", words: say("hi") }, { signal }));
    expect(aborted).toMatchObject({ code: "Aborted", $metadata: { events: { sent: 1, received: 0 } } });
    expectProgress(aborted);
  });

  it("has it for an invalid event, and for an error of the iterable", async () => {
    await using server = await startEventServer((request) => void request.resume());
    async function* invalid() {
      yield* say("hi");
      yield { text: { text: 5 } };
    }
    const error = await failureOf(tell(open(server.endpoint), { room: "one", words: invalid() }));
    expect(error).toMatchObject({ code: "Validation", $metadata: { events: { sent: 1 } } });
    expectProgress(error);
    async function* failing() {
      yield* say("hi", "ho");
      throw new Error("no more");
    }
    const failed = await failureOf(tell(open(server.endpoint), { room: "one", words: failing() }));
    expect(failed).toMatchObject({ code: "Connection", $metadata: { events: { sent: 2 } } });
    expect((failed.cause as Error).message).toBe("no more");
    expectProgress(failed);
  });

  it("has it where nothing came, and none where nothing was tried", async () => {
    const client = open("http://127.0.0.1:1", { maxAttempts: 1 });
    const rejected = await failureOf(listen(client, { room: "one" }));
    const events = { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 };
    expect(rejected).toMatchObject({ code: "Connection", $metadata: { events } });
    const error = await failureOf(listen(client, {}));
    expect(error).toMatchObject({ code: "Validation" });
    expect(error.$metadata).not.toHaveProperty("events");
  });
});

function expectProgress(error: ClientsmithError): void {
  const events = error.$metadata?.events ?? expect.unreachable();
  const { sent, sentBytes, received, receivedBytes } = events;
  expect(sent).toBeGreaterThanOrEqual(1);
  // Each is signed.
  expect(sentBytes).toBeGreaterThanOrEqual(sent * 100);
  expect(error.explain()).toContain(
    `  events      ${sent} sent (${sentBytes} bytes), ${received} received (${receivedBytes} bytes)\n`,
  );
}

describe("closing the client while events are read", () => {
  const transports: Readonly<Record<string, () => Transport | undefined>> = {
    "its own transport": () => undefined,
    "node:http": createNodeHttpTransport,
    undici: createUndiciTransport,
    fetch: createFetchTransport,
    "HTTP/2": createHttp2Transport,
  };

  /** A server that sends events until each response is closed, over HTTP/1.1 or HTTP/2. */
  async function startEndless(isHttp2: boolean, pause = 5) {
    const responses = new Set<object>();
    const send = (response: ServerResponse | Http2ServerResponse): void => {
      response.writeHead(200, head);
      const timer = setInterval(() => (response as ServerResponse).write(hi), pause);
      responses.add(response);
      response.on("close", () => {
        clearInterval(timer);
        responses.delete(response);
      });
    };
    if (!isHttp2) return Object.assign(await startEventServer((_request, response) => send(response)), { responses });
    const server = createServer((_request, response) => send(response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      responses,
      async [Symbol.asyncDispose]() {
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  it.each(Object.entries(transports))(
    "over %s, a reader that has paused has bodyTimeout to continue, then its stream fails",
    async (name, create) => {
      await using server = await startEndless(name === "HTTP/2");
      const transport = create();
      const client = open(server.endpoint, { ...(transport && { transport }), bodyTimeout: 200 });
      const { words, $metadata } = await listen(client, { room: "one" });
      const events = words[Symbol.asyncIterator]();
      expect(await events.next()).toMatchObject({ done: false });
      const startedAt = performance.now();
      await client.close();
      await transport?.close();
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(190);
      const error = await failureOf(
        (async () => {
          while (!(await events.next()).done);
        })(),
      );
      expect(error).toMatchObject({ code: "Connection", systemCode: "UND_ERR_CLOSED", operation: "Listen" });
      // What had arrived before was read.
      expect($metadata.events.received).toBeGreaterThanOrEqual(1);
      await expect.poll(() => server.responses.size).toBe(0);
    },
  );

  it.each(Object.entries(transports))("over %s, a reader that continues is waited for", async (name, create) => {
    await using server = await startEndless(name === "HTTP/2", 200);
    const transport = create();
    const client = open(server.endpoint, { ...(transport && { transport }), bodyTimeout: 100 });
    const { words } = await listen(client, { room: "one" });
    let count = 0;
    let closing: Promise<void> | undefined;
    for await (const each of words) {
      expect(each.text?.text).toBe("hi");
      if (++count === 1) closing = client.close().then(() => transport?.close());
      if (count === 4) break;
    }
    await closing;
    expect(count).toBe(4);
  });
});

describe("the initial response of a protocol without HTTP bindings", async () => {
  const json = await generateClient(modelFile, { protocol: "aws.protocols#awsJson1_1" });
  const listenJson = json.module["listen"] as Call;
  const JsonClient = json.module["WireClient"] as new (options: object) => Client;
  const given = async (...frames: readonly Uint8Array[]) => {
    const server = await startEventServer((_request, response) => {
      response.writeHead(200, head);
      response.flushHeaders();
      for (const each of frames) response.write(each);
    });
    const client = new JsonClient({ ...settings, endpoint: server.endpoint, maxAttempts: 1, headersTimeout: 80 });
    return { server, call: (options?: object) => listenJson(client, { room: "one" }, options) };
  };

  it("is awaited as the headers are, within the bounds of the call", async () => {
    const { server, call } = await given();
    await using _ = server;
    expect(await failureOf(call())).toMatchObject({
      code: "Timeout",
      message: "Listen timed out after 80 ms (option headersTimeout): no event arrived, after 0 events and 0 bytes.",
    });
    expect(await failureOf(call({ deadline: 40 }))).toMatchObject({ code: "Timeout", phase: "deadline" });
    const signal = AbortSignal.timeout(40);
    expect(await failureOf(call({ signal }))).toMatchObject({ code: "Aborted", attempts: 1 });
    await expect.poll(() => server.connections()).toBe(0);
  });

  it("may be an error of the service, with which the call fails", async () => {
    const gone = frame({ ":message-type": "exception", ":exception-type": "busy" }, '{"message":"later","seconds":3}');
    const { server, call } = await given(gone);
    await using _ = server;
    const error = await failureOf(call());
    expect(error).toBeInstanceOf(json.module["BusyError"]);
    expect(error).toMatchObject({ message: "later", seconds: 3, operation: "Listen" });
  });

  it("may be missing: the first message is then an event", async () => {
    const { server, call } = await given(hi);
    await using _ = server;
    const { words, ...output } = await call();
    expect(Object.keys(output)).toEqual(["$metadata"]);
    for await (const each of words) {
      expect(each).toEqual({ text: { text: "hi" } });
      break;
    }
  });

  it("is an error if it is not in the format", async () => {
    const { server, call } = await given(event("initial-response", "<html>"));
    await using _ = server;
    expect(await failureOf(call())).toMatchObject({ code: "UnexpectedResponse" });
    await expect.poll(() => server.connections()).toBe(0);
  });
});

describe("an input of events", () => {
  const receive = (): { readonly bodies: string[]; readonly start: typeof startServer } => {
    const bodies: string[] = [];
    const startServer = () =>
      startEventServer(async (request, response) => {
        for await (const { body, headers } of messagesOf(request)) {
          const isSigned = ":chunk-signature" in headers;
          const inner = isSigned && body.byteLength > 0 ? codec.decode(body).body : body;
          bodies.push(`${isSigned ? "signed " : ""}${Buffer.from(inner).toString()}`);
        }
        response.writeHead(200, { "content-type": "application/json" }).end('{"count":1}');
      });
    return { bodies, start: startServer };
  };

  it("may be a Node stream in object mode, and end at once", async () => {
    const { bodies, start } = receive();
    await using server = await start();
    const client = open(server.endpoint);
    await tell(client, { room: "one", words: Readable.from([{ text: { text: "hi" } }]) });
    await tell(client, { room: "one", words: say() });
    expect(bodies).toEqual(['signed {"text":"hi"}', "signed ", "signed "]);
    expect(server.failures).toEqual([]);
  });

  it("is not signed if the request is not", async () => {
    const { bodies, start } = receive();
    await using server = await start();
    const { WireModel } = (await import(join(folder, "src/model.ts"))) as { readonly WireModel: ServiceModel };
    const { service, operations } = WireModel;
    const client = new Client({ ...service, authSchemes: [] }, { ...settings, endpoint: server.endpoint });
    await invoke(client, operations["tell"] as Operation, { room: "one", words: say("hi") });
    expect(bodies).toEqual(['{"text":"hi"}']);
  });

  it("is an error with SigV4a, which has no signature of events, before anything is sent", async () => {
    const { bodies, start } = receive();
    await using server = await start();
    const { WireModel } = (await import(join(folder, "src/model.ts"))) as { readonly WireModel: ServiceModel };
    const { service, operations } = WireModel;
    let isStarted = false;
    async function* words() {
      isStarted = true;
      yield* say("hi");
    }
    for (const name of ["tell", "talk"]) {
      const given = { ...settings, endpoint: server.endpoint };
      const client = new Client({ ...service, authSchemes: [sigv4a()] }, given);
      const call = invoke(client, operations[name] as Operation, { room: "one", words: words() });
      const error = await failureOf(call);
      expect(error).toMatchObject({ code: "Configuration", attempts: 0 });
      expect(error.message).toMatch(
        /^T(ell|alk) sends events, which cannot be signed with SigV4a\. Use an endpoint of a/,
      );
    }
    expect([isStarted, bodies, await server.connections()]).toEqual([false, [], 0]);
  });

  it("is checked before anything is sent", async () => {
    const client = open("http://127.0.0.1:1");
    const fail = async (words: unknown, options?: object) => failureOf(tell(client, { room: "one", words }, options));
    const message = "TellInput has 1 problem:\n  words: must be an AsyncIterable of events, but is";
    expect((await fail([{ text: { text: "hi" } }])).message).toBe(`${message} an array`);
    expect((await fail("text")).message).toBe(`${message} a string`);
    expect((await fail(Uint8Array.of(1))).message).toBe(`${message} bytes`);
    expect((await fail(7, { validation: false })).message).toBe(`${message} the number 7`);
    expect(await fail(undefined)).toMatchObject({ code: "Validation", issues: [{ rule: "required" }] });
  });

  it("names what is wrong with an event, and closes the iterable", async () => {
    const { start } = receive();
    await using server = await start();
    let isClosed = false;
    async function* words() {
      try {
        yield* say("hi");
        yield { text: { txt: "hi" } };
      } finally {
        isClosed = true;
      }
    }
    const error = await failureOf(tell(open(server.endpoint), { room: "one", words: words() }));
    expect(error).toMatchObject({ code: "Validation", operation: "Tell", attempts: 1 });
    expect(error.message).toBe(
      "Words has 2 problems:\n  text.text: is required\n  text.txt: is not a member of Text; did you mean text?",
    );
    expect(isClosed).toBe(true);
  });

  it("that failed before the call does not end the process", async () => {
    const words = new PassThrough({ objectMode: true });
    const client = open("http://127.0.0.1:1", {
      credentials: () => new Promise((resolve) => setTimeout(resolve, 50, settings.credentials)),
      maxAttempts: 1,
    });
    const call = tell(client, { room: "one", words });
    words.destroy(new Error("unplugged"));
    expect(await failureOf(call)).toMatchObject({ code: "Connection" });
  });

  it("fails before it is sent where the transport cannot receive at the same time", async () => {
    let isRead = false;
    async function* words() {
      isRead = true;
      yield* say("hi");
    }
    const client = open("http://127.0.0.1:1", { transport: createNodeHttpTransport() });
    const error = await failureOf(talk(client, { room: "one", words: words() }));
    expect(error).toMatchObject({ code: "Configuration", attempts: 0 });
    expect(error.message).toContain("Talk sends events while it receives others, which takes HTTP/2.");
    expect(isRead).toBe(false);
  });
});

describe("clients without generated code", () => {
  const description = JSON.stringify({
    version: "2.0",
    metadata: {
      apiVersion: "2026-01-01",
      endpointPrefix: "wire",
      protocol: "rest-json",
      serviceId: "Wire",
      serviceFullName: "Wire",
      signatureVersion: "v4",
      signingName: "wire",
      uid: "wire-2026-01-01",
    },
    operations: {
      Listen: { name: "Listen", http: { method: "POST", requestUri: "/listen" }, output: { shape: "ListenOutput" } },
    },
    shapes: {
      ListenOutput: { type: "structure", members: { words: { shape: "Words" } }, payload: "words" },
      Words: {
        type: "structure",
        members: { text: { shape: "Text" }, gone: { shape: "GoneError" } },
        eventstream: true,
      },
      Text: {
        type: "structure",
        members: { text: { shape: "Bytes", eventpayload: true }, kind: { shape: "Kind", eventheader: true } },
        event: true,
      },
      Bytes: { type: "blob" },
      Kind: { type: "string" },
      GoneError: { type: "structure", members: { message: { shape: "Kind" } }, exception: true },
    },
  });

  it("have the events of an api-2 description", async () => {
    await using server = await startEventServer((_request, response) => {
      response.writeHead(200, head);
      response.write(event("text", "hi", { kind: "greeting" }));
      response.end(event("text", "ho"));
    });
    const { operations, service } = (await serviceModel(description)).model;
    const client = new Client(service, { ...settings, endpoint: server.endpoint });
    const { words } = (await invoke(client, operations["listen"] as Operation, {})) as unknown as Output;
    const events: unknown[] = [];
    for await (const each of words) events.push(each);
    expect(events).toEqual([
      { text: { kind: "greeting", text: new Uint8Array(Buffer.from("hi")) } },
      { text: { text: new Uint8Array(Buffer.from("ho")) } },
    ]);
  });
});
