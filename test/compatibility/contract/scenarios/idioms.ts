import domain from "node:domain";
import { promisify } from "node:util";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pause, type Scenario, type Stage } from "../scenario.js";
import type { Callback } from "../sdk.js";

const responded = [{ body: { Trail: { Name: "audit" } } }];
const keyless = { accessKeyId: undefined, secretAccessKey: undefined };
const keyOf = ({ server }: Stage): string | undefined =>
  /Credential=(\w+)\//.exec(String(server.received[0]?.headers["authorization"]))?.[1];

/** Runs with environment variables set, and puts back what was. */
async function withVariables(variables: Readonly<Record<string, string>>, run: () => unknown): Promise<void> {
  const saved = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  await run();
  for (const [name, value] of saved) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** Notes what is thrown in a domain, where it would else end the process. */
function inDomain({ note }: Stage, run: () => unknown): void {
  const own = domain.create();
  own.on("error", (error) => note({ uncaught: error }));
  own.run(run);
}

/** What code of that generation does, beside the single features. */
export const idioms: readonly Scenario[] = [
  {
    name: "listeners of success and error, and then send",
    responses: [...responded, { status: 400, body: { __type: "TrailNotFoundException", message: "no" } }],
    run: async ({ client, note }) => {
      const ended = (name: string): Promise<void> =>
        new Promise((resolve) => {
          client()
            .getTrail({ Name: name })
            .on("success", (response: { data: unknown }) => note("success", response.data))
            .on("error", (error: unknown) => note("error", error))
            .on("complete", () => resolve())
            .send();
        });
      await ended("audit");
      await ended("other");
    },
  },
  {
    name: "promises of many requests at once",
    responses: responded,
    run: async ({ client, note }) => {
      const cloudtrail = client();
      note(await Promise.all(["abc", "def"].map((Name) => cloudtrail.getTrail({ Name }).promise())));
    },
  },
  {
    name: "util.promisify of a method",
    responses: responded,
    run: async ({ client, note }) => {
      const cloudtrail = client();
      const getTrail = promisify((params: object, callback: Callback) => cloudtrail.getTrail(params, callback));
      note(await getTrail({ Name: "audit" }));
      const bound = promisify(cloudtrail.getTrail.bind(cloudtrail) as (params: object, callback: Callback) => unknown);
      note(await bound({ Name: "audit" }));
    },
  },
  {
    name: "config.update with region and keys, and a client without options",
    responses: responded,
    run: async (stage) => {
      const { sdk, note, server } = stage;
      sdk.config.update({ region: "us-east-1", accessKeyId: "AKIDSHARED", secretAccessKey: "s" });
      const cloudtrail = new sdk.CloudTrail({ endpoint: server.url });
      note(await cloudtrail.getTrail({ Name: "audit" }).promise(), keyOf(stage));
      sdk.config.update({ region: undefined, credentials: null } as object);
    },
  },
  {
    name: "credentials of the environment",
    responses: responded,
    run: async (stage) => {
      const { sdk, client, note } = stage;
      const variables = { OWN_ACCESS_KEY_ID: "AKIDOWN", OWN_SECRET_ACCESS_KEY: "s" };
      await withVariables(variables, async () => {
        const credentials = new sdk.EnvironmentCredentials("OWN") as { readonly accessKeyId: string };
        note(credentials.accessKeyId);
        await client({ ...keyless, credentials })
          .getTrail({ Name: "audit" })
          .promise();
      });
      note(keyOf(stage));
    },
  },
  {
    name: "credentials of the environment that are not there",
    run: async ({ sdk, note }) => {
      const credentials = new sdk.EnvironmentCredentials("NOBODYS") as {
        get(callback: (error?: Error | null) => void): void;
      };
      await new Promise<void>((resolve) => {
        credentials.get((error) => {
          note(error);
          resolve();
        });
      });
    },
  },
  {
    name: "credentials of a profile",
    responses: responded,
    run: async (stage) => {
      const { sdk, client, note } = stage;
      const folder = mkdtempSync(join(tmpdir(), "contract-"));
      const filename = join(folder, "credentials");
      writeFileSync(filename, "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = s\n");
      const credentials = new sdk.SharedIniFileCredentials({ profile: "work", filename });
      await client({ ...keyless, credentials })
        .getTrail({ Name: "audit" })
        .promise();
      rmSync(folder, { recursive: true });
      note(keyOf(stage));
    },
  },
  {
    name: "config.credentials once getCredentials has called back",
    run: async ({ sdk, client, note }) => {
      const chain = new sdk.CredentialProviderChain([() => new sdk.Credentials("AKIDCHAIN", "s")]);
      const { config } = client({ ...keyless, credentials: null, credentialProvider: chain });
      await new Promise<void>((resolve) => {
        config.getCredentials((error) => {
          note(error ?? null, (config["credentials"] as { accessKeyId: string }).accessKeyId);
          resolve();
        });
      });
    },
  },
  {
    name: "the listeners of all requests come first",
    responses: responded,
    run: async ({ sdk, client, note, send }) => {
      const listener = (): void => note("of all");
      sdk.events.on("build", listener);
      const request = client().getTrail({ Name: "audit" });
      request.on("build", () => note("own"));
      await send(request);
      sdk.events.removeListener("build", listener);
    },
  },
  {
    name: "the id of a trace of AWS Lambda is sent on",
    responses: responded,
    run: async ({ client, note, server }) => {
      const cloudtrail = client();
      await withVariables({ AWS_LAMBDA_FUNCTION_NAME: "f", _X_AMZN_TRACE_ID: "Root=1;Sampled=0" }, () =>
        cloudtrail.getTrail({ Name: "audit" }).promise(),
      );
      await cloudtrail.getTrail({ Name: "audit" }).promise();
      note(server.received.map(({ headers }) => headers["x-amzn-trace-id"]));
    },
  },
  {
    name: "metrics are reported to the object, to its class and to Service",
    responses: [{ status: 500, body: { __type: "InternalFailure", message: "sorry" } }, ...responded],
    run: async ({ sdk, client, note }) => {
      const cloudtrail = client();
      const emitters = { object: cloudtrail, class: sdk.CloudTrail.prototype, service: sdk.Service.prototype };
      const added = Object.entries(emitters).flatMap(([of, emitter]) =>
        ["apiCallAttempt", "apiCall"].map((name) => {
          const listener = (event: Record<string, unknown>): void => {
            const { Type, Api, Service, Version, Region, Fqdn, HttpStatusCode, AttemptCount } = event;
            const { AwsException, AwsExceptionMessage, FinalHttpStatusCode, MaxRetriesExceeded, XAmznRequestId } =
              event;
            note({ of, Type, Api, Service, Version, Region, Fqdn, HttpStatusCode, AttemptCount });
            note({ AwsException, AwsExceptionMessage, FinalHttpStatusCode, MaxRetriesExceeded, XAmznRequestId });
            note([event["Timestamp"], event["Latency"], event["AttemptLatency"]].map((value) => typeof value));
          };
          (emitter as never as { on(name: string, listener: unknown): void }).on(name, listener);
          return () =>
            (emitter as never as { removeListener(name: string, listener: unknown): void }).removeListener(
              name,
              listener,
            );
        }),
      );
      await cloudtrail.getTrail({ Name: "audit" }).promise();
      for (const remove of added) remove();
    },
  },
  {
    name: "what a callback throws goes to the domain, and the callback is called once",
    responses: responded,
    run: async (stage) => {
      const { client, note } = stage;
      inDomain(stage, () => {
        client().getTrail({ Name: "audit" }, () => {
          note("called");
          throw new Error("mine");
        });
      });
      await pause(150);
    },
  },
  {
    name: "what a listener of complete throws goes to the domain, and the promise stays open",
    responses: responded,
    run: async (stage) => {
      const { client, note } = stage;
      inDomain(stage, () => {
        const request = client().getTrail({ Name: "audit" });
        request.on("complete", () => {
          throw new Error("mine");
        });
        void request.promise().then(
          () => note("resolved"),
          () => note("rejected"),
        );
      });
      await pause(150);
    },
  },
  {
    name: "a signature that has become old before it is sent is made again",
    responses: responded,
    run: async ({ client, note, send }) => {
      const cloudtrail = client();
      const request = cloudtrail.getTrail({ Name: "audit" });
      let signed = 0;
      request.on("sign", () => {
        signed++;
        cloudtrail.config["systemClockOffset"] = 11 * 60_000;
      });
      await send(request);
      note(signed);
    },
  },
  {
    name: "connectTimeout, where no connection comes about",
    run: async ({ client, send }) => {
      const { Agent } = await import("node:http");
      const agent = new Agent({ lookup: () => {} } as object);
      const httpOptions = { agent, connectTimeout: 60 };
      await send(client({ endpoint: "http://trail.example", httpOptions, maxRetries: 0 }).getTrail({ Name: "audit" }));
    },
  },
  {
    name: "connectTimeout does not count once there is a connection",
    responses: [{ delay: 150, ...responded[0] }],
    run: ({ client, send }) => send(client({ httpOptions: { connectTimeout: 60 } }).getTrail({ Name: "audit" })),
  },
  {
    name: "createReadStream of a body that is cut off",
    responses: [{ body: { Trail: { Name: "audit" } }, instead: "cut" }],
    run: ({ client, note }) =>
      new Promise<void>((resolve) => {
        const stream = client({ maxRetries: 0 }).getTrail({ Name: "audit" }).createReadStream();
        stream.on("error", (error) => {
          note(error);
          resolve();
        });
        stream.resume();
      }),
    deviation: {
      why: "the error is one of a request, as all others are",
      theirs: { notes: [{ code: "ECONNRESET" }] },
      ours: { notes: [{ code: "TimeoutError", retryable: true }] },
    },
  },
];
