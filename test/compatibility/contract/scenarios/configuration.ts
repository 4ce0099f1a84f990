import { anyNumber, including } from "../expected.js";
import { pause, type Scenario, type Stage } from "../scenario.js";

const responded = [{ body: { Trail: { Name: "audit" } } }];

/** Options that leave the keys away. */
const keyless = { accessKeyId: undefined, secretAccessKey: undefined };

/** The access key that each request was signed with. */
const keysOf = ({ server }: Stage): (string | undefined)[] =>
  server.received.map(({ headers }) => /Credential=(\w+)\//.exec(String(headers["authorization"]))?.[1]);

/** Lines of a logger, without the times in them. */
function logger(): { readonly lines: string[]; readonly log: (line: string) => void } {
  const lines: string[] = [];
  return { lines, log: (line) => void lines.push(line.replace(/ [\d.]+s /, " TIMEs ")) };
}

/** Constructor, options, configuration, credentials. */
export const configuration: readonly Scenario[] = [
  {
    name: "options that are not set",
    run: ({ sdk, note }) => {
      const { config } = new sdk.CloudTrail({ region: "us-east-1" });
      const names =
        "maxRetries maxRedirects paramValidation sslEnabled convertResponseTypes correctClockSkew systemClockOffset signatureCache computeChecksums retryDelayOptions httpOptions apiVersions apiVersion " +
        "logger hostPrefixEnabled endpointCacheSize clientSideMonitoring dynamoDbCrc32 s3ForcePathStyle s3DisableBodySigning useAccelerateEndpoint stsRegionalEndpoints region endpointDiscoveryEnabled useFipsEndpoint useDualstackEndpoint s3UsEast1RegionalEndpoint";
      for (const name of names.split(" ")) {
        note({ [name]: config[name] });
      }
    },
  },
  {
    name: "httpOptions are laid over the defaults",
    run: ({ client, note }) => note(client({ httpOptions: { connectTimeout: 5 } }).config["httpOptions"]),
  },
  {
    name: "bound parameters",
    responses: responded,
    run: async ({ client, noteRequests }) => {
      const cloudtrail = client({ params: { Name: "bound", S3BucketName: "unknown here" } });
      await cloudtrail.getTrail().promise();
      await cloudtrail.getTrail({ Name: "given" }).promise();
      await cloudtrail.getTrail({ Name: null }).promise();
      await cloudtrail.listTrails({}).promise();
      noteRequests("body");
    },
  },
  {
    name: "the endpoint of a region",
    run: ({ sdk, note }) => {
      for (const region of ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"]) {
        const { host, protocol, port, hostname, href } = new sdk.CloudTrail({ region }).endpoint;
        note({ host, protocol, port, hostname, href });
      }
    },
  },
  {
    name: "the endpoint without TLS",
    run: ({ sdk, note }) => {
      const { host, protocol, port, href } = new sdk.CloudTrail({ region: "us-east-1", sslEnabled: false }).endpoint;
      note({ host, protocol, port, href });
    },
  },
  {
    name: "an endpoint as text, with and without protocol",
    run: ({ sdk, note }) => {
      for (const endpoint of ["https://trail.example:8443", "trail.example", "http://trail.example/base"]) {
        const { host, protocol, port, hostname, href } = new sdk.CloudTrail({ region: "us-east-1", endpoint }).endpoint;
        note({ host, protocol, port, hostname, href });
      }
    },
  },
  {
    name: "an endpoint with places to fill",
    run: ({ sdk, note }) => {
      const options = { region: "eu-west-1", endpoint: "https://{service}.{region}.example" };
      note(new sdk.CloudTrail(options).endpoint.href);
    },
  },
  {
    name: "an endpoint as an object",
    responses: responded,
    run: async ({ sdk, client, server, note }) => {
      const cloudtrail = client({ endpoint: new sdk.Endpoint(server.url) });
      note(cloudtrail.endpoint.href, await cloudtrail.getTrail({ Name: "audit" }).promise());
    },
  },
  {
    name: "an endpoint that is set later",
    responses: responded,
    run: async ({ sdk, client, server, note }) => {
      const cloudtrail = client({ endpoint: "http://127.0.0.1:1" });
      cloudtrail.endpoint = new sdk.Endpoint(server.url) as never;
      note(await cloudtrail.getTrail({ Name: "audit" }).promise());
    },
  },
  {
    name: "no region",
    run: async ({ sdk, send }) => {
      const saved = process.env["AWS_REGION"];
      delete process.env["AWS_REGION"];
      await send(new sdk.CloudTrail({ accessKeyId: "A", secretAccessKey: "S" }).getTrail({ Name: "audit" }));
      if (saved !== undefined) process.env["AWS_REGION"] = saved;
    },
  },
  {
    name: "an invalid region",
    run: ({ client, send }) => send(client({ region: "us_east/1" }).getTrail({ Name: "audit" })),
  },
  {
    name: "apiVersion",
    run: ({ client, note }) => {
      for (const apiVersion of ["2013-11-01", "2020-01-01", "latest", new Date("2014-01-01T00:00:00Z")]) {
        note(client({ apiVersion }).config["apiVersion"]);
      }
      client({ apiVersion: "2001-01-01" });
    },
  },
  {
    name: "apiVersions of the service go before apiVersion",
    run: ({ client }) => client({ apiVersion: "2013-11-01", apiVersions: { cloudtrail: "2001-01-01" } }),
  },
  {
    name: "convertResponseTypes on",
    responses: [
      {
        body: {
          PublicKeyList: [{ Value: "YWJj", ValidityStartTime: 1e9, Fingerprint: 12, Other: 1 }],
          NextToken: null,
        },
      },
    ],
    run: async ({ client, note }) => note(await client().listPublicKeys({}).promise()),
  },
  {
    name: "convertResponseTypes off",
    responses: [{ body: { PublicKeyList: [{ Value: "YWJj", ValidityStartTime: 1e9, Other: 1 }], NextToken: null } }],
    run: async ({ client, note }) => note(await client({ convertResponseTypes: false }).listPublicKeys({}).promise()),
  },
  {
    name: "a logger that has log",
    responses: responded,
    run: async ({ client, note }) => {
      const { lines, log } = logger();
      await client({ logger: { log } }).getTrail({ Name: "audit" }).promise();
      note(lines);
    },
  },
  {
    name: "a logger that has write, on a terminal",
    responses: responded,
    run: async ({ client, note }) => {
      const { lines, log } = logger();
      await client({ logger: { write: log, isTTY: true } })
        .getTrail({ Name: "audit" })
        .promise();
      note(lines);
    },
  },
  {
    name: "a logger, and what is not sent",
    run: async ({ client, note, send }) => {
      const { lines, log } = logger();
      await send(client({ logger: { log } }).getTrail({}));
      note(lines);
    },
  },
  {
    name: "a logger, and a failure after retries",
    responses: [{ status: 500, body: "" }],
    run: async ({ client, note, send }) => {
      const { lines, log } = logger();
      await send(client({ logger: { log }, maxRetries: 2 }).getTrail({ Name: "audit" }));
      note(lines);
    },
  },
  {
    name: "config.update is seen by what is made afterwards only",
    responses: responded,
    run: ({ sdk, note }) => {
      const before = new sdk.CloudTrail({ region: "us-east-1" });
      sdk.config.update({ maxRetries: 7, notAnOption: 1 });
      const after = new sdk.CloudTrail({ region: "us-east-1" });
      note(before.config["maxRetries"], after.config["maxRetries"], sdk.config["notAnOption"]);
      sdk.config.update({ kept: 1 }, true);
      note(sdk.config["kept"]);
      sdk.config.update({ maxRetries: undefined, kept: undefined } as object, true);
    },
  },
  {
    name: "precedence: defaults, config, config of the service, constructor",
    run: ({ sdk, note }) => {
      const region = "us-east-1";
      sdk.config.update({ maxRetries: 1 });
      note(new sdk.CloudTrail({ region }).config["maxRetries"]);
      sdk.config["cloudtrail"] = { maxRetries: 2, region: "eu-west-1" };
      note(new sdk.CloudTrail().config["maxRetries"], new sdk.CloudTrail().config["region"]);
      note(new sdk.CloudTrail({ maxRetries: 3 }).config["maxRetries"]);
      delete sdk.config["cloudtrail"];
      sdk.config.update({ maxRetries: undefined } as object);
    },
  },
  {
    name: "an unknown option stays in the configuration",
    run: ({ client, note }) => note(client({ ownThing: { a: 1 } }).config["ownThing"]),
  },
  {
    name: "keys among the options become credentials",
    run: ({ sdk, client, note }) => {
      const { credentials } = client({ sessionToken: "token" }).config as unknown as {
        credentials: Record<string, unknown>;
      };
      note(credentials instanceof sdk.Credentials, credentials["accessKeyId"], credentials["sessionToken"]);
      note(Object.keys(credentials).includes("secretAccessKey"), credentials["expired"], credentials["expireTime"]);
    },
  },
  {
    name: "credentials as a plain object",
    responses: responded,
    run: async (stage) => {
      const { client, note, send } = stage;
      const credentials = { accessKeyId: "AKIDPLAIN", secretAccessKey: "s" };
      await send(client({ ...keyless, credentials }).getTrail({ Name: "audit" }));
      note(keysOf(stage));
    },
  },
  {
    name: "credentials of the class",
    responses: responded,
    run: async (stage) => {
      const { sdk, client, note, send } = stage;
      const credentials = new sdk.Credentials({ accessKeyId: "AKIDCLASS", secretAccessKey: "s", sessionToken: "t" });
      note(credentials.needsRefresh(), new sdk.Credentials("A", "S").accessKeyId);
      await send(client({ ...keyless, credentials }).getTrail({ Name: "audit" }));
      note(keysOf(stage));
    },
  },
  {
    name: "credentials that are changed are used from then on",
    responses: responded,
    run: async (stage) => {
      const { sdk, client, note } = stage;
      const cloudtrail = client();
      await cloudtrail.getTrail({ Name: "audit" }).promise();
      cloudtrail.config["credentials"] = new sdk.Credentials("AKIDNEXT", "s");
      await cloudtrail.getTrail({ Name: "audit" }).promise();
      note(keysOf(stage));
    },
  },
  {
    name: "credentials that are fetched first",
    responses: responded,
    run: async (stage) => {
      const { sdk, client, note, send } = stage;
      class Fetched extends sdk.Credentials {
        override refresh(callback: (error?: Error | null) => void): void {
          setTimeout(() => {
            Object.assign(this, { accessKeyId: "AKIDFETCHED", secretAccessKey: "s" });
            callback();
          }, 10);
        }
      }
      await send(client({ ...keyless, credentials: new Fetched("", "") }).getTrail({ Name: "audit" }));
      note(keysOf(stage));
    },
  },
  {
    name: "credentials that cannot be fetched",
    run: async ({ sdk, client, send }) => {
      class Broken extends sdk.Credentials {
        override refresh(callback: (error?: Error | null) => void): void {
          callback(Object.assign(new Error("no vault"), { code: "NoVault" }));
        }
      }
      await send(client({ ...keyless, credentials: new Broken("", "") }).getTrail({ Name: "audit" }));
    },
    deviation: {
      why: "AWS SDK v2 names a variable that has no meaning here; ours names what failed",
      theirs: { notes: [{ err: { code: "CredentialsError", message: including("set AWS_SDK_LOAD_CONFIG=1") } }] },
      ours: {
        notes: [
          {
            err: {
              code: "CredentialsError",
              message: "Missing credentials in config: Could not load credentials from Broken",
            },
          },
        ],
      },
    },
  },
  {
    name: "a chain of providers: the first that has some",
    responses: responded,
    run: async (stage) => {
      const { sdk, client, note, send } = stage;
      const asked: number[] = [];
      const credentialProvider = new sdk.CredentialProviderChain([
        () => {
          asked.push(1);
          return new sdk.Credentials("", "");
        },
        () => {
          asked.push(2);
          return new sdk.Credentials("AKIDCHAIN", "s");
        },
        () => {
          asked.push(3);
          return new sdk.Credentials("AKIDTOOLATE", "s");
        },
      ]);
      const cloudtrail = client({ ...keyless, credentials: null, credentialProvider });
      await send(cloudtrail.getTrail({ Name: "audit" }));
      await send(cloudtrail.getTrail({ Name: "audit" }));
      note(keysOf(stage).join(), asked.includes(3));
    },
    deviation: {
      why: "what has no keys is not taken for credentials",
      theirs: { requests: anyNumber },
      ours: { requests: 2, notes: { 2: "AKIDCHAIN,AKIDCHAIN" } },
    },
  },
  {
    name: "a chain that finds nothing",
    run: async ({ sdk, client, send }) => {
      const failing = {
        get: (callback: (error: Error) => void) => callback(Object.assign(new Error("not here"), { code: "NotHere" })),
      };
      const credentialProvider = new sdk.CredentialProviderChain([() => failing]);
      await send(client({ ...keyless, credentials: null, credentialProvider }).getTrail({ Name: "audit" }));
    },
    deviation: {
      why: "AWS SDK v2 names a variable that has no meaning here; ours names what failed",
      theirs: { notes: [{ err: { code: "CredentialsError", message: including("set AWS_SDK_LOAD_CONFIG=1") } }] },
      ours: {
        notes: [
          {
            err: {
              code: "CredentialsError",
              message: "Missing credentials in config: Could not load credentials from any providers",
            },
          },
        ],
      },
    },
  },
  {
    name: "resolvePromise of a chain",
    run: async ({ sdk, note }) => {
      const chain = new sdk.CredentialProviderChain([() => new sdk.Credentials("AKIDCHAIN", "s")]);
      note(((await chain.resolvePromise()) as { accessKeyId: string }).accessKeyId);
      await new Promise<void>((resolve) => {
        chain.resolve((error, credentials) => {
          note(error ?? null, (credentials as { accessKeyId: string }).accessKeyId);
          resolve();
        });
      });
    },
  },
  {
    name: "a provider function of the official packages",
    responses: responded,
    run: async (stage) => {
      const { client, note, send } = stage;
      const credentials = () => Promise.resolve({ accessKeyId: "AKIDFUNCTION", secretAccessKey: "s" });
      await send(client({ ...keyless, credentials }).getTrail({ Name: "audit" }));
      note(keysOf(stage));
    },
    deviation: {
      why: "those functions came later, and are what there is now",
      theirs: { requests: 0, notes: [{ err: { code: "CredentialsError" } }, []] },
      ours: { requests: 1, notes: [{ err: null }, ["AKIDFUNCTION"]] },
    },
  },
  {
    name: "a slow failing provider does not keep the error of parameters",
    run: async ({ client, send, note }) => {
      const credentialProvider = {
        resolve: (callback: (error: Error) => void) => setTimeout(callback, 300, new Error("late")),
      };
      const started = performance.now();
      await send(client({ ...keyless, credentials: null, credentialProvider }).getTrail({}));
      note(performance.now() - started < 200);
    },
    deviation: {
      why: "parameters are checked first",
      theirs: { notes: { 1: false } },
      ours: { notes: [{ err: { code: "MissingRequiredParameter" } }, true] },
    },
  },
  {
    name: "config.getCredentials",
    run: async ({ client, note }) => {
      await new Promise<void>((resolve) => {
        client().config.getCredentials((error, credentials) => {
          note(error ?? null, (credentials as { accessKeyId: string }).accessKeyId);
          resolve();
        });
      });
    },
  },
  {
    name: "config.getCredentials without any",
    run: async ({ client, note }) => {
      const { config } = client({ ...keyless, credentials: {}, credentialProvider: null });
      await new Promise<void>((resolve) => {
        config.getCredentials((error, credentials) => {
          note(error, credentials);
          resolve();
        });
      });
    },
  },
  {
    name: "customUserAgent",
    responses: responded,
    run: async ({ client, note, server }) => {
      await client({ customUserAgent: "my-tool/1.0" }).getTrail({ Name: "audit" }).promise();
      note(/my-tool\/1\.0/.test(String(server.received[0]?.headers["user-agent"])));
    },
  },
  {
    name: "signatureVersion that is not written any more",
    run: ({ client, note }) => {
      note(client({ signatureVersion: "v4" }).config["signatureVersion"]);
      client({ signatureVersion: "v2" });
    },
    deviation: {
      why: "an old signature would be rejected by the service",
      theirs: { notes: ["v4"] },
      ours: {
        notes: ["v4"],
        outcome: {
          threw: { message: 'The option signatureVersion is "v2", and only "v4" is supported: leave it out' },
        },
      },
    },
  },
  {
    name: "signatureCache off",
    responses: responded,
    run: ({ client, send }) => send(client({ signatureCache: false }).getTrail({ Name: "audit" })),
  },
  {
    name: "an agent of node:http",
    responses: responded,
    run: async ({ client, note, send }) => {
      const { Agent } = await import("node:http");
      const agent = new Agent({ keepAlive: false });
      let used = 0;
      const createConnection = agent.createConnection.bind(agent) as (...args: unknown[]) => unknown;
      Object.assign(agent, {
        createConnection: (...args: unknown[]) => {
          used++;
          return createConnection(...args);
        },
      });
      await send(client({ httpOptions: { agent } }).getTrail({ Name: "audit" }));
      note(used);
    },
  },
  {
    name: "a proxy",
    responses: responded,
    run: async ({ client, server, send, noteRequests }) => {
      const proxied = client({ endpoint: "http://trail.example", httpOptions: { proxy: server.url } });
      await send(proxied.getTrail({ Name: "audit" }));
      noteRequests("path");
    },
    deviation: {
      why: "a proxy opens a tunnel, whatever the protocol",
      theirs: { notes: [{ err: null }, { requests: [{ path: "http://trail.example/" }] }] },
      ours: { notes: [{ err: null }, { requests: [{ path: "/" }] }] },
    },
  },
  {
    name: "Credentials that end soon need a refresh",
    run: async ({ sdk, note }) => {
      const credentials = new sdk.Credentials("A", "S");
      note(credentials.needsRefresh());
      credentials.expireTime = new Date(Date.now() + 10_000);
      note(credentials.needsRefresh());
      credentials.expireTime = new Date(Date.now() + 60_000);
      note(credentials.needsRefresh());
      credentials.expired = true;
      note(credentials.needsRefresh());
      await new Promise<void>((resolve) => credentials.get(() => resolve()));
      note(credentials.expired);
    },
  },
  {
    name: "options of browsers",
    responses: responded,
    run: async ({ client, send, note }) => {
      const warned: string[] = [];
      const listener = (warning: Error): void => void warned.push(warning.message);
      process.on("warning", listener);
      await send(client({ httpOptions: { xhrAsync: false } }).getTrail({ Name: "audit" }));
      await pause(5);
      process.off("warning", listener);
      note(warned.some((message) => message.includes("xhrAsync")));
    },
    deviation: {
      why: "what has no effect is said once",
      theirs: { notes: { 1: false } },
      ours: { notes: { 1: true } },
    },
  },
];
