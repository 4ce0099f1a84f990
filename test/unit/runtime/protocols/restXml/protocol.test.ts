import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { Client } from "#runtime/client/client.js";
import { isServiceError, ServiceError } from "#runtime/errors/service.js";
import { sigv4 } from "#runtime/auth/sigv4.js";
import { invoke } from "#runtime/call/invoke.js";
import type { OperationCodec, Operation, Service } from "#runtime/schema/service.js";
import { ResponseMismatch } from "#runtime/errors/mismatch.js";
import { restXml } from "#runtime/protocols/restXml/index.js";
import type { Member, StructureShape } from "#runtime/schema/shapes.js";
import { verifyRequest } from "#runtime/signing/verify.js";
import type { HttpRequest, HttpResponse } from "#runtime/schema/http.js";
import { sharedPath } from "../../../../support/shared.js";
import { response, structure } from "../http/support.js";

class NotFound extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "NotFound",
    members: { what: { type: "string" }, wait: { type: "integer", httpHeader: "Retry-After" } },
    error: { fault: "client", status: 404 },
  };
}

type Members = Readonly<Record<string, Member>>;

const service = {
  name: "Store",
  sdkId: "Store",
  shapeName: "Store",
  version: "2020-01-08",
  xmlNamespace: { uri: "urn:store" },
  protocol: restXml,
  resolveEndpoint: () => ({ url: "https://store.example.com" }),
  endpointBuiltIns: {},
} satisfies Service;

function operationOf(given: { input?: Members; output?: Members } & Partial<Pick<Operation, "http" | "xmlUnwrapped">>) {
  return {
    name: "Put",
    errors: [NotFound],
    http: { method: "PUT", uri: "/", code: 200 },
    ...given,
    input: structure("PutInput", given.input ?? {}),
    output: structure("PutOutput", given.output ?? {}),
  } satisfies Operation;
}

const codecOf = (given: Parameters<typeof operationOf>[0]): OperationCodec =>
  restXml.compile(operationOf(given), service);
const string = { type: "string" } as const;
const Book$: StructureShape = { type: "structure", name: "Book", members: { title: string } };
const document = (text: string): string => `<?xml version="1.0" encoding="UTF-8"?>${text}`;

describe("requests", () => {
  const bodyOf = (input: Members, value: object) => {
    const { body, headers } = codecOf({ input }).serialize(value);
    return { body, type: headers["content-type"] };
  };

  it("have a root named after their input, in the service's namespace", () => {
    expect(bodyOf({ a: string, head: { ...string, httpHeader: "H" } }, { a: "1", head: "h" })).toEqual({
      body: document('<PutInput xmlns="urn:store"><a>1</a></PutInput>'),
      type: "application/xml",
    });
    expect(bodyOf({ a: string }, {}).body).toBe(document('<PutInput xmlns="urn:store"></PutInput>'));
  });

  it("have no body where no member belongs into one", () => {
    expect(bodyOf({ head: { ...string, httpHeader: "H" } }, { head: "h" })).toEqual({});
  });

  it("are the payload, named after itself, its shape's xmlName or its shape", () => {
    const payload: Member = { target: Book$, httpPayload: true };
    const title = { book: { title: "x" } };
    expect(bodyOf({ book: payload }, title).body).toBe(document('<Book xmlns="urn:store"><title>x</title></Book>'));
    const named: StructureShape = { ...Book$, xmlName: "B", xmlNamespace: { uri: "urn:b" } };
    expect(bodyOf({ book: { target: named, httpPayload: true } }, title).body).toBe(
      document('<B xmlns="urn:b"><title>x</title></B>'),
    );
    const both: Member = { ...payload, target: named, xmlName: "C", xmlNamespace: { uri: "urn:c", prefix: "c" } };
    expect(bodyOf({ book: both }, title).body).toBe(document('<C xmlns:c="urn:c"><title>x</title></C>'));
  });

  it("have no body where the payload is not set", () => {
    expect(bodyOf({ book: { target: Book$, httpPayload: true } }, {})).toEqual({});
  });

  it("have bytes and text as they are", () => {
    expect(bodyOf({ raw: { ...string, httpPayload: true } }, { raw: "<a>" })).toEqual({
      body: "<a>",
      type: "text/plain",
    });
  });
});

describe("answers", () => {
  const output = { a: string, count: { type: "integer" } } satisfies Members;

  it("are read from another root where it holds a member, even an empty one", () => {
    expect(codecOf({ output }).readOutput(response("<Other><a>1</a></Other>"))).toEqual({ a: "1" });
    expect(codecOf({ output }).readOutput(response("<Other><count/></Other>"))).toEqual({});
  });

  it("are no responses where another root holds no member", () => {
    const reading = (text: string) => () => codecOf({ output }).readOutput(response(text));
    expect(reading("<Other><b>1</b></Other>")).toThrow("<PutOutput> should be the root element");
    expect(reading("<Other/>")).toThrow(ResponseMismatch);
    const payload = codecOf({ output: { book: { target: Book$, httpPayload: true } } });
    expect(() => payload.readOutput(response("<Other/>"))).toThrow("<Book> should be the root element");
  });

  it("are empty where an element of the right root is, with a prefix or not", () => {
    expect(codecOf({ output }).readOutput(response("<PutOutput/>"))).toEqual({});
    expect(codecOf({ output }).readOutput(response("<p:PutOutput xmlns:p='urn:p'></p:PutOutput>"))).toEqual({});
    expect(codecOf({ output: { book: { target: Book$, httpPayload: true } } }).readOutput(response("<Book/>"))).toEqual(
      { book: {} },
    );
  });

  it("have the root that xmlName states", () => {
    const named = { ...operationOf({ output }), output: { ...structure("PutOutput", output), xmlName: "x:Result" } };
    const codec = restXml.compile(named, service);
    expect(codec.readOutput(response("<Result/>"))).toEqual({});
    expect(() => codec.readOutput(response("<PutOutput/>"))).toThrow(ResponseMismatch);
  });

  it("have any root where the model is an api-2 description", () => {
    const codec = restXml.compile(operationOf({ output }), { ...service, anyRoot: true });
    expect(codec.readOutput(response("<Other/>"))).toEqual({});
    expect(codec.isLateError?.(response("<Error/>"))).toBe(true);
  });

  it("without a body have no members", () => {
    expect(codecOf({ output }).readOutput(response(""))).toEqual({});
    expect(codecOf({ output: { book: { target: Book$, httpPayload: true } } }).readOutput(response(""))).toEqual({});
  });

  it("are the payload", () => {
    const codec = codecOf({ output: { book: { target: Book$, httpPayload: true } } });
    expect(codec.readOutput(response("<B><title>x</title></B>"))).toEqual({ book: { title: "x" } });
  });

  it("may be their only member, by s3UnwrappedXmlOutput", () => {
    const codec = codecOf({ output: { Place: string }, xmlUnwrapped: true });
    expect(codec.readOutput(response('<Place xmlns="urn:store">here</Place>'))).toEqual({ Place: "here" });
    expect(codec.readOutput(response("<Place/>"))).toEqual({ Place: "" });
    expect(() => codec.readOutput(response("<Other>here</Other>"))).toThrow(ResponseMismatch);
  });
});

/** A whole call that gets this response. */
function call(
  scripted: Partial<HttpResponse> & { text: string },
  operation: Operation = operationOf({ output: { a: string } }),
) {
  const client = new Client(service, {
    maxAttempts: 1,
    transport: {
      send: () =>
        Promise.resolve({ status: 200, headers: {}, ...scripted, body: new TextEncoder().encode(scripted.text) }),
      close: () => Promise.resolve(),
    },
  });
  return invoke(client, operation, {}).then(
    () => expect.unreachable("the call should fail"),
    (error: unknown) => error as Error & Record<string, unknown>,
  );
}

describe("a call that fails", () => {
  it("has the modelled error, with its members from the body and the headers", async () => {
    const text =
      "<ErrorResponse><Error><Code>NotFound</Code><Message>m</Message><what>w</what></Error></ErrorResponse>";
    const error = await call({ status: 404, headers: { "retry-after": "7" }, text });
    expect(error).toBeInstanceOf(NotFound);
    expect(error).toMatchObject({ name: "NotFound", message: "m", what: "w", wait: 7, status: 404 });
  });

  test.each([
    [404, "NotFound"],
    [403, "Forbidden"],
    [400, "BadRequest"],
    [412, "PreconditionFailed"],
  ])("with status %i to a HEAD is %s: there is nothing else to name it by", async (status, name) => {
    const head = operationOf({ http: { method: "HEAD", uri: "/", code: 200 } });
    const error = await call({ status, text: "" }, head);
    expect(isServiceError(error)).toBe(true);
    expect(error.name).toBe(name);
    expect(error instanceof NotFound).toBe(name === "NotFound");
  });

  it("with status 404 and no body to anything else names no error", async () => {
    expect(await call({ status: 404, text: "" })).toMatchObject({ code: "UnexpectedResponse" });
  });

  test.each([
    ["a page of HTML", "<html><body>Sign in<br></body></html>"],
    ["a page of HTML that is well-formed", "<html><body>Sign in</body></html>"],
    ["JSON", "{}"],
    ["XML that ends too soon", "<PutOutput><a>1"],
    ["an entity bomb", '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'],
    ["elements in each other without end", "<a>".repeat(100_000)],
    ["not as modelled", "<PutOutput><n>many</n></PutOutput>"],
  ])("with status 200 and %s is an UnexpectedResponse", async (_, text) => {
    const error = await call({ text }, operationOf({ output: { a: string, n: { type: "integer" } } }));
    expect(error).toMatchObject({ code: "UnexpectedResponse", status: 200, operation: "Put" });
    expect(error.name).not.toBe("SyntaxError");
  });
});

describe("an operation with late errors", () => {
  const late = { ...operationOf({ output: { a: string } }), lateErrors: true } satisfies Operation;

  test.each([
    ["an error", '<?xml version="1.0"?>\n  \n<Error><Code>SlowDown</Code><Message>m</Message></Error>\n', "SlowDown"],
    ["an error of the model", "<Error><Code>NotFound</Code></Error>", "NotFound"],
    ["nothing", "", "InternalError"],
    ["nothing but white space", "  \n", "InternalError"],
    ["nothing but a declaration", '<?xml version="1.0" encoding="UTF-8"?>\n\n', "InternalError"],
  ])("fails with %s in a response of status 200, and may be retried", async (_, text, name) => {
    const error = await call({ text }, late);
    expect(isServiceError(error)).toBe(true);
    expect(error).toMatchObject({ name, status: 200, retryable: true });
    expect(error["fault"]).toBe(name === "NotFound" ? "client" : "server");
    expect(error instanceof NotFound).toBe(name === "NotFound");
  });

  it("has its output where there is one, white space before it or not", () => {
    const codec = restXml.compile(late, service);
    const received = response('<?xml version="1.0"?>\n   \n<R><a>1</a></R>');
    expect(codec.isLateError?.(received)).toBe(false);
    expect(codec.readOutput(received)).toEqual({ a: "1" });
  });

  it("is the exception: elsewhere a response may be empty", () => {
    const received = response("");
    expect(restXml.compile(late, service).isLateError?.(received)).toBe(true);
    expect(codecOf({ output: { a: string } }).isLateError?.(received)).toBe(false);
  });
});

describe("a root that is an error", () => {
  const payload = (member: Member) => ({ output: { body: { ...member, httpPayload: true } } }) as const;

  test.each<[string, Parameters<typeof codecOf>[0]]>([
    ["members", { output: { Code: string } }],
    ["a structure", payload({ target: Book$ })],
    ["text", payload(string)],
    ["nothing", {}],
  ])("is one whatever the status, of an operation whose body is %s", async (_, given) => {
    const codec = codecOf(given);
    for (const text of [
      "<Error><Code>Busy</Code></Error>",
      "<ErrorResponse><Error><Code>Busy</Code></Error></ErrorResponse>",
    ]) {
      expect(codec.isLateError?.(response(document(text)))).toBe(true);
      expect(await codec.readError(response(document(text)))).toMatchObject({ code: "Busy" });
    }
    for (const text of ["", "Error", "<Errors/>", "<PutOutput><Error/></PutOutput>", "<html/>", '{"Error":1}']) {
      expect(codec.isLateError?.(response(text))).toBe(false);
    }
  });

  it("is none where the body is bytes, or returned as it comes", () => {
    expect(codecOf(payload({ type: "blob" })).isLateError).toBeUndefined();
    expect(codecOf(payload({ type: "blob", streaming: true })).isLateError).toBeUndefined();
  });

  const shared = sharedPath("cases/status-200-error.xml");
  it.runIf(shared)("is the SlowDown of the shared response, which may be retried", async () => {
    const error = await call({ text: readFileSync(shared ?? "", "utf8") });
    expect(error).toMatchObject({ name: "SlowDown", status: 200, retryable: true, throttling: true });
  });
});

describe("the signature of a service like S3", () => {
  const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  const like: Service = {
    ...service,
    signingName: "s3",
    authSchemes: [sigv4()],
    resolveEndpoint: () => ({
      url: "https://b.s3.example.com",
      properties: { authSchemes: [{ name: "sigv4", signingName: "s3", disableDoubleEncoding: true }] },
    }),
  };

  test.each(["a/../b", "../b", "a//b", "./", "a b+c%/é?"])(
    "holds for the key %o, which is sent as it is",
    async (Key) => {
      let sent: HttpRequest | undefined;
      const client = new Client(like, {
        region: "eu-west-1",
        credentials: { accessKeyId: "AKID", secretAccessKey: secret },
        maxAttempts: 1,
        transport: {
          send: (request) => {
            sent = request;
            return Promise.resolve({ status: 200, headers: {}, body: new Uint8Array() });
          },
          close: () => Promise.resolve(),
        },
      });
      const operation = operationOf({
        input: { Key: { ...string, httpLabel: true }, a: string },
        http: { method: "PUT", uri: "/{Key+}?x-id=Put", code: 200 },
      });
      await invoke(client, operation, { Key, a: "1" });
      expect(decodeURIComponent(sent?.path ?? "")).toBe(`/${Key}`);
      const body = String(sent?.body);
      expect(sent?.headers["x-amz-content-sha256"]).toBe(createHash("sha256").update(body).digest("hex"));
      const options = { lookup: () => ({ secretAccessKey: secret }), service: "s3", region: "eu-west-1" };
      const asS3 = { ...options, normalizePath: false, doubleEncodePath: false };
      expect(sent && verifyRequest(sent, asS3)).toMatchObject({ ok: true });
    },
  );
});

it("a value that XML cannot represent is rejected before anything is sent", async () => {
  const client = new Client(service, {
    validation: false,
    transport: { send: () => Promise.reject(new Error("sent")), close: () => Promise.resolve() },
  });
  const operation = operationOf({ input: { a: string } });
  await expect(invoke(client, operation, { a: "\0" })).rejects.toMatchObject({ code: "Validation" });
});
