import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { Service } from "@clientsmith/runtime/classic";
import { serviceModel } from "clientsmith";
import { describe, expect, it } from "vitest";
import { event, eventStreamType, frame, startEventServer } from "../../support/event-server.js";
import { peer, peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";

/** Event streams of service objects, beside those that aws-sdk 2 can read: of protocols with HTTP bindings. */

const isReady = sharedPath("models/s3-2006-03-01.json") !== undefined && (await peersInstalled());
if (!isReady) console.log("skipped: event streams beside aws-sdk 2 (no models, or no peers)");

interface ErrorLike extends Error {
  readonly code: string;
}

interface Request {
  send(callback: (error: ErrorLike | null, data: Record<string, unknown> | null) => void): void;
  promise(): Promise<Record<string, unknown>>;
  createReadStream(): Readable;
}
type ServiceClass = new (options: object) => Record<string, (params: object) => Request>;

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const json = { ":content-type": "application/json" };

interface Call {
  readonly className: string;
  readonly model: string;
  readonly method: string;
  readonly params: object;
  /** The member with the events. */
  readonly member: string;
}

const select: Call = {
  className: "S3",
  model: "s3-2006-03-01",
  method: "selectObjectContent",
  member: "Payload",
  params: {
    Bucket: "pond",
    Key: "frogs.csv",
    Expression: "select * from s3object",
    ExpressionType: "SQL",
    InputSerialization: { CSV: {} },
    OutputSerialization: { CSV: {} },
  },
};
const converse: Call = {
  className: "BedrockRuntime",
  model: "bedrock-runtime-2023-09-30",
  method: "converseStream",
  member: "stream",
  params: { modelId: "m", messages: [{ role: "user", content: [{ text: "Hello" }] }] },
};
const invoke: Call = {
  className: "Lambda",
  model: "lambda-2015-03-31",
  method: "invokeWithResponseStream",
  member: "EventStream",
  params: { FunctionName: "f" },
};

const made = new Map<string, ServiceClass>();

async function both({ className, model }: Call): Promise<readonly [ServiceClass, ServiceClass]> {
  let own = made.get(model);
  if (!own) {
    const definition = await serviceModel(readFileSync(sharedPath(`models/${model}.json`) ?? "", "utf8"));
    made.set(model, (own = Service.defineService(definition) as unknown as ServiceClass));
  }
  return [own, (await peer("aws-sdk"))[className] as ServiceClass];
}

interface Outcome {
  readonly data?: Record<string, unknown>;
  readonly events: readonly unknown[];
  readonly error?: { readonly name: string; readonly code: string; readonly message: string };
}

/** How the parts of a body are sent. */
type Body = (Uint8Array | "cut")[];

async function outcome(Class: ServiceClass, call: Call, body: Body, headers: object, read: Reader): Promise<Outcome> {
  await using server = await startEventServer((_request, response) => {
    response.writeHead(200, { "content-type": eventStreamType, ...headers });
    for (const part of body) {
      if (part === "cut") return void response.destroy();
      response.write(part);
    }
    response.end();
  });
  const options = { ...keys, region: "us-east-1", endpoint: server.endpoint, maxRetries: 0 };
  const path = call.className === "S3" ? { s3ForcePathStyle: true } : {};
  const request = new Class({ ...options, ...path })[call.method]?.(call.params) ?? expect.unreachable();
  return await new Promise((resolve, reject) => {
    request.send((failure, output) => {
      if (!output) return reject(failure as Error);
      const { [call.member]: stream, ...data } = output;
      const events: unknown[] = [];
      read(stream as Readable, events).then(
        () => resolve({ data, events }),
        ({ name, code, message }: ErrorLike) => resolve({ data, events, error: { name, code, message } }),
      );
    });
  });
}

type Reader = (stream: Readable, events: unknown[]) => Promise<void>;

/** As the documentation of AWS SDK v2 reads them. */
const byListeners: Reader = async (stream, events) =>
  new Promise((resolve, reject) => {
    stream.on("data", (each) => events.push(each));
    stream.on("error", reject);
    stream.on("end", resolve);
  });

const byLoop: Reader = async (stream, events) => {
  for await (const each of stream) events.push(each);
};

async function compare(call: Call, body: Body, headers: object = {}): Promise<readonly [Outcome, Outcome]> {
  const [Ours, Theirs] = await both(call);
  const [ours, looped, theirs] = [
    await outcome(Ours, call, body, headers, byListeners),
    await outcome(Ours, call, body, headers, byLoop),
    await outcome(Theirs, call, body, headers, byListeners),
  ];
  expect(looped).toEqual(ours);
  return [ours, theirs];
}

describe.skipIf(!isReady)("event streams of service objects, beside aws-sdk 2", () => {
  const progress =
    '<Progress xmlns=""><BytesScanned>512</BytesScanned><BytesProcessed>1024</BytesProcessed><BytesReturned>5</BytesReturned></Progress>';
  const selected = [
    event("Records", "1,2\n", { ":content-type": "application/octet-stream" }),
    event("Progress", progress, { ":content-type": "text/xml" }),
    event("Cont"),
    event("Records", Buffer.from([0, 255, 1])),
    event("Stats", progress.replaceAll("Progress", "Stats"), { ":content-type": "text/xml" }),
    event("End"),
  ];

  it("S3 selectObjectContent: the same events, bytes as buffers", async () => {
    const [ours, theirs] = await compare(select, selected);
    expect(ours).toEqual(theirs);
    expect(ours.events).toHaveLength(6);
    expect(ours.events[0]).toEqual({ Records: { Payload: Buffer.from("1,2\n") } });
    expect(Buffer.isBuffer((ours.events[3] as { Records: { Payload: unknown } }).Records.Payload)).toBe(true);
  });

  it("returns the same events however the body is cut into chunks", async () => {
    const whole = Buffer.concat(selected);
    for (const size of [1, 3, 11, 64]) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
        whole.subarray(at * size, (at + 1) * size),
      );
      const [ours, theirs] = await compare(select, chunks);
      expect(ours).toEqual(theirs);
    }
  });

  it("Bedrock converseStream: the same events, with their members, which AWS SDK v2 leaves out", async () => {
    const [ours, theirs] = await compare(converse, [
      event("messageStart", '{"role":"assistant"}', json),
      event("contentBlockDelta", '{"contentBlockIndex":0,"delta":{"text":"Hi"}}', json),
      event("messageStop", '{"stopReason":"end_turn","additionalModelResponseFields":null}', json),
    ]);
    expect(ours.events).toEqual([
      { messageStart: { role: "assistant" } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Hi" } } },
      { messageStop: { stopReason: "end_turn" } },
    ]);
    // It reads the payload of events whose model names a member for it, and no documents.
    expect(theirs.events).toEqual([{ messageStart: {} }, { contentBlockDelta: {} }, { messageStop: {} }]);
    expect(ours.error).toBeUndefined();
  });

  it("Lambda invokeWithResponseStream: the same events and members in headers", async () => {
    const [ours, theirs] = await compare(
      invoke,
      [event("PayloadChunk", "chunk"), event("InvokeComplete", '{"ErrorCode":"E","LogResult":"bG9n"}', json)],
      { "x-amz-executed-version": "$LATEST" },
    );
    expect(ours.data).toEqual(theirs.data);
    expect(ours.events[0]).toEqual({ PayloadChunk: { Payload: Buffer.from("chunk") } });
    expect(theirs.events).toEqual([ours.events[0], { InvokeComplete: {} }]);
    expect(ours.events[1]).toEqual({ InvokeComplete: { ErrorCode: "E", LogResult: "bG9n" } });
  });

  it("an error among the events has the same name, code and message", async () => {
    const error = frame({ ":message-type": "error", ":error-code": "InternalError", ":error-message": "we broke" });
    const [ours, theirs] = await compare(select, [selected[0] as Uint8Array, error]);
    expect(ours).toEqual(theirs);
    expect(ours.error).toEqual({ name: "InternalError", code: "InternalError", message: "we broke" });
  });
  it("an exception of the model fails the stream by its name, and is an undefined event in AWS SDK v2", async () => {
    const exception = frame(
      { ":message-type": "exception", ":exception-type": "throttlingException", ...json },
      '{"message":"too many"}',
    );
    const [ours, theirs] = await compare(converse, [
      event("messageStop", '{"stopReason":"end_turn"}', json),
      exception,
    ]);
    expect(ours.events).toHaveLength(1);
    expect(ours.error).toMatchObject({ code: "ThrottlingException", message: "too many" });
    expect(theirs.error).toBeUndefined();
    expect(theirs.events).toEqual([{ messageStop: {} }, undefined]);
  });
});
