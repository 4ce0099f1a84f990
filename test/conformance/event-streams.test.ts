import { readFileSync } from "node:fs";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { beforeAll, describe, expect, it } from "vitest";
import { isClientsmithError } from "#runtime/errors/base.js";
import type { EventStream } from "#runtime/event-streams/types.js";
import type { HttpRequest, HttpResponse, ResponseStream, Transport } from "#runtime/schema/http.js";
import { type ClientModule, generateClient } from "../support/generate-client.js";
import { failureOf } from "../support/failure.js";
import { sharedPath } from "../support/shared.js";
import {
  type EventCase,
  type EventStreamCase,
  eventOf,
  eventStreamCases,
  iterate,
  streamMember,
} from "./support/event-cases.js";
import { type Ast, fromTestValue, shapeOf } from "./support/model-values.js";

/** Cases that cannot pass, by id, each with the reason. */
const knownFailures: Readonly<Record<string, string>> = {
  MissingRequiredInitialResponseOutput:
    "a required member that the service omits is filled by client error correction, which the specification of Smithy requires",
  DuplexMissingRequiredInitialResponseOutput: "the same",
};

const path = sharedPath("conformance/protocols/restjson.restjson.json");
const ast = path ? (JSON.parse(readFileSync(path, "utf8")) as Ast) : { shapes: {} };
const all = eventStreamCases(ast);
const cases = all.filter(({ appliesTo }) => appliesTo !== "server");
const official = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

describe.skipIf(!path)("protocol tests of event streams: restjson.restjson", () => {
  let module: ClientModule;
  beforeAll(async () => {
    ({ module } = await generateClient(path ?? ""));
  }, 60_000);

  it("has 100 cases, of which 84 apply to clients", () => {
    expect([all.length, cases.length]).toEqual([100, 84]);
  });

  it.each(cases.map((each) => [each.id, each] as const))("%s", async (id, each) => {
    const known = knownFailures[id];
    if (known === undefined) await run(module, each);
    else await expect(run(module, each), `${id} passes now: take it off the list`).rejects.toThrow();
  });
});

type Call = (client: object, input: object) => Promise<Readonly<Record<string, unknown>>>;

/** Sends the events of the case, receives those of the service, and compares both. */
async function run(module: ClientModule, given: EventStreamCase): Promise<void> {
  const { operation, events = [], initialResponse, expectation } = given;
  const sides = {
    request: events.filter(({ type }) => type === "request"),
    response: events.filter(({ type }) => type === "response"),
  };
  const { input, output } = shapeOf(ast, operation) as unknown as Readonly<Record<string, { readonly target: string }>>;
  const [sent, received] = [streamMember(ast, input?.target ?? ""), streamMember(ast, output?.target ?? "")];
  const exchange = new Exchange(initialResponse, sides.response);
  const Client = module["RestJsonProtocolClient"] as new (options: object) => object;
  const client = new Client({
    region: "us-west-2",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    endpoint: "https://example.com",
    transport: exchange,
    maxAttempts: 1,
    validation: false,
  });
  const name = operation.slice(operation.indexOf("#") + 1);
  const call = module[name.charAt(0).toLowerCase() + name.slice(1)] as Call;
  const params = {
    ...(fromTestValue(ast, input?.target ?? "", given.initialRequestParams ?? {}) as object),
    ...(sent && { [sent.name]: iterate(sides.request.map((event) => eventOf(ast, sent.target, event.params ?? {}))) }),
  };
  const outcome = (async () => {
    const result = await call(client, params);
    const stream = received && (result[received.name] as EventStream<object>);
    const found: object[] = [];
    if (stream) for await (const event of stream) found.push(event);
    return { result, found };
  })();
  if (expectation?.failure) {
    const error = await failureOf(outcome);
    expect(isClientsmithError(error), String(error)).toBe(true);
    const { errorId } = expectation.failure;
    if (errorId !== undefined) expect(error.name).toBe(errorId.slice(errorId.indexOf("#") + 1));
    return;
  }
  const { result, found } = await outcome;
  expect(found).toEqual(sides.response.map(({ params: event }) => eventOf(ast, received?.target ?? "", event ?? {})));
  if (given.initialResponseParams) {
    expect(result).toMatchObject(fromTestValue(ast, output?.target ?? "", given.initialResponseParams) as object);
  }
  if (given.initialRequest) {
    const { method, uri, headers } = given.initialRequest;
    expect(exchange.request).toMatchObject({ method, path: uri, headers });
  }
  if (!sent) return;
  expect(exchange.request?.headers["content-type"]).toBe("application/vnd.amazon.eventstream");
  const messages = exchange.sent;
  // Signed events hold the event as their payload, and end with an empty one.
  expect(messages.pop()?.body).toHaveLength(0);
  expect(messages).toHaveLength(sides.request.length);
  for (const [index, { bytes, headers, body = "" }] of sides.request.entries()) {
    const { body: frame } = messages[index] ?? expect.unreachable();
    const event = official.decode(frame);
    // The order of headers has no meaning.
    if (bytes !== undefined) expect(event).toEqual(official.decode(Buffer.from(bytes, "base64")));
    expect(Object.keys(event.headers).toSorted()).toEqual(Object.keys(headers).toSorted());
    expect(Buffer.from(event.body).toString()).toBe(body);
  }
}

/** Reads the whole request, and responds. */
class Exchange implements Transport {
  readonly isDuplex = true;
  request: HttpRequest | undefined;
  readonly sent: ReturnType<typeof official.decode>[] = [];
  readonly #response: HttpResponse;

  constructor(initial: EventStreamCase["initialResponse"], events: readonly EventCase[]) {
    const { code = 200, headers = {}, body = "" } = initial ?? {};
    const frames = events.map(({ bytes = "" }) => Buffer.from(bytes, "base64"));
    this.#response = {
      status: code,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      body: new Uint8Array(),
      stream: streamOf(Buffer.concat([Buffer.from(body), ...frames])),
    };
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    this.request = request;
    for await (const chunk of request.stream ?? []) this.sent.push(official.decode(chunk));
    return this.#response;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function streamOf(bytes: Uint8Array): ResponseStream {
  return {
    async *[Symbol.asyncIterator]() {
      if (bytes.byteLength > 0) yield await Promise.resolve(bytes);
    },
    cancel: () => {},
  };
}
