import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type GeneratedClient, generateClient } from "../../support/generate-client.js";
import { peersInstalled } from "../../support/peers.js";
import { sharedPath } from "../../support/shared.js";
import { callerOf } from "./support/ours.js";
import type { Caller } from "./support/calls.js";
import { loadV3 } from "./support/v3.js";

const models = sharedPath("models/sqs-2012-11-05.json");
const isComparable = models !== undefined && (await peersInstalled());

const QueueUrl = "https://sqs.us-west-2.amazonaws.com/123456789012/Tasks";
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const message = (Body: string, digest = md5(Body)) => ({ MessageId: "m-1", Body, MD5OfBody: digest });
const sent = { QueueUrl, MessageBody: "größe" };
const batch = {
  QueueUrl,
  Entries: [
    { Id: "1", MessageBody: "a" },
    { Id: "2", MessageBody: "b" },
  ],
};

describe.skipIf(!isComparable)("SQS beside the official client", () => {
  let generated: Promise<GeneratedClient> | undefined;
  const load = async (options: object): Promise<readonly [Caller, Caller]> => {
    const { module } = await (generated ??= generateClient(models ?? ""));
    return [
      callerOf(module, "SQSClient", { endpoint: undefined, ...options }),
      await loadV3("@aws-sdk/client-sqs", "SQSClient", { endpoint: undefined, ...options }),
    ];
  };
  const response = (body: object) => ({ status: 200, body: JSON.stringify(body) });

  it.each([
    ["the queue's", {}, "https://sqs.us-west-2.amazonaws.com"],
    ["the client's where useQueueUrlAsEndpoint is false", { useQueueUrlAsEndpoint: false }, "https://sqs."],
    ["the client's where it has one", { endpoint: "https://sqs.example" }, "https://sqs.example"],
  ])("sends to the same host: %s", async (_which, options, start) => {
    const [ours, theirs] = await load(options);
    const body = response({ MessageId: "m-1", MD5OfMessageBody: md5(sent.MessageBody) });
    const [our, their] = [await ours("SendMessage", sent, body), await theirs("SendMessage", sent, body)];
    expect(our.request.origin).toBe(their.request.origin);
    expect(our.request.origin.startsWith(start)).toBe(true);
  });

  it.each<[string, string, object, object]>([
    ["a body sent", "SendMessage", sent, { MessageId: "m-1", MD5OfMessageBody: md5("größe") }],
    ["a body changed", "SendMessage", sent, { MessageId: "m-1", MD5OfMessageBody: md5("grösse") }],
    [
      "a batch",
      "SendMessageBatch",
      batch,
      { Successful: [{ Id: "2", MessageId: "m-2", MD5OfMessageBody: md5("b") }], Failed: [] },
    ],
    [
      "a batch changed",
      "SendMessageBatch",
      batch,
      { Successful: [{ Id: "2", MessageId: "m-2", MD5OfMessageBody: md5("a") }], Failed: [] },
    ],
    ["messages received", "ReceiveMessage", { QueueUrl }, { Messages: [message("a"), message("ü")] }],
    ["a message changed", "ReceiveMessage", { QueueUrl }, { Messages: [message("a"), message("b", md5("a"))] }],
    ["a body sent, without its MD5", "SendMessage", sent, { MessageId: "m-1" }],
    ["a batch without the MD5", "SendMessageBatch", batch, { Successful: [{ Id: "2", MessageId: "m-2" }], Failed: [] }],
    ["a message without its MD5", "ReceiveMessage", { QueueUrl }, { Messages: [{ MessageId: "m-1", Body: "a" }] }],
    [
      "a message without its body",
      "ReceiveMessage",
      { QueueUrl },
      { Messages: [{ MessageId: "m-1", MD5OfBody: md5("a") }] },
    ],
    ["an empty body", "ReceiveMessage", { QueueUrl }, { Messages: [{ MessageId: "m-1", MD5OfBody: md5("") }] }],
    ["no messages", "ReceiveMessage", { QueueUrl }, {}],
  ])("accepts and rejects the same: %s", async (_what, operation, input, output) => {
    for (const options of [{}, { md5: false }]) {
      const [ours, theirs] = await load(options);
      const failed = async (caller: Caller): Promise<boolean> =>
        (await caller(operation, input, response(output))).error !== undefined;
      expect(await failed(ours)).toBe(await failed(theirs));
    }
  });
});
