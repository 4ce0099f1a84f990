import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { getEventListeners } from "node:events";
import { Agent } from "undici";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Client } from "#runtime/client/client.js";
import { ConfigurationError, ConnectionError, ServiceError, ValidationError } from "#runtime/errors/index.js";
import type { EventStream } from "#runtime/event-streams/types.js";
import type { Transport } from "#runtime/schema/http.js";
import { createFetchTransport } from "#runtime/transport/fetch/index.js";
import { createHttp2Transport } from "#runtime/transport/http2/index.js";
import { createNodeHttpTransport } from "#runtime/transport/node/index.js";
import { createUndiciTransport } from "#runtime/transport/undici/index.js";
import { makeCertificate } from "../../support/certificate.js";
import { type DuplexServer, startDuplexServer } from "../../support/duplex-server.js";
import { codec, event, eventStreamType, frame, messagesOf } from "../../support/event-server.js";
import { failureOf } from "../../support/failure.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { sharedPath } from "../../support/shared.js";
import { frameVerifier } from "../../support/verify-frames.js";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
const json = { ":content-type": "application/json" };

type Events = EventStream<Readonly<Record<string, Readonly<Record<string, unknown>>>>>;
type Output = Readonly<Record<string, unknown>> & { readonly $metadata: { readonly events?: object } };
type Operation = (client: Client, input: object, options?: object) => Promise<Output>;

/** The two operations of Transcribe that send audio and receive transcripts at once. */
const operations = {
  startStreamTranscription: {
    path: "/stream-transcription",
    member: "TranscriptResultStream",
    eventType: "TranscriptEvent",
    response: (text: string) => ({
      Transcript: { Results: [{ ResultId: text, StartTime: 0, EndTime: 1.5, IsPartial: false }] },
    }),
  },
  startCallAnalyticsStreamTranscription: {
    path: "/call-analytics-stream-transcription",
    member: "CallAnalyticsTranscriptResultStream",
    eventType: "UtteranceEvent",
    response: (text: string) => ({ UtteranceId: text, IsPartial: false }),
  },
} as const;
type Name = keyof typeof operations;
const names = Object.keys(operations) as Name[];

const model = sharedPath("models/transcribe-streaming-2017-10-26.json");

type NextAudio = (count: number) => Promise<object | undefined> | object | undefined;

/** Audio events, each with a text in the place of sound. It keeps account of what becomes of it. */
class Audio implements AsyncIterable<object> {
  asked = 0;
  ended = 0;
  readonly #next: NextAudio;

  constructor(next: NextAudio) {
    this.#next = next;
  }

  [Symbol.asyncIterator](): AsyncIterator<object> {
    return {
      next: async () => {
        const value = await this.#next(this.asked++);
        return value ? { done: false, value } : { done: true, value };
      },
      return: async () => {
        this.ended++;
        return { done: true, value: undefined };
      },
    };
  }
}

async function collect<Value>(values: AsyncIterable<Value>, into: Value[] = []): Promise<Value[]> {
  for await (const value of values) into.push(value);
  return into;
}

const audio = (text: string): object => ({ AudioEvent: { AudioChunk: Buffer.from(text) } });
const never = (): Promise<never> => new Promise(() => {});

/** Reads what is signed within the messages of a request: the type of each event and its payload as text. */
async function* heard(request: Http2ServerRequest): AsyncGenerator<readonly [type: string, text: string]> {
  const check = await frameVerifier(request as never, credentials);
  let isEnded = false;
  for await (const message of messagesOf(request)) {
    await check(message);
    expect(isEnded).toBe(false);
    if (message.body.byteLength === 0) {
      isEnded = true;
      continue;
    }
    const { headers, body } = codec.decode(message.body);
    yield [String(headers[":event-type"]?.value), Buffer.from(body).toString()];
  }
  expect(isEnded).toBe(true);
}

function begin(response: Http2ServerResponse): void {
  response.writeHead(200, { "content-type": eventStreamType, "x-amzn-request-id": "request-1" });
  // Not in the types of Node.
  (response as unknown as { flushHeaders(): void }).flushHeaders();
}

describe.skipIf(!model)("Transcribe, two ways at once", () => {
  let module: ClientModule;
  const certificate = makeCertificate();

  beforeAll(async () => {
    ({ module } = await generateClient(model ?? ""));
  });

  function open(
    server: Pick<DuplexServer, "endpoint">,
    options: { readonly transport?: Transport } & object = {},
  ): Client {
    const TranscribeClient = module["TranscribeStreamingClient"] as new (options: object) => Client;
    const isSecure = server.endpoint.startsWith("https:");
    const transport = isSecure ? createHttp2Transport({ connect: { ca: certificate.cert } }) : undefined;
    const client = new TranscribeClient({
      region: "us-east-1",
      endpoint: server.endpoint,
      credentials,
      maxAttempts: 1,
      ...(transport && { transport }),
      ...options,
    });
    onTestFinished(async () => {
      await client.close();
      await transport?.close();
    });
    return client;
  }

  function start(client: Client, name: Name, stream: AsyncIterable<object>, options?: object): Promise<Output> {
    const input = { LanguageCode: "en-US", MediaSampleRateHertz: 16_000, MediaEncoding: "pcm", AudioStream: stream };
    return (module[name] as Operation)(client, input, options);
  }

  const eventsOf = (output: Output, name: Name): Events => output[operations[name].member] as Events;

  const modes = names.flatMap((name) => [[name, "over TLS"] as const, [name, "by a client without options"] as const]);

  it.each(modes)("%s %s: each event responds to the one before, in both directions", async (name, mode) => {
    const { path, eventType, response: given } = operations[name];
    const requests: string[] = [];
    await using server = await startDuplexServer(
      async (request, response) => {
        requests.push(`${request.httpVersion} ${request.method} ${request.url}`);
        begin(response);
        let last = "";
        for await (const [type, text] of heard(request)) {
          expect(type).toBe("AudioEvent");
          last = text;
          response.write(event(eventType, JSON.stringify(given(text)), json));
        }
        // The client has closed its side: the rest is still sent.
        for (const text of ["late 1", "late 2"]) {
          await new Promise((resolve) => setTimeout(resolve, 30));
          response.write(event(eventType, JSON.stringify(given(`${text} after ${last}`)), json));
        }
        response.end();
      },
      mode === "over TLS" ? certificate : undefined,
    );
    const client = open(server);
    for (let round = 0; round < 2; round++) {
      const responded: (() => void)[] = [];
      const source = new Audio(async (count) => {
        if (count > 0) await new Promise<void>((resolve) => responded.push(resolve));
        return count === 5 ? undefined : audio(`word ${count}`);
      });
      const output = await start(client, name, source);
      expect(output["MediaSampleRateHertz"]).toBeUndefined();
      const read: unknown[] = [];
      for await (const received of eventsOf(output, name)) {
        read.push(received[eventType]);
        responded.shift()?.();
      }
      const words = [0, 1, 2, 3, 4].map((count) => `word ${count}`);
      expect(read).toEqual([...words, "late 1 after word 4", "late 2 after word 4"].map((text) => given(text)));
      expect(output.$metadata).toMatchObject({ status: 200, events: { sent: 5, received: 7 } });
      expect(source).toMatchObject({ asked: 6, ended: 0 });
    }
    expect(server.failures).toEqual([]);
    expect(requests).toEqual([`2.0 POST ${path}`, `2.0 POST ${path}`]);
    expect(server.connections).toBe(1);
    await expect.poll(() => server.resets).toEqual([]);
  });

  it("sends 2 000 events of 3 kB and receives as many, each whole and in order", async () => {
    const name = "startStreamTranscription";
    const { eventType, response: scripted } = operations[name];
    await using server = await startDuplexServer(async (request, response) => {
      begin(response);
      for await (const message of messagesOf(request)) {
        if (message.body.byteLength === 0) break;
        const { body } = codec.decode(message.body);
        response.write(event(eventType, JSON.stringify(scripted(Buffer.from(body).toString().slice(0, 4))), json));
      }
      response.end();
    }, certificate);
    const source = new Audio((count) =>
      count === 2_000 ? undefined : audio(String(count).padStart(4, "0").padEnd(3_000, "x")),
    );
    const output = await start(open(server), name, source);
    let count = 0;
    for await (const received of eventsOf(output, name)) {
      expect(received[eventType]).toEqual(scripted(String(count++).padStart(4, "0")));
    }
    expect(count).toBe(2_000);
    expect(server.failures).toEqual([]);
  });

  describe.each(names)("%s ends early", (name) => {
    const { eventType, response: make } = operations[name];

    it("by an exception of the service while events are sent", async () => {
      await using server = await startDuplexServer(async (request, response) => {
        begin(response);
        for await (const [, text] of heard(request)) {
          response.write(event(eventType, JSON.stringify(make(text)), json));
          response.write(
            frame(
              { ":message-type": "exception", ":exception-type": "LimitExceededException", ...json },
              '{"Message":"slow"}',
            ),
          );
        }
      }, certificate);
      const source = new Audio((count) => (count === 0 ? audio("word") : never()));
      const output = await start(open(server), name, source);
      const read: object[] = [];
      const error = await failureOf(collect(eventsOf(output, name), read));
      expect(error).toBeInstanceOf(module["LimitExceededException"]);
      expect(error).toMatchObject({ $metadata: { events: { sent: 1, received: 1 } } });
      expect(read).toHaveLength(1);
      expect(source.ended).toBe(1);
      await expect.poll(() => server.resets).toEqual([8]);
      expect(server.open.size).toBe(1);
    });

    it("by an error response while events are sent", async () => {
      await using server = await startDuplexServer(async (request, response) => {
        await heard(request).next();
        response.writeHead(400, { "content-type": "application/json", "x-amzn-errortype": "BadRequestException" });
        response.end('{"Message":"no such language"}');
      });
      const source = new Audio((count) => (count === 0 ? audio("word") : never()));
      const error = await failureOf(start(open(server), name, source));
      expect(error).toBeInstanceOf(module["BadRequestException"]);
      expect(error).toBeInstanceOf(ServiceError);
      expect(error).toMatchObject({ status: 400 });
      expect(source.ended).toBe(1);
    });

    it("by the end of the response while events are sent", async () => {
      await using server = await startDuplexServer(async (request, response) => {
        begin(response);
        for await (const [, text] of heard(request)) {
          response.end(event(eventType, JSON.stringify(make(text)), json));
        }
      });
      const source = new Audio((count) => (count === 0 ? audio("word") : never()));
      const output = await start(open(server), name, source);
      expect(await collect(eventsOf(output, name))).toEqual([{ [eventType]: make("word") }]);
      await expect.poll(() => source.ended).toBe(1);
    });

    it("by the signal of the caller", async () => {
      await using server = await startDuplexServer(async (request, response) => {
        begin(response);
        for await (const [, text] of heard(request)) response.write(event(eventType, JSON.stringify(make(text)), json));
      }, certificate);
      const source = new Audio((count) => (count === 0 ? audio("word") : never()));
      const controller = new AbortController();
      const reason = new Error("the user pressed stop");
      const output = await start(open(server), name, source, { signal: controller.signal });
      const error = await failureOf(
        (async () => {
          for await (const received of eventsOf(output, name)) if (received[eventType]) controller.abort(reason);
        })(),
      );
      expect(error).toMatchObject({ code: "Aborted", cause: reason, $metadata: { events: { sent: 1, received: 1 } } });
      expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
      expect(source.ended).toBe(1);
      await expect.poll(() => server.resets).toEqual([8]);
    });

    it("by a loop that is left: the source ends, and the next call uses the connection", async () => {
      await using server = await startDuplexServer(async (request, response) => {
        begin(response);
        for await (const [, text] of heard(request)) response.write(event(eventType, JSON.stringify(make(text)), json));
      }, certificate);
      const client = open(server);
      for (let round = 1; round <= 2; round++) {
        const source = new Audio((count) => (count === 0 ? audio("word") : never()));
        for await (const received of eventsOf(await start(client, name, source), name)) {
          expect(received[eventType]).toEqual(make("word"));
          break;
        }
        expect(source.ended).toBe(1);
        await expect.poll(() => server.resets).toHaveLength(round);
      }
      expect(server.connections).toBe(1);
    });

    it.each([0, 2])("by a source that fails after %i events: the error surfaces once", async (good) => {
      await using server = await startDuplexServer(async (request, response) => {
        begin(response);
        for await (const [, text] of heard(request)) response.write(event(eventType, JSON.stringify(make(text)), json));
      }, certificate);
      const broken = new Error("the microphone is gone");
      const source = new Audio(async (count) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (count === good) throw broken;
        return audio("word");
      });
      let output: Output | undefined;
      const error = await failureOf(
        (async () => {
          output = await start(open(server), name, source);
          for await (const received of eventsOf(output, name)) expect(received[eventType]).toEqual(make("word"));
        })(),
      );
      expect(output).toBeDefined();
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ systemCode: "CLIENTSMITH_REQUEST_STREAM", cause: broken });
      // The service does not take the part for the whole.
      await expect.poll(() => server.resets).toEqual([8]);
      expect(server.failures).toEqual([]);
    });

    it("by an event that violates the model", async () => {
      await using server = await startDuplexServer(async (request, response) => {
        begin(response);
        await collect(heard(request));
      });
      const source = new Audio(async (count) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return count === 0 ? audio("word") : { AudioEvent: { AudioChunk: 7 } };
      });
      const error = await failureOf(
        start(open(server), name, source).then((output) => collect(eventsOf(output, name))),
      );
      expect(error).toBeInstanceOf(ValidationError);
      expect(error.message).toContain("AudioChunk");
      expect(source.ended).toBe(1);
      await expect.poll(() => server.resets).toEqual([8]);
    });

    it("by a connection that breaks", async () => {
      await using server = await startDuplexServer(async (request, response) => {
        begin(response);
        for await (const [, text] of heard(request)) {
          response.write(event(eventType, JSON.stringify(make(text)), json));
          setTimeout(() => {
            for (const socket of server.open) socket.resetAndDestroy();
          }, 30);
        }
      }, certificate);
      const source = new Audio((count) => (count === 0 ? audio("word") : never()));
      const output = await start(open(server), name, source);
      const error = await failureOf(collect(eventsOf(output, name)));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ $metadata: { events: { sent: 1, received: 1 } } });
      expect(error.explain()).toContain("received    1 events");
      expect(source.ended).toBe(1);
    });
  });

  it("closing the client waits for a stream that is read, and gives up one that is not", async () => {
    const name = "startStreamTranscription";
    const { eventType, response: make } = operations[name];
    await using server = await startDuplexServer(async (request, response) => {
      begin(response);
      for await (const [, text] of heard(request)) response.write(event(eventType, JSON.stringify(make(text)), json));
      response.end();
    });
    const client = open(server);
    let finish = (): void => {};
    const source = new Audio((count) =>
      count === 0
        ? audio("word")
        : new Promise((resolve) => {
            finish = () => resolve(undefined);
          }),
    );
    const unread = new Audio(never);
    await start(client, name, unread);
    const output = await start(client, name, source);
    const read: object[] = [];
    const reading = collect(eventsOf(output, name), read);
    await expect.poll(() => read.length).toBe(1);
    let isClosed = false;
    const closing = client.close().then(() => (isClosed = true));
    await expect.poll(() => unread.ended).toBe(1);
    expect(isClosed).toBe(false);
    finish();
    await reading;
    await closing;
    await expect.poll(() => server.open.size).toBe(0);
    expect(server.failures).toEqual([]);
  });

  it.each<readonly [string, () => object, RegExp]>([
    ["node:http", () => ({ transport: createNodeHttpTransport() }), /transport cannot do that: leave that option out/],
    ["undici", () => ({ transport: createUndiciTransport() }), /transport cannot do that: leave that option out/],
    ["fetch", () => ({ transport: createFetchTransport() }), /transport cannot do that: leave that option out/],
    [
      "a transport of the caller's own",
      () => ({ transport: { send: never, close: () => Promise.resolve() } }),
      /createHttp2Transport\(\) of @clientsmith\/runtime\/transport\/http2/,
    ],
    ["a dispatcher", () => ({ dispatcher: new Agent() }), /dispatcher cannot do that: leave that option out/],
  ])("is an error over %s before anything is sent", async (_what, options, message) => {
    await using server = await startDuplexServer(() => expect.unreachable());
    const source = new Audio(never);
    const error = await failureOf(start(open(server, options()), "startStreamTranscription", source));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ attempts: 0 });
    expect(error.message).toMatch(
      /^StartStreamTranscription sends events while it receives others, which takes HTTP\/2/,
    );
    expect(error.message).toMatch(message);
    expect([source.asked, server.connections]).toEqual([0, 0]);
  });
});
