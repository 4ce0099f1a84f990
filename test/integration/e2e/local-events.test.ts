import { join } from "node:path";
import { readFileSync } from "node:fs";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { serviceModel } from "clientsmith";
import { startLocalService, testCredentials } from "@clientsmith/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { EventStream } from "#runtime/event-streams/types.js";
import { exchange } from "../../conformance/support/exchange.js";
import { modelIn } from "../../conformance/support/server-suite.js";
import { codec, event, eventStreamType, frame } from "../../support/event-server.js";
import { failureOf } from "../../support/failure.js";
import { generateClient } from "../../support/generate-client.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { root, sharedPath } from "../../support/shared.js";

type Word = Readonly<Record<string, unknown>>;
type Handlers = Readonly<Record<string, (input: never, context: { readonly signal: AbortSignal }) => unknown>>;
type Output = Readonly<Record<string, unknown>> & { readonly words: EventStream<Word> };
type Call = (client: Client, input: object) => Promise<Output>;

const names = ["awsJson1_0", "awsJson1_1", "restJson1", "restXml", "rpcv2Cbor"] as const;

const words: readonly Word[] = [
  { text: { language: "DE", text: "hi", at: new Date(1_700_000_000_000) } },
  { sound: { bytes: Uint8Array.of(1, 2, 3) } },
  { detail: { number: 7, detail: { tags: ["a"] } } },
  { mark: { at: new Date(5), long: 2 ** 40, last: false, key: Uint8Array.of(9) } },
];

async function* iterate(items: readonly Word[]): AsyncGenerator<Word> {
  for (const item of items) yield await Promise.resolve(item);
}

async function collect(stream: AsyncIterable<Word>, into: Word[] = []): Promise<Word[]> {
  for await (const each of stream) into.push(each);
  return into;
}

function payloadOf(received: Word | undefined, name: string): Buffer {
  const { Payload } = (received ?? {})[name] as { readonly Payload: Uint8Array };
  return Buffer.from(Payload);
}

async function start(name: (typeof names)[number], handlers: Handlers, options: object = {}) {
  const { folder, module } = await generateClient(join(root, "test/fixtures/events/model.smithy"), {
    protocol: name,
  });
  const errors: unknown[] = [];
  const onError = (error: unknown): number => errors.push(error);
  const local = await startLocalService({
    service: await modelIn(folder),
    handlers: handlers as object,
    onError,
    ...options,
  });
  const Wire = module["WireClient"] as new (options: object) => Client;
  const client = new Wire({
    region: "eu-west-1",
    endpoint: local.endpoint,
    credentials: testCredentials,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    await client.close();
    await local.close();
  });
  return {
    local,
    client,
    module,
    errors,
    listen: module["listen"] as Call,
    tell: module["tell"] as Call,
    talk: module["talk"] as Call,
  };
}

describe.each(names)("event streams of a local service, %s", (name) => {
  it("are returned by handlers, with the other members of the output", async () => {
    const { client, local, listen } = await start(name, {
      listen: ({ room }: { room: string }) => ({ topic: room, words: iterate(words) }),
    });
    const output = await listen(client, { room: "one" });
    expect(output["topic"]).toBe("one");
    expect(await collect(output.words)).toEqual(words);
    expect(local.requests[0]).toMatchObject({ operation: "Listen", status: 200, input: { room: "one" } });
  });

  it("end with the errors of handlers: modelled ones by class, others by name, bugs without details", async () => {
    const thrown: unknown[] = [];
    const { client, module, errors, listen } = await start(name, {
      listen: () => ({
        words: (async function* () {
          yield await Promise.resolve(words[0]);
          throw thrown.shift();
        })(),
      }),
    });
    const Busy = module["BusyError"] as new (fields: object) => Error;
    thrown.push(
      new Busy({ message: "wait", seconds: 3 }),
      { name: "Other", status: 400, message: "o" },
      new Error("secret"),
    );
    const fail = async (): Promise<unknown> => {
      const received: Word[] = [];
      const error = await failureOf(collect((await listen(client, { room: "one" })).words, received));
      expect(received).toEqual([words[0]]);
      return error;
    };
    const busy = await fail();
    expect(busy).toBeInstanceOf(Busy);
    expect(busy).toMatchObject({ message: "wait", seconds: 3 });
    expect(await fail()).toMatchObject({ name: "Other", message: "o" });
    const hidden = await fail();
    expect(hidden).toMatchObject({ name: "InternalFailure" });
    expect(String(hidden)).not.toContain("secret");
    expect(errors.map(String)).toEqual(["Error: secret"]);
  });

  it("are received by handlers, each signed, with the other members of the input", async () => {
    const received: unknown[] = [];
    const { client, local, tell } = await start(name, {
      tell: async ({ room, words: stream }: { room: string; words: AsyncIterable<Word> }) => {
        received.push(room, ...(await collect(stream)));
        return { count: received.length - 1 };
      },
    });
    const output = await tell(client, { room: "one", words: iterate(words) });
    expect([output["count"], received]).toEqual([4, ["one", ...words]]);
    expect(local.requests[0]).toMatchObject({ accessKeyId: testCredentials.accessKeyId, status: 200 });
  });

  it("respond with errors of a handler that reads events", async () => {
    const { client, module, tell } = await start(name, {
      tell: async ({ words: stream }: { words: AsyncIterable<Word> }) => {
        const { value } = (await stream[Symbol.asyncIterator]().next()) as { readonly value: Word };
        expect(value).toEqual(words[0]);
        throw Object.assign(new Error("gone"), { name: "GoneError", status: 404 });
      },
    });
    const error = await failureOf(tell(client, { room: "one", words: iterate(words) }));
    expect(error).toBeInstanceOf(module["GoneError"]);
    expect(error).toMatchObject({ message: "gone", status: 404 });
  });
});

describe("events in requests to a local service", () => {
  const startRest = async () => {
    const received: Word[] = [];
    const started = await start("restJson1", {
      tell: async ({ words: stream }: { words: AsyncIterable<Word> }) => ({
        count: (await collect(stream, received)).length,
      }),
    });
    return { ...started, received };
  };
  const signer = new SignatureV4({
    credentials: testCredentials,
    region: "eu-west-1",
    service: "wire",
    sha256: Sha256,
    applyChecksum: false,
  });
  const text = event("text", '{"text":"hi"}', { ":content-type": "application/json" });

  /** Messages signed by the official signer; `change` changes each before it is sent. */
  async function send(
    endpoint: string,
    messages: readonly Uint8Array[],
    change: (message: Uint8Array, index: number) => Uint8Array = (message) => message,
    declared: string | undefined = "STREAMING-AWS4-HMAC-SHA256-EVENTS",
  ) {
    const { hostname, port } = new URL(endpoint);
    const { headers } = await signer.sign({
      method: "POST",
      protocol: "http:",
      hostname,
      port: Number(port),
      path: "/tell/one",
      headers: {
        host: `${hostname}:${port}`,
        "content-type": eventStreamType,
        ...(declared !== undefined && { "x-amz-content-sha256": declared }),
      },
    });
    let priorSignature = headers["authorization"]?.split("Signature=")[1] ?? "";
    const parts: Uint8Array[] = [];
    for (const [index, payload] of messages.entries()) {
      const signingDate = new Date();
      signingDate.setMilliseconds(0);
      const date = { ":date": { type: "timestamp", value: signingDate } } as const;
      priorSignature = await signer.sign(
        { headers: codec.formatHeaders(date), payload },
        { signingDate, priorSignature },
      );
      const signature = { type: "binary", value: Buffer.from(priorSignature, "hex") } as const;
      parts.push(change(frame({ ...date, ":chunk-signature": signature }, payload), index));
    }
    const {
      status,
      headers: response,
      body,
    } = await exchange(endpoint, {
      method: "POST",
      target: "/tell/one",
      headers,
      body: Buffer.concat(parts),
    });
    return { status, type: response["x-amzn-errortype"], json: JSON.parse(body.toString()) as Word };
  }

  const end = new Uint8Array();

  it("may be signed by the official signer", async () => {
    const { local, received } = await startRest();
    expect(await send(local.endpoint, [text, text, end])).toMatchObject({ status: 200, json: { count: 2 } });
    expect(received).toEqual([{ text: { text: "hi" } }, { text: { text: "hi" } }]);
  });

  it("are rejected with a wrong signature, without one, without an end, and in another order", async () => {
    const { local, received } = await startRest();
    const wrong = [
      await send(local.endpoint, [text, text, end], (message, index) =>
        index === 1
          ? frame(
              { ...codec.decode(message).headers, ":chunk-signature": { type: "binary", value: new Uint8Array(32) } },
              text,
            )
          : message,
      ),
      await send(local.endpoint, [text, end], () => text),
      await send(local.endpoint, [text, end], undefined, "UNSIGNED-PAYLOAD"),
    ];
    expect(wrong.map(({ status, type }) => [status, type])).toEqual(
      wrong.map(() => [400, "InvalidSignatureException"]),
    );
    const cut = [
      await send(local.endpoint, [text, text]),
      await send(local.endpoint, [text, end, text]),
      await send(local.endpoint, [text, end], (message, index) => (index === 1 ? message.subarray(0, 20) : message)),
      await send(local.endpoint, [text, end], (message) =>
        Uint8Array.from(message, (byte, at) => (at === 30 ? byte ^ 1 : byte)),
      ),
    ];
    expect(cut.map(({ status, type }) => [status, type])).toEqual(cut.map(() => [400, "SerializationException"]));
    expect(received.length).toBeGreaterThan(0);
  });

  it.each([
    ["an unknown event", event("other", "{}"), "SerializationException", /not a member of Words/],
    [
      "another type",
      event("text", '{"text":5}', { ":content-type": "application/json" }),
      "SerializationException",
      /text/,
    ],
    ["a payload that is not JSON", event("text", "{"), "SerializationException", /text that is not JSON/],
    [
      "a value against the model",
      event("text", '{"text":""}'),
      "ValidationException",
      /^1 validation error.*'\/text\/text'/,
    ],
    ["a missing member", event("text", "{}"), "ValidationException", /must not be null/],
  ])("are rejected with %s", async (_what, message, type, reason) => {
    const { local, received } = await startRest();
    const given = await send(local.endpoint, [message, end]);
    expect(given).toMatchObject({ status: 400, type });
    expect(given.json["message"]).toMatch(reason);
    expect(received).toEqual([]);
  });

  it("end for a handler when the client disconnects", async () => {
    const failures: unknown[] = [];
    const { client, tell } = await start("restJson1", {
      tell: async ({ words: stream }: { words: AsyncIterable<Word> }) => {
        await collect(stream).catch((error: unknown) => failures.push(error));
        return {};
      },
    });
    const failing = (async function* () {
      yield words[0] as Word;
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error("the source failed");
    })();
    await failureOf(tell(client, { room: "one", words: failing }));
    await expect.poll(() => failures.length).toBe(1);
  });
});

describe.each(names)("events both ways, over HTTP/2, %s", (name) => {
  it("reach the handler while it returns others, and end for both when the client leaves", async () => {
    const left: string[] = [];
    const { client, local, talk } = await start(
      name,
      {
        talk: ({ room, words: stream }: { room: string; words: AsyncIterable<Word> }, { signal }) => {
          signal.addEventListener("abort", () => left.push("aborted"));
          return {
            topic: room,
            words: (async function* () {
              for await (const word of stream) yield { ...word };
            })(),
          };
        },
      },
      { http2: true },
    );
    const responded = new Set<number>();
    const sent = (async function* () {
      for (const [index, word] of words.entries()) {
        // The next one is sent after the one before came back.
        if (index > 0) await expect.poll(() => responded.has(index - 1)).toBe(true);
        yield word;
      }
    })();
    const output = await talk(client, { room: "one", words: sent });
    expect(output["topic"]).toBe("one");
    const received: Word[] = [];
    for await (const word of output.words) {
      responded.add(received.length);
      received.push(word);
    }
    expect(received).toEqual(words);
    expect(local.requests[0]).toMatchObject({
      operation: "Talk",
      status: 200,
      accessKeyId: testCredentials.accessKeyId,
    });

    const again = await talk(client, { room: "two", words: iterate(words) });
    for await (const word of again.words) {
      expect(word).toEqual(words[0]);
      break;
    }
    await expect.poll(() => left.length).toBeGreaterThan(0);
  });
});

describe.skipIf(!(await peersInstalled()) || !sharedPath("models"))("event streams and official clients", () => {
  const modelOf = async (file: string) =>
    (await serviceModel(readFileSync(sharedPath(`models/${file}.json`) ?? "", "utf8"))).model;

  it("S3 SelectObjectContent and Lambda InvokeWithResponseStream", async () => {
    const stats = { Stats: { Details: { BytesScanned: 3 } } };
    const s3 = await startLocalService({
      service: await modelOf("s3-2006-03-01"),
      handlers: {
        selectObjectContent: ({ Expression }: { Expression: string }) => ({
          Payload: iterate([{ Records: { Payload: Buffer.from(Expression) } }, stats, { End: {} }]),
        }),
      } as object,
    });
    const lambda = await startLocalService({
      service: await modelOf("lambda-2015-03-31"),
      handlers: {
        invokeWithResponseStream: () => ({
          StatusCode: 200,
          EventStream: iterate([
            { PayloadChunk: { Payload: Buffer.from("part") } },
            { InvokeComplete: { LogResult: "log" } },
          ]),
        }),
      } as object,
    });
    onTestFinished(() => Promise.all([s3.close(), lambda.close()]).then(() => {}));
    type Module = Readonly<
      Record<string, new (options: object) => { send(command: object): Promise<Word>; destroy(): void }>
    >;
    const call = async (module: Module, name: string, command: string, input: object, options: object) => {
      const client = new (module[name] as Module[string])({
        region: "eu-west-1",
        credentials: testCredentials,
        maxAttempts: 1,
        ...options,
      });
      onTestFinished(() => client.destroy());
      return client.send(new (module[command] as Module[string])(input));
    };
    const selected = await call(
      (await peer("@aws-sdk/client-s3")) as Module,
      "S3Client",
      "SelectObjectContentCommand",
      {
        Bucket: "b",
        Key: "k",
        Expression: "select *",
        ExpressionType: "SQL",
        InputSerialization: { CSV: {} },
        OutputSerialization: { JSON: {} },
      },
      { endpoint: s3.endpoint, forcePathStyle: true },
    );
    const [records, ...others] = await collect(selected["Payload"] as AsyncIterable<Word>);
    expect(payloadOf(records, "Records").toString()).toBe("select *");
    expect(others).toEqual([stats, { End: {} }]);
    const invoked = await call(
      (await peer("@aws-sdk/client-lambda")) as Module,
      "LambdaClient",
      "InvokeWithResponseStreamCommand",
      { FunctionName: "f", Payload: "{}" },
      { endpoint: lambda.endpoint },
    );
    const [chunk, complete] = await collect(invoked["EventStream"] as AsyncIterable<Word>);
    expect(payloadOf(chunk, "PayloadChunk").toString()).toBe("part");
    expect(complete).toEqual({ InvokeComplete: { LogResult: "log" } });
  });
});
