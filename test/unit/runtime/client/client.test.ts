import { describe, expect, it, vi } from "vitest";
import { sigv4 } from "#runtime/auth/sigv4.js";
import { Client } from "#runtime/client/client.js";
import type { ClientOptions } from "#runtime/config/options.js";
import {
  AbortedError,
  ClientsmithError,
  ConfigurationError,
  CredentialsError,
  ServiceError,
  TimeoutError,
  UnexpectedResponseError,
  ValidationError,
} from "#runtime/errors/index.js";
import { invoke } from "#runtime/call/invoke.js";
import { awsJson1_1 } from "#runtime/protocols/awsJson/index.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import type { StructureShape } from "#runtime/schema/shapes.js";
import type { HttpRequest, HttpResponse, Transport } from "#runtime/schema/http.js";

class Busy extends ServiceError {
  static readonly shape: StructureShape = {
    type: "structure",
    name: "Busy",
    members: { Message: { type: "string" } },
    error: { fault: "client", status: 400, retryable: true },
  };
}

const service: Service = {
  name: "Demo",
  sdkId: "Demo",
  shapeName: "Demo_1",
  version: "2020-01-01",
  signingName: "demo",
  authSchemes: [sigv4()],
  protocol: awsJson1_1,
  resolveEndpoint: (parameters) => ({
    url: String(parameters["Endpoint"] ?? `https://demo.${parameters["Region"]}.test`),
  }),
  endpointBuiltIns: { Region: "AWS::Region", Endpoint: "SDK::Endpoint" },
};

const put: Operation<{ Name?: string; Token?: string }, { Id?: string; Secret?: string }> = {
  name: "Put",
  input: {
    type: "structure",
    name: "PutRequest",
    members: {
      Name: { type: "string", required: true, length: { min: 2, max: 4 }, sensitive: true },
      Token: { type: "string", idempotencyToken: true },
    },
  },
  output: {
    type: "structure",
    name: "PutResponse",
    members: { Id: { type: "string" }, Secret: { type: "string", sensitive: true } },
  },
  errors: [Busy],
};

function given(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) };
}

function fake(
  ...responses: (HttpResponse | Error | (() => Promise<HttpResponse>))[]
): Transport & { sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  return {
    sent,
    send: (request) => {
      sent.push(request);
      const next = responses[Math.min(sent.length, responses.length) - 1];
      if (typeof next === "function") return next();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? given(200, {}));
    },
    close: () => Promise.resolve(),
  };
}

const credentials = { accessKeyId: "AKID", secretAccessKey: "SECRET" };
function demo(transport: Transport, options: ClientOptions = {}): Client {
  return new Client(service, { region: "eu-west-1", credentials, transport, ...options });
}

async function failure(call: Promise<unknown>): Promise<ClientsmithError & Record<string, unknown>> {
  return call.then(
    () => expect.unreachable("the call succeeded"),
    (error: unknown) => error as ClientsmithError & Record<string, unknown>,
  );
}

describe("options", () => {
  it.each([
    ["regoin", "use region"],
    ["maxRetries", "maxAttempts, which counts the first attempt"],
    ["requestHandler", "transport, dispatcher or proxy"],
    ["xyzzy", "known options"],
  ])("an unknown client option %s is a TypeError that helps", (name, hint) => {
    expect(() => new Client(service, { [name]: 1 } as ClientOptions)).toThrow(TypeError);
    expect(() => new Client(service, { [name]: 1 } as ClientOptions)).toThrow(hint);
  });

  it("have to be an object", async () => {
    const message = "DemoClient: options must be an object, but are null";
    expect(() => new Client(service, null as never)).toThrow(new TypeError(message));
    await expect(invoke(demo(fake()), put, { Name: "ab" }, 5 as never)).rejects.toThrow("but are 5");
  });

  it("an unknown call option too, and nonsense values", async () => {
    const client = demo(fake());
    await expect(invoke(client, put, { Name: "ab" }, { abortSignal: 1 } as object)).rejects.toThrow("use signal");
    expect(() => demo(fake(), { maxAttempts: 0 })).toThrow(ConfigurationError);
    expect(() => demo(fake(), { bodyTimeout: Number.NaN })).toThrow(ConfigurationError);
  });
});

describe("explain", () => {
  it("shows the operation's path as the model has it, without the input's members", async () => {
    const uri = "/things/{Name}";
    const get: typeof put = { ...put, http: { method: "GET", uri, code: 200 } };
    const named: Service = {
      ...service,
      protocol: {
        ...awsJson1_1,
        compile: (operation, of) => {
          const codec = awsJson1_1.compile(operation, of);
          return {
            format: codec.format,
            serialize: (input) => ({ ...codec.serialize(input), path: "/things/secret" }),
            readOutput: (response) => codec.readOutput(response),
            readError: (response) => codec.readError(response),
          };
        },
      },
    };
    const transport = fake(given(400, { __type: "Denied" }));
    const client = new Client(named, { region: "eu-west-1", credentials, transport });
    const error = await failure(invoke(client, get, { Name: "ab" }));
    expect(transport.sent[0]?.path).toBe("/things/secret");
    expect(error.explain()).toContain(uri);
    expect(error.explain()).not.toContain("secret");
  });
});

describe("an operation that needs no credentials", () => {
  const optional: typeof put = { ...put, auth: "optional" };

  it("goes unsigned if there are none, and signed where there are", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"]) vi.stubEnv(name, "");
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, "/nowhere/at/all");
    try {
      const transport = fake(given(200, {}));
      await invoke(new Client(service, { region: "eu-west-1", transport }), optional, { Name: "ab" });
      await invoke(demo(transport), optional, { Name: "ab" });
      expect(transport.sent.map(({ headers }) => "authorization" in headers)).toEqual([false, true]);
      const needing = new Client(service, { region: "eu-west-1", transport });
      expect(await failure(invoke(needing, put, { Name: "ab" }))).toMatchObject({ code: "Credentials" });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("does not go unsigned where credentials were given and fail", async () => {
    const broken = (): never => {
      throw new Error("broken");
    };
    const transport = fake(given(200, {}));
    const call = invoke(demo(transport, { credentials: broken }), optional, { Name: "ab" });
    expect(await failure(call)).toMatchObject({ code: "Credentials" });
    expect(transport.sent).toHaveLength(0);
  });
});

describe("a call", () => {
  it("sends one signed request and responds with output and metadata", async () => {
    const transport = fake(given(200, { Id: "1", New: 1 }, { "x-amzn-requestid": "r1" }));
    const output = await invoke(demo(transport), put, { Name: "ab" });
    expect(output).toEqual({
      Id: "1",
      $metadata: {
        status: 200,
        requestId: "r1",
        attempts: 1,
        totalRetryDelay: 0,
        endpoint: "https://demo.eu-west-1.test",
        clockOffset: 0,
      },
    });
    const [request] = transport.sent;
    expect(request).toMatchObject({ method: "POST", origin: "https://demo.eu-west-1.test", path: "/", query: "" });
    expect(request?.headers).toMatchObject({
      host: "demo.eu-west-1.test",
      "x-amz-target": "Demo_1.Put",
      "content-type": "application/x-amz-json-1.1",
      authorization: expect.stringContaining("/eu-west-1/demo/aws4_request"),
    });
  });

  it("reports that the client was forgotten", async () => {
    const { invoke: call } = await import("#runtime/call/invoke.js");
    const forgotten = call({ Name: "abc" } as unknown as Client, put, undefined as never);
    await expect(forgotten).rejects.toThrow(
      new TypeError(
        "Put expects a client as its first argument and the input as its second; the first argument has Name",
      ),
    );
    await expect(call(undefined as never, put, {})).rejects.toThrow(TypeError);
  });

  it("validates before it looks for credentials or a region", async () => {
    let asked = 0;
    const transport = fake();
    const client = demo(transport, {
      credentials: () => Promise.reject(new Error(`asked ${++asked}`)),
      region: () => Promise.reject(new Error(`asked ${++asked}`)),
    });
    const error = await failure(invoke(client, put, { Name: "a" }));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ operation: "Put", attempts: 0 });
    expect([asked, transport.sent.length]).toEqual([0, 0]);
  });

  it("checks what validation says: minimums by default, all by name, nothing when off", async () => {
    const call = (validation: ClientOptions["validation"], Name: string) =>
      invoke(demo(fake(), { ...(validation !== undefined && { validation }) }), put, { Name });
    await expect(call(undefined, "toolong")).resolves.toBeDefined();
    await expect(call({ max: true }, "toolong")).rejects.toBeInstanceOf(ValidationError);
    await expect(call({ max: true }, "a")).resolves.toBeDefined();
    await expect(call(false, "a")).resolves.toBeDefined();
    await expect(invoke(demo(fake()), put, { Name: "a" }, { validation: false })).resolves.toBeDefined();
  });

  it("states to the service which attempt a request is", async () => {
    const transport = fake(given(500, { __type: "Oops" }), given(200, {}));
    await invoke(demo(transport), put, { Name: "ab" });
    expect(transport.sent.map((request) => request.headers["amz-sdk-request"])).toEqual([
      "attempt=1; max=3",
      "attempt=2; max=3",
    ]);
  });

  it("rejects what cannot be written even where validation is off", async () => {
    const transport = fake();
    const dated: Operation<{ At?: Date }, object> = {
      name: "Put",
      input: { type: "structure", name: "PutRequest", members: { At: { type: "timestamp" } } },
      output: put.output,
    };
    const call = invoke(demo(transport), dated, { At: new Date(Number.NaN) }, { validation: false });
    await expect(call).rejects.toBeInstanceOf(ValidationError);
    expect(transport.sent).toHaveLength(0);
  });

  it("keeps one idempotency token over all attempts, each with its own signature, and leaves the input alone", async () => {
    const busy = given(400, { __type: "demo#Busy", Message: "later" });
    const transport = fake(busy, busy, given(200, {}));
    const input = Object.freeze({ Name: "ab" });
    const output = await invoke(demo(transport), put, input);
    expect(output.$metadata.attempts).toBe(3);
    const tokens = transport.sent.map((request) => (JSON.parse(String(request.body)) as { Token: string }).Token);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(tokens).size).toBe(1);
    expect(new Set(transport.sent.map((request) => request.headers)).size).toBe(3);
  });

  it("gives modelled errors by class, others by name", async () => {
    const busy = await failure(
      invoke(demo(fake(given(400, { __type: "demo#Busy", Message: "later" })), { maxAttempts: 1 }), put, {
        Name: "ab",
      }),
    );
    expect(busy).toBeInstanceOf(Busy);
    expect(busy).toMatchObject({ name: "Busy", message: "later", Message: "later", status: 400, operation: "Put" });
    const other = await failure(
      invoke(demo(fake(given(403, { message: "no" }, { "x-amzn-errortype": "AccessDenied:http://x" }))), put, {
        Name: "ab",
      }),
    );
    expect(other).not.toBeInstanceOf(Busy);
    expect(other).toMatchObject({
      name: "AccessDenied",
      message: "no",
      fault: "client",
      retryable: false,
      attempts: 1,
    });
  });

  it.each([
    [503, "<html>busy</html>", "text/html", 3, "<html>busy</html>"],
    [500, "", undefined, 3, ""],
    [403, "<html>no</html>", "text/html", 1, "<html>no</html>"],
    [200, "{oops", "application/x-amz-json-1.1", 1, undefined],
    [200, "[]", "application/x-amz-json-1.1", 1, undefined],
  ])("%s %j is an UnexpectedResponseError, retried by its status", async (status, body, type, attempts, excerpt) => {
    const transport = fake(given(status, body, type === undefined ? {} : { "content-type": type }));
    const error = await failure(invoke(demo(transport), put, { Name: "ab" }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ status, attempts, excerpt, $metadata: { status, attempts } });
    expect(transport.sent).toHaveLength(attempts);
  });

  it("makes no request when already aborted, and keeps the reason", async () => {
    const transport = fake();
    const reason = new Error("changed my mind");
    const error = await failure(invoke(demo(transport), put, { Name: "ab" }, { signal: AbortSignal.abort(reason) }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.cause).toBe(reason);
    expect(transport.sent).toHaveLength(0);
  });

  it("states how to set a Region if there is none", async () => {
    const transport = fake();
    const client = new Client(service, { credentials, transport });
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, "");
    vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent/config");
    const error = await failure(invoke(client, put, { Name: "ab" })).finally(() => vi.unstubAllEnvs());
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(/option region.*AWS_REGION.*profile/);
    expect(transport.sent).toHaveLength(0);
  });

  it("stops waiting for credentials when its deadline passes", async () => {
    const client = demo(fake(), { credentials: () => new Promise(() => {}) });
    const error = await failure(invoke(client, put, { Name: "ab" }, { deadline: 30 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ phase: "deadline", limit: 30 });
  });

  it("reports what a failing provider is, keeping its error", async () => {
    const cause = new Error("vault is sealed");
    const error = await failure(
      invoke(demo(fake(), { credentials: () => Promise.reject(cause) }), put, { Name: "ab" }),
    );
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error.cause).toBe(cause);
  });

  it("logs a line a call and no secret", async () => {
    const lines: unknown[][] = [];
    const log = (...items: unknown[]) => void lines.push(items);
    const logger = { debug: log, info: log, warn: log, error: log };
    await invoke(demo(fake(given(200, { Id: "1", Secret: "hunter2" })), { logger }), put, { Name: "pass" });
    expect(String(lines[0])).toMatch(/^Demo\.Put 200 after 1 attempt, \d+ ms$/);
    expect(lines).toHaveLength(3);
    const text = JSON.stringify(lines);
    expect(text).not.toMatch(/hunter2|pass|SECRET/);
    expect(text).toContain("***SensitiveInformation***");
  });
});
