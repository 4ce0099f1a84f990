import { allEvents, pause, type Scenario, type Stage } from "../scenario.js";
import type { RequestLike } from "../sdk.js";

const responded = [{ body: { Trail: { Name: "audit" } } }];
const rejected = [{ status: 400, body: { __type: "TrailNotFoundException", Message: "no such trail" } }];
const failing = [{ status: 500, body: { __type: "InternalFailure", message: "sorry" } }];

/** A request that all events of are noted, by their names and arguments. */
const heard = async ({ client, listen, send }: Stage, options: object = {}, params: object = { Name: "audit" }) =>
  send(listen(client(options).getTrail(params)));

/** Notes the names of the events alone. */
function names({ notes }: Stage, request: RequestLike): RequestLike {
  for (const event of allEvents) request.on(event, () => void notes.push(event));
  return request;
}

/** Events: which, in what order, with what. */
export const events: readonly Scenario[] = [
  { name: "the events of a success, with their arguments", responses: responded, run: (stage) => heard(stage) },
  { name: "the events of a rejection", responses: rejected, run: (stage) => heard(stage) },
  {
    name: "the events of a failure that is retried once, and then succeeds",
    responses: [...failing, ...responded],
    run: (stage) => heard(stage),
  },
  { name: "the events of failures to the end", responses: failing, run: (stage) => heard(stage, { maxRetries: 1 }) },
  { name: "the events of parameters that are wrong", run: (stage) => heard(stage, {}, {}) },
  {
    name: "the events of a connection that is reset, and of its retry",
    responses: [{ instead: "reset" }, ...responded],
    run: async (stage) => {
      const { client, send } = stage;
      await send(names(stage, client().getTrail({ Name: "audit" })));
    },
  },
  {
    name: "the events of an abort in flight",
    responses: [{ delay: 300 }],
    run: async (stage) => {
      const { client, send } = stage;
      const request = names(stage, client().getTrail({ Name: "audit" }));
      setTimeout(() => request.abort(), 60);
      await send(request);
    },
    deviation: {
      why: "what is aborted is not signed again, and not retried",
      theirs: {
        notes: expectAborted(["httpError", "send", "retry", "afterRetry", "sign", "retry", "afterRetry"]),
      },
      ours: { notes: expectAborted(["httpError", "send", "retry", "afterRetry"]) },
    },
  },
  {
    name: "this is the request in a listener",
    responses: responded,
    run: async ({ client, note, send }) => {
      const request = client().getTrail({ Name: "audit" });
      for (const event of ["validate", "build", "sign", "success", "complete"]) {
        request.on(event, function (this: unknown) {
          note(event, this);
        });
      }
      await send(request);
    },
  },
  {
    name: "listeners are called in the order in which they are added, those for the head first",
    responses: responded,
    run: async ({ client, note, send }) => {
      const request = client().getTrail({ Name: "audit" });
      request.on("build", () => note("first"));
      request.on("build", () => note("second"));
      request.on("build", () => note("head", request.httpRequest.path, String(request.httpRequest.body)), true);
      await send(request);
    },
  },
  {
    name: "once",
    responses: [...failing, ...responded],
    run: async ({ client, note, send }) => {
      const request = client().getTrail({ Name: "audit" });
      request.once("send", () => note("once"));
      request.on("send", () => note("each"));
      await send(request);
    },
    deviation: {
      why: "AWS SDK v2 documents it and has it not",
      theirs: { outcome: { threw: { message: "request.once is not a function" } } },
      ours: { notes: ["once", "each", "each", { err: null }] },
    },
  },
  {
    name: "removeListener",
    responses: responded,
    run: async ({ client, note, send }) => {
      const request = client().getTrail({ Name: "audit" });
      const listener = () => note("never");
      request.on("build", listener).on("build", () => note("stays"));
      request.removeListener("build", listener);
      await send(request);
    },
  },
  {
    name: "removeAllListeners of one event",
    run: async ({ client, send }) => {
      const request = client().getTrail({});
      request.removeAllListeners("validate");
      await send(request);
    },
  },
  {
    name: "an asynchronous listener is waited for",
    responses: responded,
    run: async ({ client, note, send }) => {
      const request = client().getTrail({ Name: "audit" });
      request.onAsync("build", (_request: never, done: () => void) => {
        note("begun");
        setTimeout(() => {
          note("ended");
          done();
        }, 30);
      });
      request.on("afterBuild", () => note("afterBuild"));
      await send(request);
    },
  },
  {
    name: "an asynchronous listener that fails",
    responses: responded,
    run: async ({ client, send }) => {
      const request = client().getTrail({ Name: "audit" });
      request.onAsync("build", (_request: never, done: (error: Error) => void) => {
        setTimeout(done, 5, Object.assign(new Error("no build"), { code: "NoBuild" }));
      });
      await send(request);
    },
  },
  {
    name: "a header that a listener sets is sent and signed",
    responses: responded,
    run: async ({ client, note, send, server }) => {
      const request = client().getTrail({ Name: "audit" });
      request.on("build", () => {
        request.httpRequest.headers["X-Amz-Custom"] = "here";
      });
      await send(request);
      const { headers } = server.received[0] ?? {};
      note(headers?.["x-amz-custom"], String(headers?.["authorization"]).includes("x-amz-custom"));
    },
  },
  {
    name: "a body that a listener changes is sent",
    responses: responded,
    run: async ({ client, send, noteRequests }) => {
      const request = client().getTrail({ Name: "audit" });
      request.on("build", () => {
        request.httpRequest.body = '{"Name":"other"}';
      });
      await send(request);
      noteRequests("body");
    },
  },
  {
    name: "a listener of validate that throws",
    run: async (stage) => {
      const { client, send } = stage;
      const request = client().getTrail({ Name: "audit" });
      request.on("validate", () => {
        throw new Error("not today");
      });
      await send(names(stage, request));
    },
  },
  {
    name: "a listener of build that throws",
    run: async (stage) => {
      const { client, send } = stage;
      const request = client().getTrail({ Name: "audit" });
      request.on("build", () => {
        throw Object.assign(new Error("not today"), { code: "NotToday" });
      });
      await send(names(stage, request));
    },
  },
  {
    name: "a listener of sign that throws",
    run: async (stage) => {
      const { client, send } = stage;
      const request = client({ maxRetries: 0 }).getTrail({ Name: "audit" });
      request.on("sign", () => {
        throw new Error("no ink");
      });
      await send(names(stage, request));
    },
  },
  {
    name: "a listener of extractData that throws, and those after it",
    responses: responded,
    run: async ({ client, note, send }) => {
      const request = client({ maxRetries: 0 }).getTrail({ Name: "audit" });
      request.on("extractData", () => {
        throw new Error("not understood");
      });
      request.on("extractData", () => note("called all the same"));
      await send(request);
    },
  },
  {
    name: "a listener of extractData that changes the data",
    responses: responded,
    run: async ({ client, send }) => {
      const request = client().getTrail({ Name: "audit" });
      request.on("extractData", () => {
        request.response.data = { Changed: true };
      });
      await send(request);
    },
  },
  {
    name: "a listener of retry that makes an error retryable",
    responses: [...rejected, ...responded],
    run: async ({ client, send }) => {
      const request = client().getTrail({ Name: "audit" });
      request.on("retry", () => {
        const { error } = request.response;
        if (error) error.retryable = true;
      });
      await send(request);
    },
  },
  {
    name: "a listener of validateResponse that makes a success an error",
    responses: responded,
    run: async ({ client, send }) => {
      const request = client({ maxRetries: 0 }).getTrail({ Name: "audit" });
      request.on("validateResponse", () => {
        request.response.error = Object.assign(new Error("refused here"), { code: "RefusedHere" }) as never;
      });
      await send(request);
    },
  },
  {
    name: "setupRequestListeners of a service object",
    responses: responded,
    run: async ({ client, note, send }) => {
      const cloudtrail = client();
      cloudtrail.setupRequestListeners = (request) => {
        note("set up", request.operation);
        request.on("build", () => note("set up: build"));
      };
      const request = cloudtrail.getTrail({ Name: "audit" });
      request.on("build", () => note("own: build"));
      await send(request);
    },
  },
  {
    name: "customizeRequests of a service object",
    responses: responded,
    run: async ({ client, note, send }) => {
      const cloudtrail = client();
      cloudtrail.customizeRequests((request) => {
        note("customized", request.operation);
        request.on("complete", () => note("customized: complete"));
      });
      await send(cloudtrail.getTrail({ Name: "audit" }));
      cloudtrail.customizeRequests(null);
      await send(cloudtrail.getTrail({ Name: "audit" }));
    },
  },
  {
    name: "customizeRequests of a class, before that of the object",
    responses: responded,
    run: async ({ sdk, client, note, send }) => {
      sdk.CloudTrail.prototype.customizeRequests((request) => note("of the class", request.operation));
      const cloudtrail = client();
      cloudtrail.customizeRequests(() => note("of the object"));
      await send(cloudtrail.getTrail({ Name: "audit" }));
      sdk.CloudTrail.prototype.customizeRequests(null);
    },
  },
  {
    name: "customizeRequests with something that is no function",
    run: ({ client }) => client().customizeRequests("x" as never),
  },
  {
    name: "a listener that is added late is not called for what is over",
    responses: responded,
    run: async ({ client, note, send }) => {
      const request = client().getTrail({ Name: "audit" });
      await send(request);
      request.on("build", () => note("never"));
      await pause(20);
    },
  },
  {
    name: "progress is reported",
    responses: responded,
    run: async ({ client, listen, send }) =>
      send(listen(client().getTrail({ Name: "audit" }), ["httpUploadProgress", "httpDownloadProgress"])),
  },
];

function expectAborted(middle: readonly string[]): unknown {
  return [
    "validate",
    "build",
    "afterBuild",
    "sign",
    ...middle,
    "error",
    "complete",
    { err: { code: "RequestAbortedError" } },
  ];
}
