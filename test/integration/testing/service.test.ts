import { describe, expect, it } from "vitest";
import { ServiceError } from "#runtime/errors/index.js";
import { startLocalService, testCredentials } from "#runtime/testing/index.js";
import {
  call,
  NoteNotFoundException,
  NotesModel,
  service,
  start,
  TooManyNotesException,
} from "../../unit/runtime/testing/support.js";

describe("a call", () => {
  it("reaches its handler with the input in the model's form, and gets a response in the protocol's", async () => {
    const at = new Date("2024-05-06T07:08:09.500Z");
    const local = await start({
      handlers: {
        putNote: (input, context) => {
          expect(input).toEqual({ Id: "n1", At: at });
          expect(context).toMatchObject({
            operation: "PutNote",
            accessKeyId: testCredentials.accessKeyId,
            region: "eu-west-1",
            attempt: undefined,
            request: { method: "POST", path: "/", query: "" },
          });
          return { Note: { ...input, Text: undefined, Tags: ["a"] } };
        },
      },
    });
    const { status, headers, json } = await call(local.endpoint, "PutNote", { Id: "n1", At: at.getTime() / 1000 });
    expect(status).toBe(200);
    expect(json).toEqual({ Note: { Id: "n1", At: 1714979289.5, Tags: ["a"] } });
    expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(Date.parse(headers.get("date") ?? "")).toBeGreaterThan(Date.now() - 5_000);
    expect(headers.get("x-amzn-requestid")).toBe("00000000-0000-4000-8000-000000000001");
    expect(local.errors).toEqual([]);
  });

  it("is found by its target with any prefix before the service's shape name", async () => {
    const local = await start({ handlers: { ping: () => ({}) } });
    for (const target of ["Notes_20200101.Ping", "com.amazonaws.notes.v20200101.Notes_20200101.Ping"]) {
      expect((await call(local.endpoint, "", {}, { target })).status).toBe(200);
    }
  });

  it.each([
    ["another service's target", { target: "Other_20200101.Ping" }],
    ["a shape name that only ends alike", { target: "MyNotes_20200101.Ping" }],
    ["no such operation", { target: "Notes_20200101.Pong" }],
    ["a name that every object has", { target: "Notes_20200101.constructor" }],
    ["another path", { path: "/other" }],
    ["another method", { method: "GET" }],
  ])("is unknown with %s", async (_what, options) => {
    const local = await start({ handlers: { ping: () => ({}) } });
    const { status, json } = await call(local.endpoint, "Ping", {}, options);
    expect([status, json["__type"]]).toEqual([400, "UnknownOperationException"]);
    expect(local.requests[0]).toMatchObject({ operation: undefined, status: 400, error: "UnknownOperationException" });
  });

  it("may leave out what the model does not know, and gets what it does not handle rejected", async () => {
    const local = await start({ handlers: { deleteNote: (input) => (expect(input).toEqual({ Id: "n1" }), {}) } });
    expect((await call(local.endpoint, "DeleteNote", { Id: "n1", Force: true })).status).toBe(200);
    const { status, json } = await call(local.endpoint, "PutNote", { Id: "n1" });
    expect([status, json["__type"]]).toEqual([501, "NotImplemented"]);
    expect(json["message"]).toContain("handlers: { putNote: (input) => … }");
  });
});

describe("an input", () => {
  it("that breaks the model is rejected with every breach", async () => {
    const local = await start({ handlers: { putNote: () => ({}) } });
    const { status, json } = await call(local.endpoint, "PutNote", { Id: "much too long", Kind: "x" });
    const problems = [
      {
        path: "/Id",
        message:
          "Value with length 13 at '/Id' failed to satisfy constraint: Member must have length between 2 and 8, inclusive",
      },
      {
        path: "/Kind",
        message: "Value at '/Kind' failed to satisfy constraint: Member must satisfy enum value set: [short, long]",
      },
    ];
    expect([status, json]).toEqual([
      400,
      {
        __type: "ValidationException",
        message: `2 validation errors detected. ${problems.map(({ message }) => message).join("; ")}`,
        fieldList: problems,
      },
    ]);
  });

  it("with a value of another type is rejected before its constraints are checked", async () => {
    const local = await start({ handlers: { putNote: () => ({}) } });
    const { status, json } = await call(local.endpoint, "PutNote", { Id: "much too long", Tags: [1, null] });
    expect([status, json["__type"]]).toEqual([400, "SerializationException"]);
    expect(json["message"]).toBe(
      "2 validation errors detected: Tags[0] must be a string, but is the number 1; Tags[1] must not be null",
    );
  });

  it("is rejected with the error that the caller chooses", async () => {
    const local = await start({
      handlers: { putNote: () => ({}) },
      invalidInput: ({ operation, input, issues }) => {
        expect(input).toEqual({ Id: "n" });
        return issues[0]?.path[0] === "Id" ? new TooManyNotesException({ message: `${operation}: Id` }) : undefined;
      },
    });
    const { status, json } = await call(local.endpoint, "PutNote", { Id: "n" });
    expect([status, json]).toEqual([400, { __type: "TooManyNotesException", message: "PutNote: Id" }]);
  });

  it.each([
    ["is not JSON", "{", 400, "SerializationException"],
    ["is no object", "[]", 400, "SerializationException"],
    ["has a date of another format", { Id: "n1", At: "2024-05-06" }, 400, "SerializationException"],
    ["has another content type", {}, 415, "UnsupportedMediaTypeException", { "content-type": "application/json" }],
    ["is too long", `{"Id":"${"x".repeat(17 * 1024 * 1024)}"}`, 413, "RequestEntityTooLargeException"],
  ] as const)("that %s is rejected", async (_what, input, status, name, headers?: Record<string, string>) => {
    const local = await start({ handlers: { putNote: () => ({}) } });
    const responded = await call(local.endpoint, "PutNote", input, headers && { headers });
    expect([responded.status, responded.json["__type"]]).toEqual([status, name]);
  });

  it("may be an empty body", async () => {
    const local = await start({ handlers: { ping: () => ({}) } });
    expect((await call(local.endpoint, "Ping", "")).status).toBe(200);
  });
});

describe("an error of a handler", () => {
  it("of a generated class is sent with its status and members", async () => {
    const local = await start({
      handlers: {
        putNote: () => {
          throw new NoteNotFoundException({ message: "no such note", NoteId: "n1" });
        },
      },
    });
    const { status, json } = await call(local.endpoint, "PutNote", { Id: "n1" });
    expect(status).toBe(404);
    expect(json).toEqual({ __type: "NoteNotFoundException", Message: "no such note", NoteId: "n1" });
    expect(local.requests[0]).toMatchObject({ status: 404, error: "NoteNotFoundException", cause: undefined });
  });

  it("carries a member that is called like a field of every error", async () => {
    const local = await start({
      handlers: {
        putNote: () => {
          throw new NoteNotFoundException({ message: "gone", status: "archived" });
        },
      },
    });
    expect((await call(local.endpoint, "PutNote", { Id: "n1" })).json["status"]).toBe("archived");
  });

  it.each([
    ["a ServiceError of the service's fault", new ServiceError({ name: "Busy", message: "b", fault: "server" }), 500],
    ["a ServiceError of the caller's fault", new ServiceError({ name: "Busy", message: "b", fault: "client" }), 400],
    ["a plain object with name and status", { name: "Busy", status: 503, message: "b" }, 503],
    ["an Error with a status", Object.assign(new Error("b"), { name: "Busy", status: 429 }), 429],
  ])("may be %s", async (_what, error, status) => {
    const local = await start({
      handlers: {
        ping: () => {
          throw error;
        },
      },
    });
    const responded = await call(local.endpoint, "Ping", {});
    expect([responded.status, responded.json]).toEqual([status, { __type: "Busy", message: "b" }]);
    expect(local.errors).toEqual([]);
  });

  it.each([
    ["an ordinary error", new TypeError("secret details")],
    ["an object without a status", { name: "Busy" }],
    ["a status that is none of an error", { name: "Busy", status: 200 }],
    ["undefined", undefined],
  ])("that is not an output (%s) is reported to the test, not to the caller", async (_what, error) => {
    const local = await start({
      handlers: {
        ping: () => {
          throw error;
        },
      },
    });
    const { status, json, text } = await call(local.endpoint, "Ping", {});
    expect([status, json["__type"]]).toEqual([500, "InternalFailure"]);
    expect(text).not.toContain("secret");
    expect(local.errors).toEqual([error]);
    expect(local.requests[0]).toMatchObject({ error: "InternalFailure", cause: error });
  });

  it.each([
    ["nothing", () => undefined, /PutNote must return an object, but returned undefined/],
    [
      "an unknown member",
      () => ({ Notes: [] }),
      /PutNoteResponse: 1 validation error detected: Notes is not a member .*Note\?/,
    ],
    ["a member of another type", () => ({ Note: { Id: "n1", At: 5 } }), /Note\.At must be a valid Date/],
    ["an object without a required member", () => ({ Note: {} }), /Note\.Id is required/],
    ["a promise that fails", () => Promise.reject(new Error("late")), /late/],
  ])("is made where it returns %s", async (_what, handler, message) => {
    const local = await start({ handlers: { putNote: handler as () => object } });
    expect((await call(local.endpoint, "PutNote", { Id: "n1" })).status).toBe(500);
    expect(String(local.errors[0])).toMatch(message);
  });

  it("is made where a hook fails", async () => {
    const error = new Error("hook");
    const local = await start({
      handlers: { ping: () => ({}) },
      onRequest: () => {
        throw error;
      },
    });
    expect((await call(local.endpoint, "Ping", {})).json["__type"]).toBe("InternalFailure");
    expect(local.errors).toEqual([error]);
  });
});

describe("a signature", () => {
  const handlers = { deleteNote: () => ({}), whoAmI: () => ({}), ping: () => ({}) };

  it.each([
    [
      "of an unknown key",
      { credentials: { ...testCredentials, accessKeyId: "AKIDOTHER" } },
      "UnrecognizedClientException",
    ],
    ["with a wrong secret", { credentials: { ...testCredentials, secretAccessKey: "x" } }, "InvalidSignatureException"],
    [
      "with an unknown token",
      { credentials: { ...testCredentials, sessionToken: "t" } },
      "UnrecognizedClientException",
    ],
    ["of an hour ago", { date: new Date(Date.now() - 3_600_000) }, "InvalidSignatureException"],
    ["for another service", { service: "other" }, "InvalidSignatureException"],
    ["that is missing", { unsigned: true }, "MissingAuthenticationTokenException"],
  ])("%s is rejected before the handler is asked", async (_what, options, name) => {
    const local = await start({ handlers });
    const { status, json } = await call(local.endpoint, "DeleteNote", { Id: "n1" }, options);
    expect([status, json["__type"]]).toEqual([400, name]);
    expect(local.requests[0]).toMatchObject({ accessKeyId: undefined, input: undefined, error: name });
  });

  it("of any key pair that was given is taken, with its session token", async () => {
    const mine = { accessKeyId: "AKIDMINE", secretAccessKey: "mine", sessionToken: "token" };
    const local = await start({ handlers, credentials: [{ accessKeyId: "AKIDX", secretAccessKey: "x" }, mine] });
    expect((await call(local.endpoint, "DeleteNote", { Id: "n1" }, { credentials: mine })).status).toBe(200);
    expect((await call(local.endpoint, "DeleteNote", { Id: "n1" })).status).toBe(400);
    expect(local.requests[0]).toMatchObject({ accessKeyId: "AKIDMINE", region: "eu-west-1" });
  });

  it("is judged by the service's clock", async () => {
    const local = await start({ handlers, clock: () => Date.now() - 3_600_000 });
    const { json, headers } = await call(local.endpoint, "DeleteNote", { Id: "n1" });
    expect(json["message"]).toMatch(/^Signature not yet current/);
    expect(Date.parse(headers.get("date") ?? "")).toBeLessThan(Date.now() - 3_500_000);
  });

  it("is not needed where the model states it", async () => {
    const local = await start({ handlers });
    for (const operation of ["Ping", "WhoAmI"]) {
      expect((await call(local.endpoint, operation, {}, { unsigned: true })).status).toBe(200);
    }
    const { credentials } = { credentials: { ...testCredentials, secretAccessKey: "x" } };
    expect((await call(local.endpoint, "WhoAmI", {}, { credentials })).status).toBe(400);
  });
});

describe("the record of requests", () => {
  it("has the request and the response, without secrets", async () => {
    const credentials = { ...testCredentials, sessionToken: "the-token" };
    const raw: string[] = [];
    const local = await start({
      handlers: { putNote: (note) => ({ Note: note }) },
      credentials: [credentials],
      onRequest: ({ headers }) => raw.push(String(headers["authorization"])),
    });
    const headers = { "amz-sdk-request": "attempt=2; max=3" };
    await call(local.endpoint, "PutNote", { Id: "n1" }, { credentials, headers });
    expect(local.requests).toHaveLength(1);
    const [request] = local.requests;
    expect(request).toMatchObject({
      number: 1,
      operation: "PutNote",
      attempt: 2,
      method: "POST",
      path: "/",
      query: "",
      body: '{"Id":"n1"}',
      input: { Id: "n1" },
      accessKeyId: testCredentials.accessKeyId,
      region: "eu-west-1",
      requestId: "00000000-0000-4000-8000-000000000001",
      status: 200,
      error: undefined,
    });
    expect(request?.headers["authorization"]).toMatch(/^AWS4-HMAC-SHA256 Credential=.*Signature=\*\*\*$/);
    expect(JSON.stringify(request)).not.toContain("the-token");
    expect(raw[0]).toMatch(/Signature=[0-9a-f]{64}$/);
  });
});

describe("starting and closing", () => {
  it("names a handler that no operation has", async () => {
    const handlers = { putNotes: () => ({}) };
    await expect(startLocalService({ service: NotesModel, handlers: handlers as object })).rejects.toThrow(
      "handlers.putNotes: Notes has no such operation; use putNote",
    );
  });

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "startLocalService expects an object with service and handlers"],
    ["null", null, "startLocalService expects an object with service and handlers"],
    ["a misspelt option", { service: NotesModel, handlers: {}, fauls: [] }, 'no option "fauls"; use faults'],
    ["no service", { handlers: {} }, "service must be the model that a generated package exports"],
    ["a service that is none", { service: {}, handlers: {} }, "service must be the model that a generated package"],
    ["no handlers", { service: NotesModel }, "handlers must be an object with a function for each operation"],
    ["a handler that is none", { service: NotesModel, handlers: { ping: {} } }, "handlers.ping must be a function"],
    ["faults in a list", { service: NotesModel, handlers: {}, faults: [] }, "faults must be a function"],
    ["one key pair", { service: NotesModel, handlers: {}, credentials: {} }, "credentials must be a list of key pairs"],
  ])("reports what is wrong with its options: %s", async (_what, options, message) => {
    const starting = startLocalService(options as Parameters<typeof startLocalService>[0]);
    await expect(starting).rejects.toThrow(TypeError);
    await expect(starting).rejects.toThrow(message);
  });

  it("names the protocols that it speaks where it does not speak the service's", async () => {
    const other = {
      ...NotesModel,
      service: { ...service, protocol: { ...service.protocol, id: "example#lineProtocol" } },
    };
    await expect(startLocalService({ service: other, handlers: {} })).rejects.toThrow(
      /does not support example#lineProtocol, the protocol of Notes; supported: aws\.protocols#awsJson1_0/,
    );
  });

  it("closes twice, with a request in flight, whose handler learns of it", async () => {
    const signals: AbortSignal[] = [];
    const local = await start({
      handlers: {
        ping: async (_input, context) => {
          signals.push(context.signal);
          await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
          return {};
        },
      },
    });
    const response = call(local.endpoint, "Ping", {}).catch((error: Error) => error.message);
    await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([false]);
    await Promise.all([local.close(), local.close()]);
    expect(signals[0]?.aborted).toBe(true);
    expect(await response).toBe("fetch failed");
    await expect(fetch(local.endpoint)).rejects.toThrow("fetch failed");
  });

  it("has no response for a client that leaves, and continues", async () => {
    const leaving = new AbortController();
    const local = await start({
      handlers: { ping: () => ({}) },
      faults({ number }) {
        if (number > 1) return undefined;
        setImmediate(() => leaving.abort(new Error("left")));
        return { delay: 10_000 };
      },
    });
    await expect(call(local.endpoint, "Ping", {}, { signal: leaving.signal })).rejects.toThrow("left");
    expect((await call(local.endpoint, "Ping", {})).status).toBe(200);
    expect(local.requests.map(({ status }) => status)).toEqual([undefined, 200]);
  });
});
