import { anyOf, including } from "../expected.js";
import type { Scenario } from "../scenario.js";
import type { ErrorLike } from "../sdk.js";

const responded = { body: { Trail: { Name: "audit" } } };
const failing = { status: 500, body: { __type: "InternalFailure", message: "sorry" } };
const throttled = { status: 400, body: { __type: "ThrottlingException", message: "slow down" } };
const rejected = { status: 400, body: { __type: "TrailNotFoundException", message: "no" } };
const hour = 3_600_000;

/** A date header that is off by so many milliseconds. */
const dated = (offset: number): Readonly<Record<string, string>> => ({
  date: new Date(Date.now() + offset).toUTCString(),
});

/** By how many minutes the server's requests were dated otherwise than by this machine's clock. */
function minutesOff(received: readonly { readonly headers: Record<string, unknown> }[]): number[] {
  return received.map(({ headers }) => {
    const text = String(headers["x-amz-date"]).replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      "$1-$2-$3T$4:$5:$6Z",
    );
    return Math.round((Date.parse(text) - Date.now()) / 60_000);
  });
}

/** Retries, redirects, clocks, credentials that expire. */
export const retries: readonly Scenario[] = [
  {
    name: "three retries by default",
    responses: [failing],
    run: async ({ client, send, note }) => {
      const request = client().getTrail({ Name: "audit" });
      await send(request);
      note(request.response.retryCount, request.response.maxRetries);
    },
  },
  {
    name: "maxRetries 0",
    responses: [failing],
    run: ({ client, send }) => send(client({ maxRetries: 0 }).getTrail({ Name: "audit" })),
  },
  {
    name: "maxRetries 5",
    responses: [failing],
    run: ({ client, send }) => send(client({ maxRetries: 5 }).getTrail({ Name: "audit" })),
  },
  {
    name: "maxRetries that is set later",
    responses: [failing],
    run: async ({ client, send }) => {
      const cloudtrail = client();
      cloudtrail.config["maxRetries"] = 1;
      await send(cloudtrail.getTrail({ Name: "audit" }));
    },
  },
  {
    name: "a throttle, and then a response",
    responses: [throttled, responded],
    run: ({ client, send }) => send(client().getTrail({ Name: "audit" })),
  },
  {
    name: "a rejection is not retried",
    responses: [rejected, responded],
    run: ({ client, send }) => send(client().getTrail({ Name: "audit" })),
  },
  {
    name: "each attempt sends the same",
    responses: [failing, failing, responded],
    run: async ({ client, send, noteRequests }) => {
      await send(client().getTrail({ Name: "audit" }));
      noteRequests("body", "path");
    },
  },
  {
    name: "customBackoff with count and error, instead of the delay",
    responses: [failing, failing, responded],
    run: async ({ client, send, note }) => {
      const customBackoff = (count: number, error: ErrorLike): number => {
        note(count, error.code);
        return 1;
      };
      await send(client({ retryDelayOptions: { customBackoff } }).getTrail({ Name: "audit" }));
    },
  },
  {
    name: "customBackoff that ends the retrying",
    responses: [failing],
    run: ({ client, send }) =>
      send(client({ retryDelayOptions: { customBackoff: () => -1 } }).getTrail({ Name: "audit" })),
  },
  {
    name: "customBackoff is asked about an error that is not retried too",
    responses: [rejected],
    run: async ({ client, send, note }) => {
      const customBackoff = (count: number): number => {
        note(count);
        return 1;
      };
      await send(client({ retryDelayOptions: { customBackoff } }).getTrail({ Name: "audit" }));
    },
  },
  {
    name: "Retry-After",
    responses: [{ ...failing, headers: { "retry-after": "1" } }, responded],
    run: async ({ client, note }) => {
      const started = performance.now();
      await client().getTrail({ Name: "audit" }).promise();
      note(performance.now() - started > 900);
    },
    deviation: { why: "the service's wish is followed", theirs: { notes: [false] }, ours: { notes: [true] } },
  },
  {
    name: "keys that were given and have expired",
    responses: [{ status: 400, body: { __type: "ExpiredTokenException", message: "expired" } }],
    run: ({ client, send }) => send(client().getTrail({ Name: "audit" })),
    deviation: { why: "given keys cannot be renewed", theirs: { requests: 4 }, ours: { requests: 1 } },
  },
  {
    name: "credentials that renew themselves and have expired",
    responses: [{ status: 400, body: { __type: "ExpiredTokenException", message: "expired" } }, responded],
    run: async ({ client, sdk, send, note, server }) => {
      let count = 0;
      class Renewing extends sdk.Credentials {
        override refresh(callback: (error?: Error | null) => void): void {
          this.accessKeyId = `AKIDRENEWED${++count}`;
          this.secretAccessKey = "renewed";
          this.expired = false;
          callback();
        }
      }
      const credentials = new Renewing("AKIDOLD", "secret");
      await send(
        client({ accessKeyId: undefined, secretAccessKey: undefined, credentials }).getTrail({ Name: "audit" }),
      );
      note(server.received.map(({ headers }) => /Credential=(\w+)/.exec(String(headers["authorization"]))?.[1]));
    },
  },
  {
    name: "a connection that is reset, and then a response",
    responses: [{ instead: "reset" }, responded],
    run: ({ client, send }) => send(client().getTrail({ Name: "audit" })),
  },
  {
    name: "silence, and then a response",
    responses: [{ instead: "silence" }, responded],
    run: ({ client, send }) => send(client({ httpOptions: { timeout: 100 } }).getTrail({ Name: "audit" })),
  },
  {
    name: "a redirection on the same host",
    responses: [{ status: 307, headers: { location: "{server}/moved" } }, responded],
    run: async ({ client, send, noteRequests, note }) => {
      const request = client().getTrail({ Name: "audit" });
      await send(request);
      noteRequests("path");
      note(request.response.redirectCount, request.response.retryCount);
    },
  },
  {
    name: "a redirection without end",
    responses: [{ status: 302, headers: { location: "{server}/again" } }],
    run: async ({ client, send, note }) => {
      const request = client().getTrail({ Name: "audit" });
      await send(request);
      note(request.response.redirectCount, request.response.retryCount);
    },
  },
  {
    name: "maxRedirects",
    responses: [{ status: 302, headers: { location: "{server}/again" } }],
    run: ({ client, send }) => send(client({ maxRetries: 0, maxRedirects: 2 }).getTrail({ Name: "audit" })),
  },
  {
    name: "a redirection to another host",
    responses: [{ status: 307, headers: { location: "http://localhost:1/steal" } }],
    run: ({ client, send }) => send(client({ maxRetries: 1, maxRedirects: 1 }).getTrail({ Name: "audit" })),
    deviation: {
      why: "what is signed goes to no other host",
      theirs: { requests: 1, notes: [{ err: { code: anyOf("UnknownEndpoint", "NetworkingError") } }] },
      ours: {
        requests: 1,
        notes: [{ err: { statusCode: 307, retryable: false, message: including("redirects to http://localhost:1") } }],
      },
    },
  },
  {
    name: "a redirection without a place",
    responses: [{ status: 307 }],
    run: ({ client, send }) => send(client().getTrail({ Name: "audit" })),
  },
  {
    name: "systemClockOffset of the constructor",
    responses: [responded],
    run: async ({ client, note, server }) => {
      await client({ systemClockOffset: 2 * hour })
        .getTrail({ Name: "audit" })
        .promise();
      note(minutesOff(server.received));
    },
  },
  {
    name: "correctClockSkew: an hour is put right, on that service object",
    responses: [
      {
        status: 400,
        headers: dated(hour),
        body: { __type: "InvalidSignatureException", message: "Signature expired" },
      },
      { ...responded, headers: dated(hour) },
    ],
    run: async ({ client, sdk, send, note, server }) => {
      const cloudtrail = client({ correctClockSkew: true });
      await send(cloudtrail.getTrail({ Name: "audit" }));
      note(minutesOff(server.received), Math.round(Number(cloudtrail.config["systemClockOffset"]) / 60_000));
      note(sdk.config["systemClockOffset"]);
    },
  },
  {
    name: "correctClockSkew: two minutes are ignored",
    responses: [{ ...responded, headers: dated(120_000) }],
    run: async ({ client, note }) => {
      const cloudtrail = client({ correctClockSkew: true });
      await cloudtrail.getTrail({ Name: "audit" }).promise();
      note(cloudtrail.config["systemClockOffset"]);
    },
  },
  {
    name: "correctClockSkew: a success teaches too",
    responses: [{ ...responded, headers: dated(-hour) }],
    run: async ({ client, note }) => {
      const cloudtrail = client({ correctClockSkew: true });
      await cloudtrail.getTrail({ Name: "audit" }).promise();
      note(Math.round(Number(cloudtrail.config["systemClockOffset"]) / 60_000));
    },
  },
  {
    name: "correctClockSkew off: the clock stays as it is",
    responses: [{ status: 400, headers: dated(hour), body: { __type: "RequestTimeTooSkewed", message: "skewed" } }],
    run: async ({ client, send, note }) => {
      const cloudtrail = client();
      await send(cloudtrail.getTrail({ Name: "audit" }));
      note(cloudtrail.config["systemClockOffset"]);
    },
  },
  {
    name: "correctClockSkew: a rejected date is retried",
    responses: [
      { status: 403, headers: dated(hour), body: { __type: "RequestTimeTooSkewed", message: "x" } },
      responded,
    ],
    run: ({ client, send }) => send(client({ correctClockSkew: true }).getTrail({ Name: "audit" })),
  },
];
