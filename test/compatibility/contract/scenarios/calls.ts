import { pause, type Scenario } from "../scenario.js";

const trail = { Trail: { Name: "audit", IsMultiRegionTrail: true } };
const responded = [{ body: trail }];

/** The forms of a call, and what it gives. */
export const calls: readonly Scenario[] = [
  {
    name: "a callback sends at once and gets error and data",
    responses: responded,
    run: async ({ client, noting, note, noteRequests }) => {
      const { callback, called } = noting();
      const request = client().getTrail({ Name: "audit" }, callback);
      note(request.operation, request.params);
      await called;
      noteRequests("body", "path");
    },
  },
  {
    name: "without a callback nothing is sent",
    responses: responded,
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      await pause(60);
      note(request.operation, request.params);
    },
  },
  {
    name: "a callback alone",
    run: async ({ client, noting }) => {
      const { callback, called } = noting();
      client().listTrails(callback);
      await called;
    },
  },
  {
    name: "null for parameters",
    run: async ({ client, noting, noteRequests }) => {
      const { callback, called } = noting();
      client().listTrails(null, callback);
      await called;
      noteRequests("body");
    },
  },
  {
    name: "send with a callback gives the response, which fills later",
    responses: responded,
    run: async ({ client, noting, note }) => {
      const { callback, called } = noting();
      const response = client().getTrail({ Name: "audit" }).send(callback);
      note(response.data, response.error, response.retryCount, response.redirectCount);
      await called;
      note(response.data, response.error, response.requestId);
    },
  },
  {
    name: "send without a callback",
    responses: responded,
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      const completed = new Promise<void>((resolve) => request.on("complete", () => resolve()));
      request.send();
      await completed;
      note(request.response.data);
    },
  },
  {
    name: "a promise of the data",
    responses: responded,
    run: async ({ client, note }) => {
      const data = await client().getTrail({ Name: "audit" }).promise();
      note(data, Object.keys(data), data.$response?.requestId, data.$response?.httpResponse.statusCode);
    },
  },
  {
    name: "a promise that fails",
    responses: [{ status: 400, body: { __type: "TrailNotFoundException", Message: "no" } }],
    run: ({ client }) => client().getTrail({ Name: "audit" }).promise(),
  },
  {
    name: "two promises of one request",
    responses: responded,
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      note(await Promise.all([request.promise(), request.promise()]));
    },
    deviation: { why: "nothing is sent twice by surprise", theirs: { requests: 2 }, ours: { requests: 1 } },
  },
  {
    name: "a promise of a request whose promise is kept",
    responses: responded,
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      note(await request.promise());
      note(await request.promise());
    },
  },
  {
    name: "a callback, and then a promise of the same request",
    responses: responded,
    run: async ({ client, noting, note }) => {
      const { callback, called } = noting();
      const request = client().getTrail({ Name: "audit" }, callback);
      note(await request.promise());
      await called;
    },
    deviation: {
      why: "nothing is sent twice by surprise",
      theirs: { requests: 2 },
      ours: { requests: 1, notes: [{ err: null, data: trail }, trail] },
    },
  },
  {
    name: "send once it is complete reports the outcome again, and sends nothing",
    responses: responded,
    run: async ({ client, noting, note }) => {
      const request = client().getTrail({ Name: "audit" });
      const first = noting();
      request.send(first.callback);
      await first.called;
      const second = noting();
      request.send(second.callback);
      await second.called;
      note("told");
    },
  },
  {
    name: "this is the response in a callback",
    responses: responded,
    run: ({ client, note }) =>
      new Promise<void>((resolve) => {
        client().getTrail({ Name: "audit" }, function (this: unknown) {
          note(this);
          resolve();
        });
      }),
  },
  {
    name: "what a response contains",
    responses: responded,
    run: async ({ client, note }) => {
      const { $response } = await client().getTrail({ Name: "audit" }).promise();
      const { httpResponse, request, maxRetries, maxRedirects, retryCount, redirectCount } = $response ?? never();
      note(httpResponse.statusCode, httpResponse.statusMessage, httpResponse.body, request.operation);
      note(httpResponse.headers["x-amzn-requestid"], maxRetries, maxRedirects, retryCount, redirectCount);
    },
  },
  {
    name: "the parameters that are given are not changed",
    responses: responded,
    run: async ({ client, note }) => {
      const given = Object.freeze({ Name: "audit" });
      await client({ params: { TrailName: "x" } })
        .getTrail(given)
        .promise();
      note(given);
    },
  },
  {
    name: "what a request contains before it is sent",
    run: ({ client, note }) => {
      const cloudtrail = client();
      const request = cloudtrail.getTrail({ Name: "audit" });
      note(request.service === cloudtrail, request.startTime instanceof Date, request.httpRequest.endpoint.href);
      note(request.httpRequest.region, request.httpRequest.method, request.httpRequest.path, request.isPageable());
    },
  },
  {
    name: "the HTTP request once it is built",
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      request.on("afterBuild", () => {
        const { method, path, headers, body } = request.httpRequest;
        note(method, path, String(body), headers["X-Amz-Target"], headers["Content-Type"], headers["Content-Length"]);
      });
      await request.promise();
    },
    deviation: {
      why: "the target is that of the model, as the services of both generations take it",
      theirs: {
        notes: expectTarget("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetTrail"),
      },
      ours: { notes: expectTarget("CloudTrail_20131101.GetTrail") },
    },
  },
  {
    name: "makeRequest by the name of a method",
    responses: responded,
    run: async ({ client, noting, noteRequests }) => {
      const { callback, called } = noting();
      client().makeRequest("getTrail", { Name: "audit" }, callback);
      await called;
      noteRequests("body");
    },
  },
  {
    name: "makeRequest with a callback alone",
    run: async ({ client, noting }) => {
      const { callback, called } = noting();
      client().makeRequest("listTrails", callback);
      await called;
    },
  },
  {
    name: "makeRequest of what is no operation",
    run: ({ client }) => client().makeRequest("getTrial", {}).promise(),
    deviation: {
      why: "the error says what was meant",
      theirs: { outcome: { threw: { name: "TypeError" } }, requests: 0 },
      ours: {
        outcome: {
          threw: {
            code: "UnknownOperation",
            message: 'CloudTrail has no operation "getTrial"; did you mean "getTrail"?',
          },
        },
        requests: 0,
      },
    },
  },
  {
    name: "makeUnauthenticatedRequest goes without signature, and without credentials",
    responses: responded,
    run: async ({ client, server, note }) => {
      const cloudtrail = client({ accessKeyId: undefined, secretAccessKey: undefined, credentials: null });
      note(await cloudtrail.makeUnauthenticatedRequest("getTrail", { Name: "audit" }).promise());
      note(server.received[0]?.headers["authorization"]);
    },
  },
  {
    name: "a signature is there, with the session token",
    responses: responded,
    run: async ({ client, server, note }) => {
      await client({ sessionToken: "token" }).getTrail({ Name: "audit" }).promise();
      const { authorization = "", "x-amz-security-token": token } = server.received[0]?.headers ?? {};
      note(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/cloudtrail\/aws4_request/.test(authorization));
      note(token);
    },
  },
  {
    name: "createReadStream gives the body as it is",
    responses: [{ body: '{"Trail": {"Name": "audit"}}' }],
    run: async ({ client, note }) => {
      const chunks: Buffer[] = [];
      for await (const chunk of client().getTrail({ Name: "audit" }).createReadStream())
        chunks.push(Buffer.from(chunk));
      note(Buffer.concat(chunks).toString());
    },
  },
  {
    name: "createReadStream of a rejected request fails with its error",
    responses: [{ status: 400, body: { __type: "TrailNotFoundException", message: "no" } }],
    run: ({ client, note }) =>
      new Promise<void>((resolve) => {
        const stream = client().getTrail({ Name: "audit" }).createReadStream();
        stream.on("error", (error) => {
          note(error);
          resolve();
        });
        stream.resume();
      }),
  },
  {
    name: "abort before it is sent",
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      request.abort();
      note(await request.promise().catch((error: unknown) => error));
    },
    deviation: {
      why: "what is aborted is not sent",
      theirs: { requests: 1 },
      ours: {
        requests: 0,
        notes: [{ code: "RequestAbortedError", message: "Request aborted by user", retryable: false }],
      },
    },
  },
  {
    name: "abort while it is in flight",
    responses: [{ delay: 300 }],
    run: async ({ client, send }) => {
      const request = client().getTrail({ Name: "audit" });
      setTimeout(() => request.abort(), 60);
      await send(request);
    },
  },
  {
    name: "abort once it is complete changes nothing",
    responses: responded,
    run: async ({ client, note }) => {
      const request = client().getTrail({ Name: "audit" });
      await request.promise();
      request.abort();
      await pause(20);
      note(request.response.error, request.response.data);
    },
  },
];

function expectTarget(target: string): unknown[] {
  return ["POST", "/", '{"Name":"audit"}', target, "application/x-amz-json-1.1", 16];
}

function never(): never {
  throw new Error("there is no response");
}
