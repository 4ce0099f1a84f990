import { including } from "../expected.js";
import type { ScriptedResponse } from "../server.js";
import type { Scenario } from "../scenario.js";

/** What one response is made of, without a retry. */
function of(name: string, response: ScriptedResponse, deviation?: Scenario["deviation"]): Scenario {
  return {
    name,
    responses: [response],
    run: ({ client, send }) => send(client({ maxRetries: 0 }).getTrail({ Name: "audit" })),
    ...(deviation && { deviation }),
  };
}

const throttles = [
  "ProvisionedThroughputExceededException",
  "Throttling",
  "ThrottlingException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "TooManyRequestsException",
  "TransactionInProgressException",
  "EC2ThrottledException",
];

/** How responses become errors, and what these say. */
export const errors: readonly Scenario[] = [
  of("__type and Message", { status: 400, body: { __type: "TrailNotFoundException", Message: "no trail" } }),
  of("__type with a namespace", {
    status: 400,
    body: { __type: "com.amazonaws.cloudtrail#ConflictException", message: "x" },
  }),
  of("a code in the header", { status: 400, headers: { "x-amzn-errortype": "ConflictException:http://x/" }, body: {} }),
  of("a code in the body goes before the header", {
    status: 400,
    headers: { "x-amzn-errortype": "FromHeader" },
    body: { __type: "FromBody", message: "m" },
  }),
  of("code for __type", { status: 400, body: { code: "SomeCode", message: "m" } }),
  of("Code for __type", { status: 400, body: { Code: "SomeCode", Message: "m" } }),
  of("no code at all", { status: 400, body: { message: "m" } }),
  of("no message at all", { status: 400, body: { __type: "Bare" } }),
  of("an empty object", { status: 400, body: {} }),
  of("an empty body", { status: 400, body: "" }),
  of("an empty body with status 500", { status: 500, body: "" }),
  of("HTML with status 503", { status: 503, headers: { "content-type": "text/html" }, body: "<html>busy</html>" }),
  of("HTML with status 404", { status: 404, body: "<html>gone</html>" }),
  of("text that is no JSON", { status: 400, body: "plainly wrong" }),
  of("RequestEntityTooLarge", { status: 413, body: { __type: "RequestEntityTooLarge" } }),
  of("an id of the request under another name", {
    status: 400,
    headers: { "x-amzn-requestid": "", "x-amz-request-id": "other-1" },
    body: { __type: "E", message: "m" },
  }),
  of("further ids", {
    status: 400,
    headers: { "x-amz-id-2": "extended", "x-amz-cf-id": "edge" },
    body: { __type: "E", message: "m" },
  }),
  of("status 429", { status: 429, body: { __type: "E", message: "m" } }),
  of("status 501", { status: 501, body: { __type: "NotImplemented", message: "m" } }),
  of("status 403", { status: 403, body: { __type: "AccessDeniedException", message: "m" } }),
  of(
    "ExpiredTokenException",
    { status: 400, body: { __type: "ExpiredTokenException", message: "expired" } },
    {
      why: "keys that were given cannot be renewed: sending them again is of no use",
      theirs: { notes: [{ err: { code: "ExpiredTokenException", retryable: true } }] },
      ours: { notes: [{ err: { code: "ExpiredTokenException", retryable: false } }] },
    },
  ),
  of("a signature that has expired", {
    status: 403,
    body: { __type: "InvalidSignatureException", message: "Signature expired: x is now earlier than y" },
  }),
  ...throttles.map((code) => of(`throttled by ${code}`, { status: 400, body: { __type: code, message: "slow" } })),
  of(
    "a success that is no JSON",
    { status: 200, body: "{broken" },
    {
      why: "the error says what came, and quotes nothing of it",
      theirs: { notes: [{ err: { code: "SyntaxError" } }] },
      ours: { notes: [{ err: { code: "SyntaxError", message: including("is not JSON") } }] },
    },
  ),
  of("a success with an empty body", { status: 200, body: "" }),
  of("a reset connection", { instead: "reset" }),
  of(
    "a body that is cut off",
    { body: { Trail: { Name: "audit" } }, instead: "cut" },
    {
      why: "every request settles",
      theirs: { outcome: "never settles" },
      ours: { notes: [{ err: { code: "TimeoutError", retryable: true } }] },
    },
  ),
  {
    name: "a server that is not there",
    run: ({ client, send }) =>
      send(client({ endpoint: "http://127.0.0.1:1", maxRetries: 0 }).getTrail({ Name: "audit" })),
    deviation: {
      why: "the real cause is kept",
      theirs: { notes: [{ err: { code: "UnknownEndpoint" } }] },
      ours: { notes: [{ err: { code: "NetworkingError", message: including("ECONNREFUSED"), retryable: true } }] },
    },
  },
  {
    name: "silence for longer than httpOptions.timeout",
    responses: [{ instead: "silence" }],
    run: ({ client, send }) =>
      send(client({ maxRetries: 0, httpOptions: { timeout: 120 } }).getTrail({ Name: "audit" })),
  },
  {
    name: "what the error of a promise is",
    responses: [{ status: 400, body: { __type: "TrailNotFoundException", Message: "no trail" } }],
    run: async ({ client, note }) => {
      const error = (await client()
        .getTrail({ Name: "audit" })
        .promise()
        .catch((reason: unknown) => reason)) as Error & Record<string, unknown>;
      note(error instanceof Error, error["time"] instanceof Date, Object.keys(error).includes("message"));
      note(Object.keys(error).includes("name"), String(error), typeof error["retryDelay"]);
    },
  },
  {
    name: "members of an error besides its message",
    responses: [{ status: 400, body: { __type: "E", message: "m", Reason: "because", Count: 3 } }],
    run: async ({ client, note }) => {
      const error = (await client()
        .getTrail({ Name: "audit" })
        .promise()
        .catch((reason: unknown) => reason)) as Error & Record<string, unknown>;
      note(error["Reason"], error["Count"], Object.keys(error).includes("Reason"));
    },
  },
];
