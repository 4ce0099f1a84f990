import { readFileSync } from "node:fs";
import type { Message } from "@smithy/eventstream-codec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalService, startLocalService } from "#runtime/testing/index.js";
import { codec as official, messagesOf } from "../support/event-server.js";
import { generateClient } from "../support/generate-client.js";
import { sharedPath } from "../support/shared.js";
import { type EventStreamCase, eventOf, eventStreamCases, iterate, streamMember } from "./support/event-cases.js";
import { exchange } from "./support/exchange.js";
import { type Ast, fromTestValue, shapeOf } from "./support/model-values.js";
import { modelIn, withoutAuth } from "./support/server-suite.js";

const path = sharedPath("conformance/protocols/restjson.restjson.json");
const ast = path ? (JSON.parse(readFileSync(path, "utf8")) as Ast) : { shapes: {} };
const cases = eventStreamCases(ast).filter(({ appliesTo }) => appliesTo !== "client");

/** Cases that fail, by id, each with the reason. The list only shrinks. */
const knownFailures: Readonly<Record<string, string>> = {};

type Handler = (input: Readonly<Record<string, unknown>>) => unknown;

describe.skipIf(!path)("protocol tests of event streams in servers: restjson.restjson", () => {
  let local: LocalService;
  let handler: Handler = () => ({});
  const errors: unknown[] = [];
  beforeAll(async () => {
    const { folder } = await generateClient(path ?? "");
    const service = withoutAuth(await modelIn(folder));
    const handlers = Object.fromEntries(
      Object.keys(service.operations).map((name) => [name, ((input) => handler(input)) as Handler]),
    );
    const onError = (error: unknown): number => errors.push(error);
    local = await startLocalService({ service, handlers: handlers as object, onError });
  }, 60_000);
  afterAll(() => local.close());

  it("has 80 cases: 16 of servers, 64 of both sides", () => {
    const own = cases.filter(({ appliesTo }) => appliesTo === "server");
    expect([cases.length, own.length]).toEqual([80, 16]);
  });

  it.each(cases.map((each) => [each.id, each] as const))("%s", async (id, each) => {
    errors.length = 0;
    const run = runCase(local.endpoint, each, (next) => (handler = next));
    if (knownFailures[id] === undefined) await run;
    else await expect(run, `${id} passes now: take it off the list`).rejects.toThrow();
    expect(errors).toEqual([]);
  });
});

async function runCase(
  endpoint: string,
  given: EventStreamCase,
  setHandler: (handler: Handler) => void,
): Promise<void> {
  const { operation, events = [], expectation } = given;
  // A case about one direction leaves out the required members of the other, which another case of the operation has.
  const stated = cases.filter((each) => each.operation === operation && !each.expectation && !expectation);
  const { initialRequest, initialRequestParams } = [given, ...stated].find((each) => each.initialRequest) ?? given;
  const { initialResponse, initialResponseParams } = [given, ...stated].find((each) => each.initialResponse) ?? given;
  const sent = events.filter(({ type }) => type === "request");
  const responded = events.filter(({ type }) => type === "response");
  const { input, output, traits } = shapeOf(ast, operation) as unknown as {
    readonly input?: { readonly target: string };
    readonly output?: { readonly target: string };
    readonly traits: { readonly "smithy.api#http": { readonly method: string; readonly uri: string } };
  };
  const [incoming, outgoing] = [streamMember(ast, input?.target ?? ""), streamMember(ast, output?.target ?? "")];
  let received: { readonly members: object; readonly events: object[] } | undefined;
  let failure: unknown;
  setHandler(async (values) => {
    const { [incoming?.name ?? ""]: stream, ...members } = values;
    const found: object[] = [];
    try {
      if (incoming) for await (const event of stream as AsyncIterable<object>) found.push(event);
    } catch (error) {
      failure = error;
      throw error;
    }
    received = { members, events: found };
    return {
      ...(fromTestValue(ast, output?.target ?? "", initialResponseParams ?? {}) as object),
      ...(outgoing && {
        [outgoing.name]: iterate(responded.map(({ params = {} }) => eventOf(ast, outgoing.target, params))),
      }),
    };
  });
  const http = traits["smithy.api#http"];
  const response = await exchange(endpoint, {
    method: initialRequest?.method ?? http.method,
    target: initialRequest?.uri ?? http.uri,
    headers: {
      ...(incoming && { "content-type": "application/vnd.amazon.eventstream" }),
      ...initialRequest?.headers,
    },
    body: Buffer.concat(sent.map(({ bytes = "" }) => Buffer.from(bytes, "base64"))),
  });
  if (expectation?.failure) {
    expect(response.status, response.body.toString()).toBeGreaterThanOrEqual(400);
    expect(received).toBeUndefined();
    const { errorId } = expectation.failure;
    if (errorId !== undefined) expect((failure as Error).name).toBe(errorId.slice(errorId.indexOf("#") + 1));
    return;
  }
  expect(response.status, response.body.toString()).toBe(initialResponse?.code ?? 200);
  expect(received?.events).toEqual(sent.map(({ params = {} }) => eventOf(ast, incoming?.target ?? "", params)));
  expect(received?.members).toEqual(fromTestValue(ast, input?.target ?? "", initialRequestParams ?? {}));
  for (const [name, value] of Object.entries(initialResponse?.headers ?? {})) {
    expect(response.headers[name.toLowerCase()], name).toBe(value);
  }
  if (!outgoing) return;
  expect(response.headers["content-type"]).toBe("application/vnd.amazon.eventstream");
  const messages: Message[] = [];
  for await (const message of messagesOf(iterate([response.body]))) messages.push(message);
  expect(messages).toHaveLength(responded.length);
  for (const [index, { bytes, headers, body = "" }] of responded.entries()) {
    const message = messages[index];
    // The order of headers has no meaning.
    if (bytes !== undefined) expect(message).toEqual(official.decode(Buffer.from(bytes, "base64")));
    expect(Object.keys(message?.headers ?? {}).toSorted()).toEqual(Object.keys(headers).toSorted());
    expect(Buffer.from(message?.body ?? []).toString()).toBe(body);
  }
}
