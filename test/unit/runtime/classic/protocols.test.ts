import { encode } from "cborg";
import { describe, expect, it } from "vitest";
import { Service, type ServiceDefinition } from "#runtime/classic/index.js";
import { ServiceError } from "#runtime/errors/service.js";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import { ec2Query } from "#runtime/protocols/ec2Query/index.js";
import type { Protocol, Operation } from "#runtime/schema/service.js";
import { restJson1 } from "#runtime/protocols/restJson/index.js";
import { restXml } from "#runtime/protocols/restXml/index.js";
import { rpcv2Cbor } from "#runtime/protocols/rpcv2Cbor/index.js";
import { type Books, books, definition, described, json, operations, options, outcome, serve } from "./support.js";

const http = { method: "POST", uri: "/books", code: 200 };

/** The service of the other tests in another protocol, its operations bound to HTTP. */
function speaking(
  protocol: Protocol,
  more: Partial<Record<string, Operation>> = {},
  waiters: NonNullable<ServiceDefinition["waiters"]> = {},
) {
  const bound = Object.fromEntries(
    Object.entries({ ...operations, ...more }).map(([name, operation]) => [name, { http, ...operation } as Operation]),
  );
  const service = { ...described, protocol, xmlNamespace: { uri: "http://books/" } };
  return Service.defineService<Books>({ ...definition, model: { service, operations: bound }, waiters });
}

type ScriptedResponse = Parameters<typeof serve>[0];

const text =
  (status: number, body: string | Uint8Array, headers: Record<string, string> = {}): ScriptedResponse =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

async function ask(protocol: Protocol, given: ScriptedResponse, more?: Partial<Record<string, Operation>>, extra = {}) {
  const { endpoint, hits } = await serve(given);
  const request = new (speaking(protocol, more))({ ...options, endpoint, maxRetries: 0, ...extra }).getBook({
    Title: "A",
  });
  return { ...(await outcome(request)), hits, request };
}

describe("awsJson", () => {
  it("brings values to their types, drops what is unknown, and gives buffers", async () => {
    const Book = { Title: 7, Pages: "12", Printed: 1.5, Cover: "AAE=", Tags: ["a", null], Unknown: 1 };
    const { service } = await books(json(200, { Book, More: {} }));
    const { Book: read } = await service.getBook({ Title: "A" }).promise();
    expect(read).toEqual({
      Title: "7",
      Pages: 12,
      Printed: new Date(1500),
      Cover: Buffer.from([0, 1]),
      Tags: ["a", null],
    });
    expect(Buffer.isBuffer(read?.Cover)).toBe(true);
  });

  it("is left as it is where types are not to be converted", async () => {
    const body = { Book: { Title: 7, Printed: 1.5, Unknown: null }, More: {} };
    const { service } = await books(json(200, body), { convertResponseTypes: false });
    expect(await service.getBook({ Title: "A" }).promise()).toEqual(body);
  });

  it("fails for what is no date", async () => {
    const { service } = await books(json(200, { Book: { Printed: "long ago" } }));
    const { err } = await outcome(service.getBook({ Title: "A" }));
    expect(err).toMatchObject({ code: "TimestampParserError", statusCode: 200 });
  });
});

describe("restJson", () => {
  const output = {
    type: "structure",
    name: "Bound",
    members: {
      Kind: { type: "string", httpHeader: "x-kind" },
      Status: { type: "integer", httpResponseCode: true },
      Title: { type: "string", jsonName: "t" },
      Count: { type: "integer" },
    },
  } as const;
  const getBook = { name: "GetBook", input: operations.getBook.input, output };

  it("reads headers, status and body", async () => {
    const { data, hits } = await ask(restJson1, text(201, '{"t":5,"Count":"2"}', { "x-kind": "k" }), { getBook });
    expect(data).toEqual({ Kind: "k", Status: 201, Title: "5", Count: 2 });
    expect(hits[0]?.request.url).toBe("/books");
    const raw = await ask(
      restJson1,
      text(201, '{"t":5}', { "x-kind": "k" }),
      { getBook },
      { convertResponseTypes: false },
    );
    expect(raw.data).toEqual({ Kind: "k", Status: 201, t: 5 });
  });

  it("reads a body that is a member, as bytes and as JSON", async () => {
    const member = { type: "blob", httpPayload: true } as const;
    const bytes = { ...getBook, output: { ...output, members: { Cover: member } } };
    const { data } = await ask(restJson1, text(200, Buffer.from([1, 2])), { getBook: bytes });
    expect((data as { Cover: Buffer }).Cover.equals(Buffer.from([1, 2]))).toBe(true);
    const target = { target: output, httpPayload: true } as const;
    const structure = { ...getBook, output: { ...output, name: "Outer", members: { Bound: target } } };
    const { data: read } = await ask(restJson1, text(200, '{"t":5}'), { getBook: structure });
    expect(read).toEqual({ Bound: { Title: "5" } });
  });

  it("reads errors", async () => {
    const { err } = await ask(restJson1, text(404, '{"message":"m"}', { "x-amzn-errortype": "Lost:x" }), { getBook });
    expect(err).toMatchObject({ code: "Lost", message: "m", statusCode: 404 });
  });
});

describe("restXml", () => {
  it("reads a body, with empty lists for those that are not there", async () => {
    const body = "<GetBookResponse><Book><Title>T</Title><Cover>AAE=</Cover></Book></GetBookResponse>";
    const { data, hits } = await ask(restXml, text(200, body, { "x-amz-request-id": "r" }));
    expect(data).toEqual({ Book: { Title: "T", Cover: Buffer.from([0, 1]), Tags: [] } });
    expect(Buffer.isBuffer((data as { Book: { Cover: Buffer } }).Book.Cover)).toBe(true);
    expect(hits[0]?.body).toContain("<Title>A</Title>");
  });

  it("reads errors, with the ids of the request", async () => {
    const body =
      "<ErrorResponse><Error><Code>Lost</Code><Message>m</Message></Error><RequestId>q</RequestId></ErrorResponse>";
    const headers = { "x-amz-request-id": "r", "x-amz-id-2": "e" };
    const { err } = await ask(restXml, text(404, body, headers));
    expect(err).toMatchObject({ code: "Lost", message: "m", statusCode: 404, requestId: "r", extendedRequestId: "e" });
    const { err: bare } = await ask(restXml, text(503, ""));
    expect(bare).toMatchObject({ code: 503, message: null, statusCode: 503 });
  });

  it("finds an error in a response that begins as a success", async () => {
    const getBook = { ...operations.getBook, lateErrors: true } as Operation;
    const { err } = await ask(restXml, text(200, "<Error><Code>InternalError</Code><Message>m</Message></Error>"), {
      getBook,
    });
    expect(err).toMatchObject({ code: "InternalError", message: "m", statusCode: 200, retryable: true });
  });

  it("calls what is no XML by its name, and has it retried", async () => {
    const { err } = await ask(restXml, text(200, "<GetBookResponse><Book>"));
    expect(err).toMatchObject({ code: "XMLParserError", retryable: true });
  });
});

describe("the query protocols", () => {
  it("are read, with the id of the request from the body", async () => {
    const body =
      "<GetBookResponse><GetBookResult><Book><Title>T</Title></Book></GetBookResult><ResponseMetadata><RequestId>q</RequestId></ResponseMetadata></GetBookResponse>";
    const { data, hits, request } = await ask(awsQuery, text(200, body));
    expect(data).toMatchObject({ Book: { Title: "T", Tags: [] } });
    expect(request.response.requestId).toBe("q");
    expect(hits[0]?.body).toBe("Action=GetBook&Version=2020-01-01&Title=A");
  });

  it("tell an error by the code that is sent, and wait for it by the name of its shape too", async () => {
    class LostException extends ServiceError {
      static readonly shape = {
        type: "structure",
        name: "LostException",
        members: {},
        error: { fault: "client", queryErrorCode: "Lost" },
      } as const;
    }
    const getBook = { ...operations.getBook, errors: [LostException] } as Operation;
    const scripted = text(404, "<ErrorResponse><Error><Code>Lost</Code><Message>m</Message></Error></ErrorResponse>");
    expect((await ask(awsQuery, scripted, { getBook })).err).toMatchObject({ code: "Lost", message: "m" });
    const { endpoint, hits } = await serve(scripted);
    const waiter = { name: "BookLost", operation: "getBook", minDelay: 0, maxDelay: 0 };
    const acceptors = [{ state: "success", errorType: "LostException" }] as const;
    const Waiting = speaking(awsQuery, { getBook }, { bookLost: { ...waiter, acceptors } });
    await new Waiting({ ...options, endpoint }).waitFor("bookLost" as "bookPrinted", { Title: "A" }).promise();
    expect(hits).toHaveLength(1);
  });

  it("are read where they fail", async () => {
    const query =
      "<ErrorResponse><Error><Code>Lost</Code><Message>m</Message></Error><RequestId>q</RequestId></ErrorResponse>";
    expect((await ask(awsQuery, text(400, query))).err).toMatchObject({ code: "Lost", message: "m", requestId: "q" });
    const ec2 =
      "<Response><Errors><Error><Code>Lost</Code><Message>m</Message></Error></Errors><RequestID>q</RequestID></Response>";
    expect((await ask(ec2Query, text(400, ec2))).err).toMatchObject({ code: "Lost", message: "m", requestId: "q" });
  });
});

describe("rpcv2Cbor", () => {
  const headers = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };

  it("is read, with buffers", async () => {
    const { data, hits } = await ask(rpcv2Cbor, text(200, encode({ Book: { Cover: new Uint8Array([7]) } }), headers));
    expect(data).toEqual({ Book: { Cover: Buffer.from([7]) } });
    expect(hits[0]?.request.url).toBe("/service/Books_2020/operation/GetBook");
  });

  it("is read where it fails", async () => {
    const body = encode({ __type: "x#Lost", message: "m" });
    const { err } = await ask(rpcv2Cbor, text(400, body, headers));
    expect(err).toMatchObject({ code: "Lost", message: "m", statusCode: 400, retryable: false });
  });
});
