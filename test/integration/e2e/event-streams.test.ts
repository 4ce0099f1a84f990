import { encode } from "cborg";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Client } from "#runtime/client/client.js";
import { ServiceError } from "#runtime/errors/index.js";
import type { EventMessage } from "#runtime/event-streams/message.js";
import type { EventStream } from "#runtime/event-streams/types.js";
import { codec, event, eventStreamType, frame, messagesOf, startEventServer } from "../../support/event-server.js";
import { frameVerifier } from "../../support/verify-frames.js";
import { failureOf } from "../../support/failure.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

const protocols = {
  awsJson1_0: { id: "aws.protocols#awsJson1_0", document: "application/json", isRest: false },
  awsJson1_1: { id: "aws.protocols#awsJson1_1", document: "application/json", isRest: false },
  restJson1: { id: "aws.protocols#restJson1", document: "application/json", isRest: true },
  restXml: { id: "aws.protocols#restXml", document: "application/xml", isRest: true },
  rpcv2Cbor: { id: "smithy.protocols#rpcv2Cbor", document: "application/cbor", isRest: false },
} as const;
type ProtocolName = keyof typeof protocols;

type Output = Readonly<Record<string, unknown>> & {
  readonly words: EventStream<Readonly<Record<string, unknown>>>;
  readonly $metadata: { readonly events?: object; readonly requestId?: string };
};
type Call = (client: Client, input: object, options?: object) => Promise<Output>;

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

async function wire(name: ProtocolName, endpoint: string, options: object = {}) {
  const { module } = await generateClient(join(root, "test/fixtures/events/model.smithy"), {
    protocol: protocols[name].id,
  });
  const WireClient = module["WireClient"] as new (options: object) => Client;
  const client = new WireClient({ region: "eu-west-1", endpoint, credentials, maxAttempts: 1, ...options });
  return { module, client, listen: module["listen"] as Call, tell: module["tell"] as Call };
}

/** A document with one text, as each protocol has it. */
function textDocument(name: ProtocolName, text: string): Uint8Array {
  if (name === "rpcv2Cbor") return encode({ text });
  return Buffer.from(name === "restXml" ? `<Text><text>${text}</text></Text>` : JSON.stringify({ text }));
}

function headersOf(name: ProtocolName): Record<string, string> {
  return {
    "content-type": eventStreamType,
    "x-amzn-requestid": "request-1",
    ...(name === "rpcv2Cbor" && { "smithy-protocol": "rpc-v2-cbor" }),
    ...(protocols[name].isRest && { "x-topic": "weather" }),
  };
}

/** The first message of a response, in protocols without HTTP bindings. */
function initialResponse(name: ProtocolName): Uint8Array[] {
  if (protocols[name].isRest) return [];
  return [event("initial-response", name === "rpcv2Cbor" ? encode({ topic: "weather" }) : '{"topic":"weather"}')];
}

async function collect<Event>(stream: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const each of stream) events.push(each);
  return events;
}

describe.each(Object.keys(protocols) as ProtocolName[])("event streams of %s", (name) => {
  const { document } = protocols[name];
  const detail = {
    restXml: Buffer.from("<DetailPayload><tags><member>a</member></tags></DetailPayload>"),
    rpcv2Cbor: encode({ tags: ["a"] }),
  };
  const detailPayload = name in detail ? detail[name as keyof typeof detail] : Buffer.from('{"tags":["a"]}');

  it("are received: headers, documents, structures and bytes as payloads, unknown events, the other members", async () => {
    await using server = await startEventServer((_request, response) => {
      response.writeHead(200, headersOf(name));
      for (const part of initialResponse(name)) response.write(part);
      response.write(event("text", textDocument(name, "hi"), { ":content-type": document, language: "DE" }));
      response.write(event("sound", Buffer.from([1, 2, 3]), { ":content-type": "application/octet-stream" }));
      response.write(event("detail", detailPayload, { number: { type: "integer", value: 7 } }));
      response.write(event("mark", "", { last: { type: "boolean", value: true } }));
      response.end(event("later", "news"));
    });
    const { client, listen } = await wire(name, server.endpoint);
    const output = await listen(client, { room: "one" });
    expect(output["topic"]).toBe("weather");
    const events = await collect(output.words);
    expect(events).toEqual([
      { text: { language: "DE", text: "hi" } },
      { sound: { bytes: Uint8Array.of(1, 2, 3) } },
      { detail: { number: 7, detail: { tags: ["a"] } } },
      { mark: { last: true } },
      { $unknown: ["later", expect.anything()] },
    ]);
    const { $unknown: [, message] = expect.fail() } = events[4] as { $unknown?: [string, EventMessage] };
    expect(Buffer.from(message.payload).toString()).toBe("news");
    expect(message.headers[":event-type"]).toEqual({ type: "string", value: "later" });
    expect(output.$metadata).toMatchObject({ requestId: "request-1", events: { received: 5, sent: 0 } });
    expect(server.failures).toEqual([]);
  });

  it("throw the errors of the service: modelled ones by class, others as ServiceError", async () => {
    const errors = [
      frame(
        { ":message-type": "exception", ":exception-type": "busy", ":content-type": document },
        name === "restXml"
          ? "<BusyError><message>wait</message><seconds>3</seconds></BusyError>"
          : name === "rpcv2Cbor"
            ? encode({ message: "wait", seconds: 3 })
            : '{"message":"wait","seconds":3}',
      ),
      frame({ ":message-type": "exception", ":exception-type": "NewError" }, '{"message":"?"}'),
      frame({ ":message-type": "error", ":error-code": "InternalFailure", ":error-message": "oops" }),
    ];
    await using server = await startEventServer((_request, response) => {
      response.writeHead(200, headersOf(name));
      for (const part of initialResponse(name)) response.write(part);
      response.write(event("text", textDocument(name, "hi")));
      // More follows, which is not read.
      response.write(Buffer.concat([errors.shift() ?? expect.unreachable(), event("text", textDocument(name, "no"))]));
    });
    const { client, module, listen } = await wire(name, server.endpoint);
    const fail = async () => failureOf(collect((await listen(client, { room: "one" })).words));
    const busy = await fail();
    expect(busy).toBeInstanceOf(module["BusyError"]);
    expect(busy).toMatchObject({
      name: "BusyError",
      message: "wait",
      seconds: 3,
      retryable: true,
      throttling: true,
      operation: "Listen",
      requestId: "request-1",
      $metadata: { status: 200, events: { received: 1 } },
    });
    expect(await fail()).toMatchObject({ name: "NewError", fault: "server" });
    const failure = (await fail()) as ServiceError;
    expect(failure).toBeInstanceOf(ServiceError);
    expect(failure).toMatchObject({ name: "InternalFailure", message: "oops", fault: "server" });
    expect(failure.explain()).toMatch(/Wire\.Listen failed while its events were read: InternalFailure: oops\n.*POST/);
    expect(failure.explain()).toMatch(/ {2}received {4}1 events, \d+ bytes/);
    expect(failure.explain()).toContain("request request-1");
    await client.close();
    await expect.poll(() => server.connections()).toBe(0);
  });

  it("are sent, each signed, with the other members of the input", async () => {
    const received: { readonly headers: object; readonly body: string }[] = [];
    await using server = await startEventServer(async (request, response) => {
      const check = await frameVerifier(request, credentials);
      for await (const message of messagesOf(request)) {
        await check(message);
        if (message.body.byteLength === 0) continue;
        const { headers, body } = codec.decode(message.body);
        const plain = Object.entries(headers).map(([key, { value }]) => [key, value]);
        received.push({ headers: Object.fromEntries(plain) as object, body: Buffer.from(body).toString("latin1") });
      }
      expect(request.headers["content-type"]).toBe(eventStreamType);
      response.writeHead(200, { "smithy-protocol": "rpc-v2-cbor" });
      response.end(
        name === "rpcv2Cbor"
          ? encode({ count: 4 })
          : name === "restXml"
            ? "<TellOutput><count>4</count></TellOutput>"
            : '{"count":4}',
      );
    });
    const { client, tell } = await wire(name, server.endpoint);
    const at = new Date(1_700_000_000_000);
    async function* words() {
      yield { text: { language: "DE", text: "hi" } };
      yield { sound: { bytes: Uint8Array.of(1, 2, 3) } };
      yield await Promise.resolve({ detail: { number: 7, detail: { tags: ["a"] } } });
      yield { mark: { at, long: 2 ** 40, last: false, key: Uint8Array.of(9) } };
    }
    const { $metadata, ...output } = await tell(client, { room: "one", words: words() });
    expect(server.failures).toEqual([]);
    expect(output).toEqual({ count: 4 });
    const first = { ":message-type": "event", ":event-type": "initial-request", ":content-type": document };
    const initial = { headers: first, body: name === "rpcv2Cbor" ? encodeText({ room: "one" }) : '{"room":"one"}' };
    const texts: Partial<Record<ProtocolName, string>> = {
      restXml: '<?xml version="1.0" encoding="UTF-8"?><Text><text>hi</text></Text>',
      rpcv2Cbor: encodeText({ text: "hi" }),
    };
    const details: Partial<Record<ProtocolName, string>> = {
      restXml: '<?xml version="1.0" encoding="UTF-8"?><DetailPayload><tags><member>a</member></tags></DetailPayload>',
      rpcv2Cbor: encodeText({ tags: ["a"] }),
    };
    expect(received).toEqual([
      ...(protocols[name].isRest ? [] : [initial]),
      {
        headers: { ":message-type": "event", ":event-type": "text", ":content-type": document, language: "DE" },
        body: texts[name] ?? '{"text":"hi"}',
      },
      {
        headers: { ":message-type": "event", ":event-type": "sound", ":content-type": "application/octet-stream" },
        body: "\u0001\u0002\u0003",
      },
      {
        headers: { ":message-type": "event", ":event-type": "detail", ":content-type": document, number: 7 },
        body: details[name] ?? '{"tags":["a"]}',
      },
      {
        headers: {
          ":message-type": "event",
          ":event-type": "mark",
          at,
          long: expect.anything() as unknown,
          last: false,
          key: expect.anything() as unknown,
        },
        body: "",
      },
    ]);
    expect($metadata).toMatchObject({ events: { sent: 4, received: 0 } });
  });
});

function encodeText(value: object): string {
  return Buffer.from(encode(value)).toString("latin1");
}
