import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Client } from "#runtime/client/client.js";
import type { EventStream } from "#runtime/event-streams/types.js";
import { event, eventStreamType, frame, startEventServer } from "../../support/event-server.js";
import { type ClientModule, generateClient } from "../../support/generate-client.js";
import { sharedPath } from "../../support/shared.js";
import { verifySignature } from "../../support/verify-signature.js";

type Events = EventStream<Readonly<Record<string, unknown>>>;
type Call = (client: Client, input: object, options?: object) => Promise<Readonly<Record<string, unknown>>>;

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const json = { ":content-type": "application/json" };

interface Exchanged {
  readonly output: Readonly<Record<string, unknown>>;
  readonly events: readonly object[];
  readonly error: Error | undefined;
  readonly request: IncomingMessage & { readonly text: string };
  readonly module: ClientModule;
}

/** Makes one call, to which a server responds with these messages, and reads its events. */
async function exchange(
  model: string,
  call: {
    /** Signing name. */
    readonly service: string;
    readonly operation: string;
    readonly input: object;
    readonly member: string;
    readonly options?: object;
  },
  frames: readonly Uint8Array[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Exchanged> {
  const { module } = await generateClient(model);
  const { service } = call;
  const [name] = Object.keys(module).filter((each) => each.endsWith("Client"));
  const ServiceClient = module[name ?? ""] as new (options: object) => Client;
  let received: Exchanged["request"] | undefined;
  const given = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    received = Object.assign(request, { text });
    const [path = "", query = ""] = (request.url ?? "").split("?");
    const { method = "", headers: sent } = request;
    await verifySignature(
      { method, path, query, headers: sent, body: text },
      { credentials, region: "us-east-1", service },
    );
    response.writeHead(200, { "content-type": eventStreamType, ...headers });
    for (const each of frames) response.write(each);
    response.end();
  };
  await using server = await startEventServer(given);
  const { endpoint } = server;
  const client = new ServiceClient({ region: "us-east-1", endpoint, credentials, maxAttempts: 1, ...call.options });
  const output = await (module[call.operation] as Call)(client, call.input);
  const events: object[] = [];
  const read = async (): Promise<void> => {
    for await (const each of output[call.member] as Events) events.push(each);
  };
  const error = await read().then(
    () => undefined,
    (failure: unknown) => failure as Error,
  );
  expect(server.failures).toEqual([]);
  await client.close();
  return { output, events, error, request: received ?? expect.unreachable(), module };
}

const bedrock = sharedPath("models/bedrock-runtime-2023-09-30.json");
describe.skipIf(!bedrock)("Bedrock", () => {
  it("ConverseStream: each event narrows, and an exception in the stream has its class", async () => {
    const { events, error, request, module } = await exchange(
      bedrock ?? "",
      {
        service: "bedrock",
        operation: "converseStream",
        input: { modelId: "anthropic.claude-3", messages: [{ role: "user", content: [{ text: "Hello" }] }] },
        member: "stream",
      },
      [
        event("messageStart", '{"role":"assistant","p":"abcdef"}', json),
        event("contentBlockDelta", '{"contentBlockIndex":0,"delta":{"text":"Hi"},"p":"ab"}', json),
        event("contentBlockStop", '{"contentBlockIndex":0}', json),
        event("messageStop", '{"stopReason":"end_turn"}', json),
        event(
          "metadata",
          '{"usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3},"metrics":{"latencyMs":4}}',
          json,
        ),
        frame(
          { ":message-type": "exception", ":exception-type": "throttlingException", ...json },
          '{"message":"Too many tokens"}',
        ),
      ],
    );
    expect(events).toEqual([
      { messageStart: { role: "assistant" } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Hi" } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: "end_turn" } },
      { metadata: { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, metrics: { latencyMs: 4 } } },
    ]);
    expect(error).toBeInstanceOf(module["ThrottlingException"]);
    expect(error).toMatchObject({ message: "Too many tokens", throttling: true, operation: "ConverseStream" });
    expect(request.url).toBe("/model/anthropic.claude-3/converse-stream");
    expect(JSON.parse(request.text)).toEqual({ messages: [{ role: "user", content: [{ text: "Hello" }] }] });
  });

  it("InvokeModelWithResponseStream: bytes in a JSON document, beside members in headers", async () => {
    const bytes = Buffer.from('{"completion":"Hi"}');
    const { output, events, error } = await exchange(
      bedrock ?? "",
      {
        service: "bedrock",
        operation: "invokeModelWithResponseStream",
        input: { modelId: "anthropic.claude-3", body: '{"prompt":"Hello"}', contentType: "application/json" },
        member: "body",
      },
      [
        event("chunk", JSON.stringify({ bytes: bytes.toString("base64") }), json),
        frame({ ":message-type": "exception", ":exception-type": "modelTimeoutException", ...json }, "not JSON"),
      ],
      { "x-amzn-bedrock-content-type": "application/json" },
    );
    expect(output["contentType"]).toBe("application/json");
    expect(events).toEqual([{ chunk: { bytes: new Uint8Array(bytes) } }]);
    expect(error).toMatchObject({ name: "ModelTimeoutException" });
  });
});

const lambda = sharedPath("models/lambda-2015-03-31.json");
describe.skipIf(!lambda)("Lambda", () => {
  it("InvokeWithResponseStream: the payload of an event is bytes", async () => {
    const { output, events, error, request } = await exchange(
      lambda ?? "",
      {
        service: "lambda",
        operation: "invokeWithResponseStream",
        input: { FunctionName: "greeter", Payload: '{"name":"you"}' },
        member: "EventStream",
      },
      [
        event("PayloadChunk", "Hel", { ":content-type": "application/octet-stream" }),
        event("PayloadChunk", "lo", { ":content-type": "application/octet-stream" }),
        event("InvokeComplete", '{"ErrorCode":"Unhandled","ErrorDetails":"x"}', json),
      ],
      { "x-amz-executed-version": "$LATEST" },
    );
    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(events).toEqual([
      { PayloadChunk: { Payload: new Uint8Array(Buffer.from("Hel")) } },
      { PayloadChunk: { Payload: new Uint8Array(Buffer.from("lo")) } },
      { InvokeComplete: { ErrorCode: "Unhandled", ErrorDetails: "x" } },
    ]);
    expect(error).toBeUndefined();
    expect(request.url).toBe("/2021-11-15/functions/greeter/response-streaming-invocations");
  });
});

const s3 = sharedPath("models/s3-2006-03-01.json");
describe.skipIf(!s3)("S3", () => {
  it("SelectObjectContent: bytes, documents of XML and events without members", async () => {
    const { events, error, request } = await exchange(
      s3 ?? "",
      {
        service: "s3",
        operation: "selectObjectContent",
        input: {
          Bucket: "logs",
          Key: "a.csv",
          Expression: "select * from s3object",
          ExpressionType: "SQL",
          InputSerialization: { CSV: {} },
          OutputSerialization: { CSV: {} },
        },
        member: "Payload",
        options: { forcePathStyle: true },
      },
      [
        event("Records", "1,2\n", { ":content-type": "application/octet-stream" }),
        event("Cont"),
        event(
          "Stats",
          '<?xml version="1.0" encoding="UTF-8"?><Stats><BytesScanned>4</BytesScanned><BytesReturned>4</BytesReturned></Stats>',
          { ":content-type": "text/xml" },
        ),
        event("End"),
        frame({ ":message-type": "error", ":error-code": "InternalError", ":error-message": "We failed" }),
      ],
    );
    expect(events).toEqual([
      { Records: { Payload: new Uint8Array(Buffer.from("1,2\n")) } },
      { Cont: {} },
      { Stats: { Details: { BytesScanned: 4, BytesReturned: 4 } } },
      { End: {} },
    ]);
    expect(error).toMatchObject({ name: "InternalError", message: "We failed", fault: "server" });
    expect(request.url).toBe("/logs/a.csv?select&select-type=2");
  });
});

const logs = sharedPath("models/cloudwatch-logs-2014-03-28.json");
describe.skipIf(!logs)("CloudWatch Logs", () => {
  it("StartLiveTail: an initial response, then events", async () => {
    const line = { message: "hello", timestamp: 1 };
    const { output, events, error, request, module } = await exchange(
      logs ?? "",
      {
        service: "logs",
        operation: "startLiveTail",
        input: { logGroupIdentifiers: ["arn:aws:logs:us-east-1:111122223333:log-group:a"] },
        member: "responseStream",
        options: { disableHostPrefix: true },
      },
      [
        event("initial-response", "{}", json),
        event("sessionStart", '{"sessionId":"s"}', json),
        event("sessionUpdate", JSON.stringify({ sessionResults: [line] }), json),
        frame(
          { ":message-type": "exception", ":exception-type": "SessionTimeoutException", ...json },
          '{"message":"over"}',
        ),
      ],
    );
    expect(Object.keys(output).toSorted()).toEqual(["$metadata", "responseStream"]);
    expect(events).toMatchObject([{ sessionStart: { sessionId: "s" } }, { sessionUpdate: { sessionResults: [line] } }]);
    expect(error).toBeInstanceOf(module["SessionTimeoutException"]);
    expect(request.headers["x-amz-target"]).toBe("Logs_20140328.StartLiveTail");
  });
});

const kinesis = sharedPath("models/kinesis-2013-12-02.json");
describe.skipIf(!kinesis)("Kinesis", () => {
  it("SubscribeToShard: records with bytes and dates", async () => {
    const record = { SequenceNumber: "1", Data: "aGk=", PartitionKey: "p", ApproximateArrivalTimestamp: 1.5 };
    const { events, error, module } = await exchange(
      kinesis ?? "",
      {
        service: "kinesis",
        operation: "subscribeToShard",
        input: {
          ConsumerARN: "arn:aws:kinesis:us-east-1:111122223333:stream/s/consumer/c:1",
          ShardId: "shardId-000000000000",
          StartingPosition: { Type: "LATEST" },
        },
        member: "EventStream",
      },
      [
        event("initial-response", "{}", { ":content-type": "application/x-amz-json-1.1" }),
        event(
          "SubscribeToShardEvent",
          JSON.stringify({ Records: [record], ContinuationSequenceNumber: "2", MillisBehindLatest: 0 }),
          { ":content-type": "application/x-amz-json-1.1" },
        ),
        frame(
          { ":message-type": "exception", ":exception-type": "ResourceInUseException" },
          '{"message":"another consumer"}',
        ),
      ],
    );
    expect(events).toEqual([
      {
        SubscribeToShardEvent: {
          Records: [
            {
              SequenceNumber: "1",
              Data: new Uint8Array(Buffer.from("hi")),
              PartitionKey: "p",
              ApproximateArrivalTimestamp: new Date(1500),
            },
          ],
          ContinuationSequenceNumber: "2",
          MillisBehindLatest: 0,
        },
      },
    ]);
    expect(error).toBeInstanceOf(module["ResourceInUseException"]);
  });
});
