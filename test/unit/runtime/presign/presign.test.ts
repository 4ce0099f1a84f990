import { Readable } from "node:stream";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { presign, type PresignedRequest, type PresignOptions } from "@clientsmith/runtime/presign";
import { bearer } from "#runtime/auth/bearer.js";
import { sigv4a } from "#runtime/auth/sigv4a.js";
import { Client } from "#runtime/client/client.js";
import type { ClientOptions } from "#runtime/config/options.js";
import { hostPrefix } from "#runtime/features/host-prefix.js";
import { streamedInput } from "#runtime/features/streamed-input.js";
import { trailingChecksum } from "#runtime/features/trailing-checksum.js";
import { awsQuery } from "#runtime/protocols/awsQuery/index.js";
import { restJson1 } from "#runtime/protocols/restJson/index.js";
import type { Operation, Service } from "#runtime/schema/service.js";
import { putThing, service } from "../features/support.js";

const credentials = { accessKeyId: "AKID", secretAccessKey: "SECRET" };
const now = new Date("2026-03-04T05:06:07.890Z");

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const rest: Service = { ...service, protocol: restJson1 };
const objects: Service = { ...rest, presignedUrls: "s3" };

const getThing: Operation = {
  ...putThing,
  name: "GetThing",
  http: { method: "GET", uri: "/things/{Name}", code: 200 },
  input: {
    type: "structure",
    name: "GetThingRequest",
    members: {
      Name: { type: "string", required: true, httpLabel: true },
      Part: { type: "string", httpQuery: "part" },
      Owner: { type: "string", httpHeader: "x-amz-owner" },
      Key: { type: "string", httpHeader: "x-amz-server-side-encryption-key" },
    },
  },
};

const upload: Operation = {
  name: "Upload",
  http: { method: "PUT", uri: "/upload", code: 200 },
  input: {
    type: "structure",
    name: "UploadRequest",
    members: {
      Body: { type: "blob", streaming: true, httpPayload: true },
      Algorithm: { type: "string", httpHeader: "x-amz-sdk-checksum-algorithm" },
      Checksum: { type: "string", httpHeader: "x-amz-checksum-sha256" },
    },
  } as unknown as Operation["input"],
  output: { type: "structure", name: "Unit", members: {} },
  features: [streamedInput("Body"), trailingChecksum({ algorithmMember: "Algorithm" })],
};

interface Given {
  readonly service?: Service;
  readonly client?: ClientOptions;
  readonly options?: PresignOptions;
}

function presigned(operation: Operation, input: object, given: Given = {}): Promise<PresignedRequest> {
  const client = new Client(given.service ?? rest, { region: "us-east-1", credentials, ...given.client });
  return presign(client, operation, input, given.options);
}

const queryOf = ({ url }: PresignedRequest): Record<string, string> => Object.fromEntries(new URL(url).searchParams);

/** The official signer's query for the same request. */
async function official(made: PresignedRequest, unsigned: Readonly<Record<string, string>>): Promise<object> {
  const signer = new SignatureV4({ credentials, region: "us-east-1", service: "demo", sha256: Sha256 });
  const { hostname, pathname } = new URL(made.url);
  const request = {
    method: made.method,
    protocol: "https:",
    hostname,
    path: pathname,
    query: { ...unsigned },
    headers: { host: hostname, ...made.headers },
    body: made.body,
  };
  const unhoistableHeaders = new Set(Object.keys(made.headers));
  const { query } = await signer.presign(request, { signingDate: now, expiresIn: 900, unhoistableHeaders });
  return query ?? {};
}

describe("a presigned request", () => {
  it("has everything in its URL where there is nothing else, and the official signer's signature", async () => {
    const made = await presigned(getThing, { Name: "a b", Part: "1" });
    expect(made).toMatchObject({ method: "GET", headers: {}, expiresAt: new Date("2026-03-04T05:21:07Z") });
    expect(made).not.toHaveProperty("body");
    expect(made.url).toMatch(/^https:\/\/demo\.us-east-1\.test\/things\/a%20b\?part=1&X-Amz-Algorithm=/);
    expect(queryOf(made)).toEqual(await official(made, { part: "1" }));
  });

  it("has headers that the sender needs, signed, with those of the caller", async () => {
    const options = { headers: { "X-Extra": "yes" } };
    const made = await presigned(getThing, { Name: "a", Owner: "me" }, { options });
    expect(made.headers).toEqual({ "x-amz-owner": "me", "x-extra": "yes" });
    expect(queryOf(made)["X-Amz-SignedHeaders"]).toBe("host;x-amz-owner;x-extra");
    expect(queryOf(made)).toEqual(await official(made, {}));
  });

  it("has its body, signed, in protocols that send one", async () => {
    const made = await presigned(putThing, { Algorithm: "A" }, { service });
    expect(made).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Demo_1.PutThing" },
      body: '{"Algorithm":"A"}',
    });
    expect(queryOf(made)).toEqual(await official(made, {}));
  });

  it("is a GET with the form in its query, in protocols with forms", async () => {
    const made = await presigned(putThing, { Algorithm: "A&B" }, { service: { ...service, protocol: awsQuery } });
    expect(made).toMatchObject({ method: "GET", headers: {} });
    expect(made).not.toHaveProperty("body");
    const form = { Action: "PutThing", Version: "2020-01-01", Algorithm: "A&B" };
    expect(queryOf(made)).toMatchObject(form);
    expect(queryOf(made)).toEqual(await official(made, form));
  });

  it("has the host prefix of its operation", async () => {
    const operation = { ...getThing, features: [hostPrefix("{Name}.")] };
    expect((await presigned(operation, { Name: "me" })).url).toMatch(
      /^https:\/\/me\.demo\.us-east-1\.test\/things\/me\?/,
    );
  });

  it("is signed by version 4A if the endpoint requires it", async () => {
    const entry = { name: "sigv4a", signingName: "other", signingRegionSet: ["*"] };
    const several: Service = {
      ...rest,
      authSchemes: [...(rest.authSchemes ?? []), sigv4a()],
      resolveEndpoint: () => ({ url: "https://demo.test", properties: { authSchemes: [entry] } }),
    };
    expect(queryOf(await presigned(getThing, { Name: "a" }, { service: several }))).toMatchObject({
      "X-Amz-Algorithm": "AWS4-ECDSA-P256-SHA256",
      "X-Amz-Credential": "AKID/20260304/other/aws4_request",
      "X-Amz-Region-Set": "*",
    });
  });

  it("leaves the input as it is", async () => {
    const input = Object.freeze({ Name: "a" });
    await presigned(getThing, input);
    expect(input).toEqual({ Name: "a" });
  });

  it("is no call: neither hooks nor the logger see it, and nothing is sent", async () => {
    const seen: unknown[] = [];
    const see = (event: unknown): void => void seen.push(event);
    const client = {
      logger: { debug: see, info: see, warn: see, error: see },
      hooks: { onRequest: see, onSigned: see, onComplete: see },
      transport: { send: () => Promise.reject(new Error("sent")), close: () => Promise.resolve() },
    };
    await presigned(getThing, { Name: "a" }, { client });
    expect(seen).toEqual([]);
  });
});

describe("a presigned request as Amazon S3 reads it", () => {
  it("has x-amz- headers in the query, but those of encryption", async () => {
    const made = await presigned(getThing, { Name: "a", Owner: "m/e", Key: "k" }, { service: objects });
    expect(made.headers).toEqual({ "x-amz-server-side-encryption-key": "k" });
    expect(queryOf(made)).toMatchObject({
      "x-amz-owner": "m/e",
      "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
      "X-Amz-SignedHeaders": "host;x-amz-server-side-encryption-key",
    });
  });

  it("has no checksum of a body that the sender chooses", async () => {
    const made = await presigned(upload, {}, { service: objects });
    expect(Object.keys(queryOf(made)).filter((name) => name.includes("checksum"))).toEqual([]);
    expect(made).toMatchObject({ method: "PUT", headers: {} });
  });

  it("has the checksum of a body in the input, or of one that the caller knows", async () => {
    const made = await presigned(upload, { Body: "text" }, { service: objects });
    expect(queryOf(made)).toMatchObject({ "x-amz-checksum-crc32": "O4unxw==" });
    expect(made.body).toEqual("text");
    const known = await presigned(upload, { Algorithm: "SHA256", Checksum: "c3Vt" }, { service: objects });
    expect(queryOf(known)).toMatchObject({ "x-amz-checksum-sha256": "c3Vt", "x-amz-sdk-checksum-algorithm": "SHA256" });
  });

  it("cannot have the checksum of a body that nobody knows", async () => {
    await expect(presigned(upload, { Algorithm: "SHA256" }, { service: objects })).rejects.toMatchObject({
      code: "Configuration",
      message: expect.stringMatching(
        /^Upload is presigned without its body, whose SHA256 checksum .* Leave out Algorithm/,
      ),
    });
  });
});

describe("what cannot be presigned", () => {
  it.each<[string, Operation, object, Given, RegExp]>([
    ["a stream", upload, { Body: Readable.from(["text"]) }, { service: objects }, /with a stream .* Leave out Body/],
    ["a body that the sender chooses, where it is signed", upload, {}, {}, /without its body, .*: pass Body as/],
    [
      "an operation without authentication",
      { ...getThing, auth: "none" },
      { Name: "a" },
      {},
      /sent without a signature/,
    ],
    [
      "another scheme",
      getThing,
      { Name: "a" },
      { service: { ...rest, authSchemes: [bearer()] }, client: { token: { token: "secret" } } as ClientOptions },
      /^GetThing cannot be presigned, because its requests are authenticated by bearer/,
    ],
    ["for no time", getThing, { Name: "a" }, { options: { expiresIn: 0 } }, /expiresIn must be a whole number/],
    ["for more than a week", getThing, { Name: "a" }, { options: { expiresIn: 604_801 } }, /from 1 to 604800/],
    ["for parts of seconds", getThing, { Name: "a" }, { options: { expiresIn: 1.5 } }, /whole number of seconds/],
  ])("%s", async (_what, operation, input, given, message) => {
    const served = given.service?.authOptions ?? ["token"];
    const failing = presigned(operation, input, {
      ...given,
      service: { ...(given.service ?? rest), authOptions: served },
    });
    await expect(failing).rejects.toMatchObject({ code: "Configuration", message: expect.stringMatching(message) });
  });

  it("is an invalid input", async () => {
    await expect(presigned(getThing, {})).rejects.toMatchObject({ code: "Validation", operation: "GetThing" });
    await expect(presigned(getThing, [] as object)).rejects.toMatchObject({ code: "Validation" });
    await expect(presigned(getThing, { Name: 1 }, { options: { validation: false } })).resolves.toMatchObject({
      method: "GET",
    });
  });

  it("is an unknown option or a missing client", async () => {
    const options = { expiresin: 1 } as PresignOptions;
    await expect(presigned(getThing, { Name: "a" }, { options })).rejects.toThrow(/"expiresin"; use expiresIn/);
    await expect(presign(getThing as never, getThing, {})).rejects.toThrow(/first argument must be a client/);
  });

  it("is one whose signal is aborted", async () => {
    const options = { signal: AbortSignal.abort() };
    await expect(presigned(getThing, { Name: "a" }, { options })).rejects.toMatchObject({ code: "Aborted" });
  });

  it("explains itself", async () => {
    const client = { credentials: () => Promise.reject(new Error("no")) };
    const failure = await presigned(getThing, { Name: "a" }, { client }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "Credentials", operation: "GetThing" });
    expect((failure as { explain(): string }).explain()).toContain("none: nothing was sent");
  });
});

describe("credentials that expire before the signature", () => {
  it("end it, and the logger gets a warning without secrets", async () => {
    const warnings: unknown[] = [];
    const log = (): void => {};
    const expiration = new Date("2026-03-04T05:10:00Z");
    const client: ClientOptions = {
      credentials: { ...credentials, sessionToken: "TOKEN", expiration },
      logger: { debug: log, info: log, error: log, warn: (text) => void warnings.push(text) },
    };
    const made = await presigned(getThing, { Name: "a" }, { client });
    expect(made.expiresAt).toEqual(expiration);
    expect(queryOf(made)["X-Amz-Expires"]).toBe("900");
    expect(warnings).toEqual([
      "Demo.GetThing was presigned for 900 s, but the credentials expire at 2026-03-04T05:10:00.000Z: it is valid until then only.",
    ]);
    const short = await presigned(getThing, { Name: "a" }, { client, options: { expiresIn: 60 } });
    expect(short.expiresAt).toEqual(new Date("2026-03-04T05:07:07Z"));
    expect(warnings).toHaveLength(1);
  });
});
