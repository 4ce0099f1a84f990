import { plain } from "./plain.js";
import type { ScriptedResponse, ScriptedServer } from "./server.js";
import type { Callback, RequestLike, Sdk, ServiceLike } from "./sdk.js";

/** One thing that code written for aws-sdk 2 does. It runs on both, and what it notes is compared. */
export interface Scenario {
  readonly name: string;
  readonly responses?: readonly ScriptedResponse[];
  readonly run: (stage: Stage) => unknown;
  /** Where ours is meant to be otherwise: why, and what both are to note. */
  readonly deviation?: Deviation;
}

export interface Deviation {
  readonly why: string;
  readonly theirs: unknown;
  readonly ours: unknown;
}

/** What a scenario has to play on. */
export class Stage {
  readonly sdk: Sdk;
  readonly server: ScriptedServer;
  readonly notes: unknown[] = [];

  constructor(sdk: Sdk, server: ScriptedServer) {
    this.sdk = sdk;
    this.server = server;
  }

  /** Options that reach the server and retry without waiting. */
  get options(): object {
    return {
      endpoint: this.server.url,
      region: "us-east-1",
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "secret",
      retryDelayOptions: { base: 1 },
    };
  }

  readonly client = (options: object = {}): ServiceLike => new this.sdk.CloudTrail({ ...this.options, ...options });

  readonly pond = (options: object = {}): ServiceLike => new this.sdk.Pond({ ...this.options, ...options });

  readonly note = (...values: unknown[]): void => {
    this.notes.push(...values.map((value) => plain(value, this.server.url)));
  };

  /** A callback that notes the outcome, and a promise of its having been called. */
  readonly noting = (): { readonly callback: Callback; readonly called: Promise<void> } => {
    let done = (): void => {};
    const called = new Promise<void>((resolve) => (done = resolve));
    const { notes, server } = this;
    const callback: Callback = (error, data) => {
      notes.push({ err: plain(error, server.url), data: plain(data, server.url) });
      done();
    };
    return { callback, called };
  };

  /** Sends a request and notes its outcome. */
  readonly send = async (request: RequestLike): Promise<void> => {
    const { callback, called } = this.noting();
    request.send(callback);
    await called;
  };

  /** Notes each event of a request with its arguments. */
  readonly listen = (request: RequestLike, events: readonly string[] = allEvents): RequestLike => {
    for (const event of events) {
      request.on(event, (...args: unknown[]) => {
        this.notes.push({ event, args: args.map((arg) => plain(arg, this.server.url)) });
      });
    }
    return request;
  };

  /** Notes what the server has received of each request. */
  readonly noteRequests = (...parts: readonly ("target" | "body" | "path")[]): void => {
    this.notes.push({
      requests: this.server.received.map(({ headers, body, url }) => {
        const all = {
          target: headers["x-amz-target"],
          body: body === "" ? "" : (JSON.parse(body) as unknown),
          path: url,
        };
        return Object.fromEntries(parts.map((part) => [part, all[part]]));
      }),
    });
  };
}

export const allEvents: readonly string[] = [
  "validate",
  "build",
  "afterBuild",
  "restart",
  "sign",
  "send",
  "httpHeaders",
  "httpData",
  "httpDone",
  "httpError",
  "validateResponse",
  "extractData",
  "extractError",
  "retry",
  "afterRetry",
  "success",
  "error",
  "complete",
];

/** Milliseconds after which a scenario counts as one that never settles. */
const waitLimit = 1500;

/** Milliseconds that the server is listened to after a scenario. */
const settling = 50;

/** What a scenario notes, and how many requests reached the server. */
export async function play(scenario: Scenario, sdk: Sdk, server: ScriptedServer): Promise<object> {
  server.script(scenario.responses ?? []);
  const stage = new Stage(sdk, server);
  const outcome = await Promise.race([
    Promise.resolve()
      .then(() => scenario.run(stage))
      .then(
        () => "settled",
        (error: unknown) => ({ threw: plain(error, server.url) }),
      ),
    new Promise((resolve) => setTimeout(resolve, waitLimit, "never settles").unref()),
  ]);
  // A request that is sent twice may still be in flight the second time.
  await pause(settling);
  const requests = server.received.length;
  return { notes: stage.notes, requests, ...(outcome !== "settled" && { outcome }) };
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
