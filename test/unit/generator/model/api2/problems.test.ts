import { describe, expect, it } from "vitest";
import { lineOf, textOf } from "../smithy/support/model.js";
import { api, type Json, namespace, read, restApi } from "./support.js";

type Expected = readonly [code: string, shape: string | undefined, line: string, message: string];

/** What is wrong with the description, or with a file beside it. */
function expectProblem(
  value: unknown,
  [code, shape, line, message]: Expected,
  severity = "error",
  companion?: unknown,
) {
  const { model, diagnostics } = companion === undefined ? read(value) : read(value, companion);
  expect(model === undefined).toBe(severity === "error");
  const text = textOf(companion ?? value);
  const shapeId = shape && `${namespace}#${shape}`;
  expect(diagnostics.map((each) => [each.severity, each.code, each.shapeId, lineOf(text, each)])).toEqual([
    [severity, code, shapeId, line],
  ]);
  expect(diagnostics[0]?.message).toContain(message);
  expect(diagnostics[0]?.file).toBe(companion === undefined ? "api-2.json" : "c0.json");
}

const shape = (X: unknown): Json => api({ shapes: { X } });
const member = (m: unknown, rest: Json = {}): Json =>
  shape({ type: "structure", members: { m }, ...rest } as unknown as Json);
const operation = (rest: Json): Json => api({ operations: { GetBook: rest } });
const service = "Shelf_2020";

describe("descriptions that cannot be read", () => {
  it.each<[string, Json, ...Expected]>([
    ["another version", api({ version: "1.0" }), "unknown-version", undefined, '"version": "1.0"', '"2.0"'],
    [
      "an unknown protocol",
      api({}, { protocol: "soap" }),
      "unsupported-protocol",
      service,
      '"protocol": "soap"',
      "soap is not supported; supported are json, rest-json, rest-xml, query, ec2, smithy-rpc-v2-cbor",
    ],
    [
      "no protocol",
      api({}, { protocol: undefined }),
      "unsupported-protocol",
      service,
      '"metadata": {',
      "metadata has no protocol",
    ],
    [
      "RPC v2 CBOR without a name of the service",
      api({}, { protocol: "smithy-rpc-v2-cbor", targetPrefix: undefined }),
      "missing-metadata",
      "BookShelf",
      '"metadata": {',
      "metadata has no targetPrefix: requests of the protocol smithy-rpc-v2-cbor name the service with it",
    ],
    [
      "an unknown version of JSON",
      api({}, { jsonVersion: "2" }),
      "unsupported-protocol",
      service,
      '"jsonVersion": "2"',
      "1.0 and 1.1",
    ],
    [
      "signature version 2",
      api({}, { signatureVersion: "v2" }),
      "unsupported-signature",
      service,
      '"signatureVersion": "v2"',
      "supported is v4",
    ],
    ["no version", api({}, { apiVersion: undefined }), "missing-metadata", service, '"metadata": {', "apiVersion"],
    [
      "nothing to sign with",
      api({}, { endpointPrefix: undefined }),
      "missing-metadata",
      service,
      '"metadata": {',
      "signingName",
    ],
    [
      "an endpoint prefix that leads elsewhere",
      api({}, { endpointPrefix: "evil.example.com/", signingName: "shelf" }),
      "invalid-metadata",
      service,
      '"endpointPrefix": "evil.example.com/"',
      "host",
    ],
    ["an operation that is none", operation(1 as never), "invalid-operation", "GetBook", '"GetBook": 1', "object"],
    [
      "an operation that no method can be named by",
      api({ operations: { "Get Book": {} } }),
      "invalid-name",
      undefined,
      '"Get Book": {}',
      "letters",
    ],
    ["an input that is none", operation({ input: "Book" }), "invalid-property", "GetBook", '"input": "Book"', "object"],
    ["errors that are no list", operation({ errors: {} }), "invalid-property", "GetBook", '"errors": {}', "list"],
    [
      "an error without a shape",
      operation({ errors: [{}] }),
      "invalid-property",
      "GetBook",
      "{}",
      "the name of a shape",
    ],
    [
      "a path where there can be none",
      operation({ http: { method: "POST", requestUri: "/x" } }),
      "unsupported-uri",
      "GetBook",
      '"http": {',
      'POST "/x" cannot be kept',
    ],
    [
      "an unknown way to authenticate",
      operation({ authtype: "v9" }),
      "unsupported-auth",
      "GetBook",
      '"authtype": "v9"',
      "none and v4",
    ],
    ["a shape that is none", shape(1), "invalid-shape", "X", '"X": 1', "object"],
    [
      "an unknown type",
      shape({ type: "tuple" }),
      "unknown-shape-type",
      "X",
      '"type": "tuple"',
      "tuple is not a shape type; known are structure",
    ],
    [
      "a type named as a method of objects",
      shape({ type: "constructor" }),
      "unknown-shape-type",
      "X",
      '"type": "constructor"',
      "",
    ],
    ["a list without member", shape({ type: "list" }), "invalid-member", "X", '"X": {', "must have a member"],
    ["members that are none", shape({ type: "structure", members: [] }), "invalid-property", "X", '"members": []', ""],
    ["a member that is none", member("Title"), "invalid-member", "X$m", '"m": "Title"', "object"],
    ["a reference that is none", member({ shape: 1 }), "invalid-property", "X$m", '"shape": 1', "the name of a shape"],
    ["a reference to nothing", member({ shape: "Titel" }), "dangling-target", "X$m", '"m": {', `${namespace}#Titel`],
    [
      "a required member that there is not",
      member({}, { required: ["n"] }),
      "unknown-member",
      "X",
      '"n"',
      "required names n, which is not a member",
    ],
    ["a payload that there is not", member({}, { payload: "n" }), "unknown-member", "X", '"payload": "n"', "payload"],
    [
      "an unknown format of time",
      member({ type: "timestamp", timestampFormat: "roman" }),
      "invalid-property",
      "X$m",
      '"timestampFormat": "roman"',
      "iso8601, rfc822, unixTimestamp",
    ],
    ["a limit that is no number", member({ max: "9" }), "invalid-property", "X$m", '"max": "9"', "number"],
    ["limits that exclude all", member({ min: 3, max: 2 }), "invalid-trait", "X$m", '"m": {', "min above its max"],
    ["values that are no texts", shape({ type: "string", enum: [1] }), "invalid-property", "X", '"enum": [', "strings"],
    [
      "a name that the protocol cannot say",
      member({ locationName: "n" }),
      "unsupported-location-name",
      "X$m",
      '"locationName": "n"',
      "under their own names",
    ],
    [
      "an unknown location",
      restApi({ shapes: { X: { type: "structure", members: { m: { location: "cookie" } } } } }),
      "unknown-location",
      "X$m",
      '"location": "cookie"',
      "header, headers, querystring, statusCode, uri",
    ],
    [
      "a label that no member fills",
      restApi({
        operations: { GetBook: { http: { method: "GET", requestUri: "/{Title}" }, input: { shape: "Book" } } },
      }),
      "invalid-trait",
      "GetBook",
      '"GetBook": {',
      "no such httpLabel member",
    ],
  ])("%s", (_, value, ...expected) => expectProblem(value, expected));

  it("tell of everything at once", () => {
    const { diagnostics } = read(
      api(
        {
          operations: { GetBook: { input: 1 } },
          shapes: { X: { type: "tuple" }, Y: { members: { m: { shape: "Z" } } } },
        },
        { protocol: "soap" },
      ),
    );
    expect(diagnostics.map(({ code }) => code).toSorted()).toEqual([
      "dangling-target",
      "invalid-property",
      "unknown-shape-type",
      "unsupported-protocol",
    ]);
  });

  it.each<[string, Json, ...Expected]>([
    ["at the top", api({ shape: {} }), "unknown-property", undefined, '"shape": {}', '"shape"'.slice(1, -1)],
    ["of an operation", operation({ inputs: {} }), "unknown-property", "GetBook", '"inputs": {}', "inputs"],
    ["of a member", member({ shape: "Title", require: true }), "unknown-property", "X$m", '"require": true', "require"],
  ])("warn of an unknown property %s", (_, value, ...expected) => expectProblem(value, expected, "warning"));
});

describe("paginators and waiters that cannot be read", () => {
  const pages = (rest: Json): Json => ({ pagination: { GetBook: rest } });
  const waiter = (rest: Json): Json => ({ version: 2, waiters: { BookThere: { operation: "GetBook", ...rest } } });

  it.each<[string, "error" | "warning", Json, ...Expected]>([
    ["a file of neither", "error", {}, "invalid-companion", undefined, "{}", "neither"],
    [
      "an operation that there is not",
      "warning",
      { pagination: { ListBooks: {} } },
      "unknown-operation",
      "ListBooks",
      '"ListBooks": {}',
      "no operation ListBooks",
    ],
    [
      "an input token that there is not",
      "warning",
      pages({ input_token: "Token", output_token: "Title" }),
      "unusable-pagination",
      "GetBook",
      '"input_token": "Token"',
      "no member Token",
    ],
    [
      "an output token that there is not",
      "warning",
      pages({ input_token: "Title", output_token: "Token" }),
      "unusable-pagination",
      "GetBook",
      '"output_token": "Token"',
      "no member Token",
    ],
    [
      "an expression",
      "warning",
      pages({ input_token: "Title", output_token: "Title || Pages" }),
      "unusable-pagination",
      "GetBook",
      '"output_token": "Title || Pages"',
      "only paths",
    ],
    [
      "tokens that do not go together",
      "warning",
      pages({ input_token: "Title" }),
      "unusable-pagination",
      "GetBook",
      '"input_token": "Title"',
      "as many",
    ],
    [
      "waiters of another version",
      "error",
      { ...waiter({}), version: 1 },
      "unknown-version",
      undefined,
      '"version": 1',
      "must be 2",
    ],
    ["no acceptors", "error", waiter({}), "invalid-waiter", "GetBook", '"BookThere": {', "list of acceptors"],
    [
      "an unknown matcher",
      "error",
      waiter({ acceptors: [{ state: "success", matcher: "guess", expected: "x" }] }),
      "invalid-waiter",
      "GetBook",
      "{",
      "pathAll",
    ],
    [
      "a pause of no time",
      "error",
      waiter({ delay: 0, acceptors: [{ state: "success", matcher: "status", expected: 200 }] }),
      "invalid-waiter",
      "GetBook",
      '"delay": 0',
      "from 1",
    ],
  ])("%s", (_, severity, companion, ...expected) => expectProblem(api(), expected, severity, companion));
});
