import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { presign, type PresignedRequest, type PresignOptions } from "@clientsmith/runtime/presign";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { generateClient } from "../../support/generate-client.js";
import { sharedPath } from "../../support/shared.js";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const now = new Date("2026-03-04T05:06:07Z");
const region = "eu-west-1";

const models = {
  STS: sharedPath("models/sts-2011-06-15.json"),
  Polly: sharedPath("models/polly-2016-06-10.json"),
  Lambda: sharedPath("models/lambda-2015-03-31.json"),
  TranscribeStreaming: sharedPath("models/transcribe-streaming-2017-10-26.json"),
};

async function presigned(
  service: keyof typeof models,
  operation: string,
  input: object,
  options?: PresignOptions,
): Promise<PresignedRequest> {
  const { module } = await generateClient(models[service] ?? "");
  const Client = module[`${service}Client`] as new (options: object) => Parameters<typeof presign>[0];
  const constant = module[`${operation}$`] as Parameters<typeof presign>[1];
  return presign(new Client({ region, credentials }), constant, input, options);
}

/** Whether the official signer presigns the same request in the same way. */
async function expectOfficial({ method, url, headers, body }: PresignedRequest, service: string): Promise<void> {
  const { hostname, pathname, searchParams } = new URL(url);
  const query = Object.fromEntries([...searchParams].filter(([name]) => !name.startsWith("X-Amz-")));
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
  const request = {
    method,
    protocol: "https:",
    hostname,
    path: pathname,
    query,
    headers: { host: hostname, ...headers },
    body,
  };
  const official = await signer.presign(request, {
    signingDate: now,
    expiresIn: Number(searchParams.get("X-Amz-Expires")),
    unhoistableHeaders: new Set(Object.keys(headers)),
  });
  expect(Object.fromEntries(searchParams)).toEqual(official.query);
}

describe.skipIf(Object.values(models).includes(undefined))("presigned requests of services other than S3", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now, toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are a GET in a protocol with forms, with a header that a token of EKS has", async () => {
    const headers = { "x-k8s-aws-id": "cluster" };
    const made = await presigned("STS", "getCallerIdentity", {}, { expiresIn: 60, headers });
    expect(made).toMatchObject({ method: "GET", headers });
    expect(made.url).toMatch(
      /^https:\/\/sts\.eu-west-1\.amazonaws\.com\/\?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-/,
    );
    await expectOfficial(made, "sts");
  }, 60_000);

  it("have their members in the path and the query, where the model binds them there", async () => {
    const made = await presigned("Lambda", "getFunction", { FunctionName: "a:b", Qualifier: "1" });
    expect(made).toMatchObject({ method: "GET", headers: {} });
    await expectOfficial(made, "lambda");
  }, 60_000);

  it("have a signed body, where the model has one", async () => {
    const made = await presigned("Polly", "synthesizeSpeech", {
      OutputFormat: "mp3",
      Text: "hello",
      VoiceId: "Joanna",
    });
    expect(made).toMatchObject({ method: "POST", headers: { "content-type": "application/json" } });
    expect(JSON.parse(String(made.body))).toEqual({ OutputFormat: "mp3", Text: "hello", VoiceId: "Joanna" });
    await expectOfficial(made, "polly");
  }, 60_000);

  it("are not possible without a signature, nor with a stream of events", async () => {
    const token = {
      RoleArn: "arn:aws:iam::123456789012:role/audit",
      RoleSessionName: "session",
      WebIdentityToken: "token",
    };
    await expect(presigned("STS", "assumeRoleWithWebIdentity", token)).rejects.toMatchObject({
      code: "Configuration",
      message: expect.stringMatching(
        /^AssumeRoleWithWebIdentity cannot be presigned, .* without a signature/,
      ) as string,
    });
    let isRead = false;
    async function* events(): AsyncGenerator<object> {
      isRead = true;
      yield await Promise.resolve({});
    }
    const talk = { MediaEncoding: "pcm", MediaSampleRateHertz: 8000, AudioStream: events() };
    await expect(presigned("TranscribeStreaming", "startStreamTranscription", talk)).rejects.toMatchObject({
      code: "Configuration",
      message: "StartStreamTranscription cannot be presigned with a stream as its body. Call the operation instead.",
    });
    expect(isRead).toBe(false);
  }, 60_000);
});
