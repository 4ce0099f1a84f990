import { readFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { Agent, request as httpsRequest } from "node:https";
import { serviceModel } from "clientsmith";
import {
  type Fault,
  type LocalService,
  type LocalServiceOptions,
  startLocalService,
  testCredentials,
} from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { EventStream } from "#runtime/event-streams/types.js";
import { createHttp2Transport } from "#runtime/transport/http2/index.js";
import { NotesModel } from "../../unit/runtime/testing/support.js";
import { makeCertificate } from "../../support/certificate.js";
import { failureOf } from "../../support/failure.js";
import { generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { failure } from "./support/cloudtrail.js";

type Values = Readonly<Record<string, unknown>>;

const tls = makeCertificate();

/** A local service of notes, in which `Ping` takes unsigned requests. */
async function startNotes(options: Partial<LocalServiceOptions<typeof NotesModel>> = {}): Promise<LocalService> {
  const local = await startLocalService({ service: NotesModel, handlers: { ping: () => ({}) }, tls, ...options });
  onTestFinished(() => local.close());
  return local;
}

const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Notes_20200101.Ping" };

/** A request over HTTP/1.1 by Node alone: status and body, or the code of the error. */
function overHttp1({ endpoint }: LocalService, agent: Agent | undefined): Promise<string> {
  return new Promise((resolve) => {
    const request = httpsRequest(endpoint, { method: "POST", headers, ca: tls.cert, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? ""));
      response.on("end", () => resolve(`${response.httpVersion} ${response.statusCode} ${text}`));
    });
    request.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? "")).end("{}");
  });
}

/** The same over HTTP/2. */
function overHttp2({ endpoint }: LocalService): Promise<string> {
  return new Promise((resolve) => {
    const session = connectHttp2(endpoint, { ca: tls.cert });
    const finish = (text: string): void => {
      session.destroy();
      resolve(text);
    };
    session.on("error", ({ code }: NodeJS.ErrnoException) => finish(code ?? ""));
    const stream = session.request({ ":method": "POST", ":path": "/", ...headers });
    let status: number | undefined;
    let text = "";
    stream.on("response", (received) => (status = received[":status"]));
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
    stream.on("error", ({ code }: NodeJS.ErrnoException) => finish(code ?? ""));
    stream.on("end", () => finish(`2 ${status} ${text}`));
    stream.end("{}");
  });
}

describe("a local service with TLS", () => {
  it("speaks HTTP/2 or HTTP/1.1, as the client negotiates", async () => {
    const local = await startNotes();
    expect(local.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    expect(await overHttp1(local, agent)).toBe("1.1 200 {}");
    expect(await overHttp1(local, agent)).toBe("1.1 200 {}");
    expect(await overHttp2(local)).toBe("2 200 {}");
    expect(local.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ["Ping", 200],
      ["Ping", 200],
      ["Ping", 200],
    ]);
  });

  it.each<[string, Fault, (outcome: string) => void]>([
    ["reset before the headers", { cut: { at: "before-headers", by: "reset" } }, isReset],
    ["reset in the body", { cut: { at: "mid-body", by: "reset" } }, isReset],
    [
      "closed before the headers",
      { cut: { at: "before-headers", by: "end" } },
      (outcome) => expect(outcome).not.toMatch(/200/),
    ],
    [
      "answered by a proxy",
      { response: { status: 503, body: "busy" } },
      (outcome) => expect(outcome).toMatch(/503 busy$/),
    ],
  ])("has faults: %s", async (_what, fault, check) => {
    const local = await startNotes({ faults: () => fault });
    check(await overHttp1(local, undefined));
    check(await overHttp2(local));
  });

  it("closes connections that are kept alive", async () => {
    const local = await startNotes();
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    await overHttp1(local, agent);
    const session = connectHttp2(local.endpoint, { ca: tls.cert });
    const isClosed = new Promise((resolve) => session.on("error", () => {}).once("close", resolve));
    await new Promise((resolve) => session.once("connect", resolve));
    await local.close();
    await isClosed;
  });

  it("outlives a client that does not trust the certificate, or speaks without TLS", async () => {
    const local = await startNotes();
    await expect(fetch(local.endpoint)).rejects.toThrow("fetch failed");
    await expect(fetch(local.endpoint.replace("https", "http"))).rejects.toThrow("fetch failed");
    expect(await overHttp2(local)).toBe("2 200 {}");
  });

  const pem = "-----BEGIN CERTIFICATE-----";
  it.each<[string, object, string]>([
    ["not both", { tls: { key: tls.key } }, "tls must be an object with a key and a cert, in PEM"],
    ["another form", { tls: { key: "key", cert: pem } }, "tls: the key or the certificate cannot be used"],
    ["another key", { tls: { ...tls, key: makeCertificate().key } }, "tls: the key or the certificate cannot be used"],
    ["http2 too", { tls, http2: true }, "http2 is without TLS, and tls negotiates HTTP/2: leave one of them out"],
  ])("is not started with a certificate that has %s", async (_what, options, message) => {
    const starting = startLocalService({ service: NotesModel, handlers: {}, ...options });
    await expect(starting).rejects.toThrow(TypeError);
    await expect(starting).rejects.toThrow(message);
  });
});

function isReset(outcome: string): void {
  expect(outcome).toMatch(/^(ECONNRESET|ERR_HTTP2_SESSION_ERROR|ERR_HTTP2_STREAM_ERROR)$/);
}

const model = sharedPath("models/transcribe-streaming-2017-10-26.json");

describe.skipIf(!model)("Transcribe, events both ways over TLS", () => {
  async function start(): Promise<LocalService> {
    const errors: unknown[] = [];
    const { model: service } = await serviceModel(readFileSync(model ?? "", "utf8"));
    const echo = async function* (audio: AsyncIterable<{ AudioEvent?: { AudioChunk?: Uint8Array } }>) {
      for await (const { AudioEvent } of audio) {
        const ResultId = Buffer.from(AudioEvent?.AudioChunk ?? []).toString();
        yield {
          TranscriptEvent: { Transcript: { Results: [{ ResultId, StartTime: 0, EndTime: 1, IsPartial: false }] } },
        };
        if (ResultId === "fail") throw { name: "BadRequestException", status: 400, message: "too loud" };
      }
    };
    const local = await startLocalService({
      service,
      tls,
      handlers: {
        startStreamTranscription: ({ AudioStream, LanguageCode }: Values) => ({
          LanguageCode,
          TranscriptResultStream: echo(AudioStream as AsyncIterable<object>),
        }),
      } as object,
      onError: (error) => errors.push(error),
    });
    onTestFinished(async () => {
      await local.close();
      expect(errors).toEqual([]);
    });
    return local;
  }

  const input = (AudioStream: AsyncIterable<object>): object => ({
    LanguageCode: "en-US",
    MediaSampleRateHertz: 16_000,
    MediaEncoding: "pcm",
    AudioStream,
  });

  /** Each chunk is sent once the transcript of the one before came. */
  async function talk(
    send: (audio: AsyncIterable<object>) => Promise<AsyncIterable<object>>,
    texts: readonly string[],
  ) {
    const received: string[] = [];
    const audio = (async function* () {
      for (const [index, text] of texts.entries()) {
        await expect.poll(() => received.length).toBe(index);
        yield { AudioEvent: { AudioChunk: Buffer.from(text) } };
      }
    })();
    for await (const event of await send(audio)) {
      const { TranscriptEvent } = event as {
        TranscriptEvent?: { Transcript: { Results: { ResultId: string }[] } };
      };
      received.push(TranscriptEvent?.Transcript.Results[0]?.ResultId ?? "");
    }
    return received;
  }

  const texts = ["one", "two", "three"];

  it("by the generated client", async () => {
    const local = await start();
    const { module } = await generateClient(model ?? "");
    const transport = createHttp2Transport({ connect: { ca: tls.cert } });
    const { endpoint } = local;
    const Transcribe = module["TranscribeStreamingClient"] as new (options: object) => Client;
    const client = new Transcribe({ region: "eu-west-1", endpoint, credentials: testCredentials, transport });
    onTestFinished(async () => {
      await client.close();
      await transport.close();
    });
    const call = module["startStreamTranscription"] as (client: Client, input: object) => Promise<Values>;
    const send = async (audio: AsyncIterable<object>): Promise<EventStream<object>> => {
      const output = await call(client, input(audio));
      expect(output["LanguageCode"]).toBe("en-US");
      return output["TranscriptResultStream"] as EventStream<object>;
    };
    expect(await talk(send, texts)).toEqual(texts);
    expect(await failureOf(talk(send, ["fail", "never sent"]))).toMatchObject({ name: "BadRequestException" });
    expect(local.requests[0]).toMatchObject({ operation: "StartStreamTranscription", status: 200, error: undefined });
    expect(local.requests[1]).toMatchObject({ status: 200, error: "BadRequestException" });
  });

  it("by AWS SDK v3", async (context) => {
    context.skip(!(await peersInstalled()));
    const local = await start();
    const { TranscribeStreamingClient, StartStreamTranscriptionCommand } = await peer(
      "@aws-sdk/client-transcribe-streaming",
    );
    // The official handler has no option for a certificate authority.
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { endpoint } = local;
    const client = new (
      TranscribeStreamingClient as new (options: object) => {
        send(command: object): Promise<Values>;
        destroy(): void;
      }
    )({
      region: "eu-west-1",
      endpoint,
      credentials: testCredentials,
      maxAttempts: 1,
    });
    onTestFinished(() => client.destroy());
    const Command = StartStreamTranscriptionCommand as new (input: object) => object;
    const send = async (audio: AsyncIterable<object>): Promise<AsyncIterable<object>> => {
      const output = await client.send(new Command(input(audio)));
      return output["TranscriptResultStream"] as AsyncIterable<object>;
    };
    expect(await talk(send, texts)).toEqual(texts);
    expect(await failure(talk(send, ["fail", "never sent"]))).toMatchObject({ name: "BadRequestException" });
    expect(local.requests[0]).toMatchObject({ operation: "StartStreamTranscription", status: 200 });
  });
});
