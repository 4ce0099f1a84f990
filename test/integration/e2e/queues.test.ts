import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HttpRequest, Transport } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

type Call = (client: object, input: object) => Promise<object>;

const { module } = await generateClient(join(root, "test/fixtures/sqs/model.json"));
const SQSClient = module["SQSClient"] as new (options: object) => object;
const [sendMessage, sendMessageBatch, receiveMessage, listQueues] = [
  "sendMessage",
  "sendMessageBatch",
  "receiveMessage",
  "listQueues",
].map((name) => module[name] as Call) as [Call, Call, Call, Call];

const settings = { region: "eu-west-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } };
const QueueUrl = "https://queues.example:8443/123456789012/Tasks";
const md5 = (...parts: readonly (string | Buffer)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash("md5")).digest("hex");

function clientOf(output: object, options: object = {}): { readonly client: object; readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const transport: Transport = {
    send(request) {
      sent.push(request);
      return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(output)) });
    },
    close: () => Promise.resolve(),
  };
  return { client: new SQSClient({ ...settings, transport, ...options }), sent };
}

describe("a request that names its queue", () => {
  it("is sent to the host of the queue's URL, and is signed for the client's Region", async () => {
    const { client, sent } = clientOf({ MD5OfMessageBody: md5("a") });
    const { $metadata } = (await sendMessage(client, { QueueUrl, MessageBody: "a" })) as { $metadata: object };
    expect(sent[0]).toMatchObject({
      origin: "https://queues.example:8443",
      path: "/",
      headers: { host: "queues.example:8443" },
    });
    expect(sent[0]?.headers["authorization"]).toContain("/eu-west-1/sqs/");
    expect($metadata).toMatchObject({ endpoint: "https://queues.example:8443" });
  });

  it.each([
    [" https://queues.example/1/Tasks ", "https://queues.example"],
    ["HTTP://[::1]:9324/1/Tasks", "http://[::1]:9324"],
    ["https://user:secret@queues.example/base/1/Tasks?a#b", "https://queues.example"],
  ])("is sent to the origin of the queue's URL alone: %s", async (url, origin) => {
    const { client, sent } = clientOf({});
    await receiveMessage(client, { QueueUrl: url });
    expect(sent[0]).toMatchObject({ origin, path: "/" });
    expect(JSON.parse(String(sent[0]?.body))).toEqual({ QueueUrl: url });
  });

  it.each([
    ["an endpoint is given", { endpoint: "http://sqs.example" }, QueueUrl, "http://sqs.example"],
    [
      "useQueueUrlAsEndpoint is false",
      { useQueueUrlAsEndpoint: false },
      QueueUrl,
      "https://sqs.eu-west-1.amazonaws.com",
    ],
    ["the URL is only a name", {}, "Tasks", "https://sqs.eu-west-1.amazonaws.com"],
    ["the URL is one of another kind", {}, "file:///etc/passwd", "https://sqs.eu-west-1.amazonaws.com"],
  ])("is sent to the client's endpoint where %s", async (_case, options, url, origin) => {
    const { client, sent } = clientOf({}, options);
    await receiveMessage(client, { QueueUrl: url });
    expect(sent[0]?.origin).toBe(origin);
  });

  it("is sent to the endpoint that the environment names", async () => {
    process.env["AWS_ENDPOINT_URL_SQS"] = "http://local.example:4566";
    try {
      const { client, sent } = clientOf({});
      await receiveMessage(client, { QueueUrl });
      expect(sent[0]?.origin).toBe("http://local.example:4566");
    } finally {
      delete process.env["AWS_ENDPOINT_URL_SQS"];
    }
  });
});

describe("the MD5 of a message", () => {
  // The documented example of the algorithm's parts: names in order, lengths in four bytes, 1 for text and 2 for bytes.
  const attributes = {
    Zone: { DataType: "String", StringValue: "Zürich" },
    Count: { DataType: "Number.int", StringValue: "12" },
    Raw: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
  };
  const sized = (text: string | Buffer): Buffer => {
    const bytes = Buffer.from(text as string);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(bytes.length);
    return Buffer.concat([size, bytes]);
  };
  const attributesMd5 = md5(
    ...["Count", "Number.int"].map(sized),
    Buffer.from([1]),
    sized("12"),
    ...["Raw", "Binary"].map(sized),
    Buffer.from([2]),
    sized(Buffer.from([0, 255])),
    ...["Zone", "String"].map(sized),
    Buffer.from([1]),
    sized("Zürich"),
  );
  const wireAttributes = { ...attributes, Raw: { DataType: "Binary", BinaryValue: "AP8=" } };

  it("is accepted where the service reports the right one", async () => {
    const right = {
      MessageId: "m-1",
      MD5OfMessageBody: md5("größe"),
      MD5OfMessageAttributes: attributesMd5,
      MD5OfMessageSystemAttributes: attributesMd5,
    };
    const input = {
      QueueUrl,
      MessageBody: "größe",
      MessageAttributes: attributes,
      MessageSystemAttributes: attributes,
    };
    expect(await sendMessage(clientOf(right).client, input)).toMatchObject({ MessageId: "m-1" });
    const received = {
      MessageId: "m-1",
      Body: "größe",
      MD5OfBody: md5("größe"),
      MessageAttributes: wireAttributes,
      MD5OfMessageAttributes: attributesMd5,
    };
    expect(await receiveMessage(clientOf({ Messages: [received] }).client, { QueueUrl })).toMatchObject({
      Messages: [{ Body: "größe" }],
    });
  });

  it("of attributes is not compared where the response has none", async () => {
    const MD5OfMessageBody = md5("a");
    const input = { QueueUrl, MessageBody: "a", MessageAttributes: attributes };
    await sendMessage(clientOf({ MD5OfMessageBody }).client, input);
    const received = { Body: "a", MD5OfBody: MD5OfMessageBody, MessageAttributes: wireAttributes };
    await receiveMessage(clientOf({ Messages: [received, { MessageId: "m-2" }] }).client, { QueueUrl });
    await receiveMessage(clientOf({}).client, { QueueUrl });
    await listQueues(clientOf({}).client, {});
  });

  const wrong = md5("other");
  const message = { QueueUrl, MessageBody: "a", MessageAttributes: attributes, MessageSystemAttributes: attributes };
  it.each<[what: string, call: Call, input: object, output: object, message: RegExp]>([
    [
      "a body sent",
      sendMessage,
      message,
      { MessageId: "m-1", MD5OfMessageBody: wrong },
      /^SendMessage: MessageBody of the message m-1 /,
    ],
    [
      "attributes sent",
      sendMessage,
      message,
      { MessageId: "m-1", MD5OfMessageBody: md5("a"), MD5OfMessageAttributes: wrong },
      /MessageAttributes of the message m-1/,
    ],
    [
      "system attributes",
      sendMessage,
      message,
      { MessageId: "m-1", MD5OfMessageBody: md5("a"), MD5OfMessageSystemAttributes: wrong },
      /MessageSystemAttributes of/,
    ],
    [
      "an entry of a batch",
      sendMessageBatch,
      {
        QueueUrl,
        Entries: [
          { Id: "1", MessageBody: "a" },
          { Id: "2", MessageBody: "b" },
        ],
      },
      {
        Successful: [
          { Id: "2", MessageId: "m-2", MD5OfMessageBody: md5("b") },
          { Id: "1", MessageId: "m-1", MD5OfMessageBody: md5("b") },
        ],
      },
      /^SendMessageBatch: MessageBody of the message m-1 /,
    ],
    [
      "a body received",
      receiveMessage,
      { QueueUrl },
      {
        Messages: [
          { MessageId: "m-1", Body: "a", MD5OfBody: md5("a") },
          { MessageId: "m-2", Body: "b", MD5OfBody: wrong },
        ],
      },
      /Body of the message m-2/,
    ],
    [
      "a body sent, because there is none",
      sendMessage,
      message,
      { MessageId: "m-1" },
      /^SendMessage: MessageBody of the message m-1 cannot be verified, because the response has no MD5OfMessageBody/,
    ],
    [
      "an entry of a batch, because there is none",
      sendMessageBatch,
      { QueueUrl, Entries: [{ Id: "1", MessageBody: "a" }] },
      { Successful: [{ Id: "1", MessageId: "m-1" }] },
      /MessageBody of the message m-1 cannot be verified/,
    ],
    [
      "a body received, because there is none",
      receiveMessage,
      { QueueUrl },
      { Messages: [{ MessageId: "m-1", Body: "a" }] },
      /Body of the message m-1 cannot be verified, because the response has no MD5OfBody/,
    ],
    [
      "a body that is lost",
      receiveMessage,
      { QueueUrl },
      { Messages: [{ MessageId: "m-1", MD5OfBody: md5("a") }] },
      /Body of the message m-1 has another MD5/,
    ],
    [
      "attributes received",
      receiveMessage,
      { QueueUrl },
      { Messages: [{ MessageId: "m-1", MessageAttributes: wireAttributes, MD5OfMessageAttributes: wrong }] },
      /MessageAttributes of the message m-1/,
    ],
  ])(
    "that does not fit %s is an error that names the message, and is not retried",
    async (_what, call, input, output, text) => {
      const { client, sent } = clientOf(output);
      await expect(call(client, input)).rejects.toMatchObject({
        code: "UnexpectedResponse",
        message: expect.stringMatching(text) as string,
        status: 200,
        attempts: 1,
      });
      expect(sent).toHaveLength(1);
      expect(await call(clientOf(output, { md5: false }).client, input)).toMatchObject(
        "Messages" in output ? {} : output,
      );
    },
  );
});
