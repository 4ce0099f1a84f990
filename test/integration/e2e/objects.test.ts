import { createHash } from "node:crypto";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { HttpRequest, Transport } from "#runtime/schema/http.js";
import { generateClient } from "../../support/generate-client.js";
import { root } from "../../support/shared.js";

type Call = (client: object, input: object) => Promise<object>;

interface Response {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const { module } = await generateClient(join(root, "test/fixtures/s3/model.json"));
const S3Client = module["S3Client"] as new (options: object) => object;
const call = (name: string): Call => module[name] as Call;
const createBucket = call("createBucket");
const putObject = call("putObject");
const getObject = call("getObject");
const headObject = call("headObject");
const copyObject = call("copyObject");
const listParts = call("listParts");

const settings = { region: "eu-west-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } };
const place = { Bucket: "pond", Key: "a" };

function clientOf(
  response: Response = {},
  options: object = {},
): { readonly client: object; readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const { status = 200, headers = {}, body = "" } = response;
  const transport: Transport = {
    send(request) {
      sent.push(request);
      return Promise.resolve({ status, headers, body: Buffer.from(body) });
    },
    close: () => Promise.resolve(),
  };
  return { client: new S3Client({ ...settings, transport, maxAttempts: 1, ...options }), sent };
}

async function sentBy(operation: Call, input: object, options: object = {}): Promise<HttpRequest> {
  const { client, sent } = clientOf({ body: "<Root/>" }, options);
  await operation(client, input);
  return sent[0] as HttpRequest;
}

describe("a bucket", () => {
  it("is created in the client's Region, and the input stays as it is", async () => {
    const input = { Bucket: "pond" };
    const { body } = await sentBy(createBucket, input);
    expect(String(body)).toContain("<LocationConstraint>eu-west-1</LocationConstraint>");
    const empty = { Bucket: "pond", CreateBucketConfiguration: {} };
    expect(String((await sentBy(createBucket, empty)).body)).toContain("<LocationConstraint>eu-west-1<");
    expect([input, empty]).toEqual([{ Bucket: "pond" }, { Bucket: "pond", CreateBucketConfiguration: {} }]);
  });

  it.each(["us-east-1", "aws-global"])("has no constraint in %s", async (region) => {
    expect((await sentBy(createBucket, { Bucket: "pond" }, { region })).body).toBeUndefined();
  });

  it("is created where the input states", async () => {
    const inRegion = { Bucket: "pond", CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } };
    expect(String((await sentBy(createBucket, inRegion)).body)).toContain("<LocationConstraint>eu-central-1<");
    const inZone = { Bucket: "pond", CreateBucketConfiguration: { Location: { Name: "euw1-az1" } } };
    expect(String((await sentBy(createBucket, inZone)).body)).not.toContain("LocationConstraint");
  });
});

describe("a customer key", () => {
  const bytes = Buffer.alloc(32, 7);
  const md5 = (key: Buffer | string): string => createHash("md5").update(key).digest("base64");

  it.each<[string, unknown, string, string]>([
    ["bytes", new Uint8Array(bytes), bytes.toString("base64"), md5(bytes)],
    ["text", "k".repeat(32), Buffer.from("k".repeat(32)).toString("base64"), md5("k".repeat(32))],
    ["text beyond ASCII", "ß".repeat(16), Buffer.from("ß".repeat(16)).toString("base64"), md5("ß".repeat(16))],
    ["the base64 of 32 bytes", bytes.toString("base64"), bytes.toString("base64"), md5(bytes)],
    [
      "the base64 of another length",
      Buffer.alloc(24).toString("base64"),
      Buffer.from(Buffer.alloc(24).toString("base64")).toString("base64"),
      md5(Buffer.alloc(24).toString("base64")),
    ],
  ])("given as %s is sent in base64 with its MD5", async (_form, SSECustomerKey, key, keyMd5) => {
    expect((await sentBy(putObject, { ...place, SSECustomerKey })).headers).toMatchObject({
      "x-amz-server-side-encryption-customer-key": key,
      "x-amz-server-side-encryption-customer-key-md5": keyMd5,
    });
  });

  it("of a source is, too, and the input stays as it is", async () => {
    const input = { ...place, CopySource: "pond/b", SSECustomerKey: bytes, CopySourceSSECustomerKey: "k".repeat(32) };
    const { headers } = await sentBy(copyObject, input);
    expect(headers).toMatchObject({
      "x-amz-server-side-encryption-customer-key-md5": md5(bytes),
      "x-amz-copy-source-server-side-encryption-customer-key": Buffer.from("k".repeat(32)).toString("base64"),
      "x-amz-copy-source-server-side-encryption-customer-key-md5": md5("k".repeat(32)),
    });
    expect(Object.keys(input)).toHaveLength(5);
  });

  it("that is not given sends no headers", async () => {
    const { headers } = await sentBy(putObject, { ...place, SSECustomerKey: "" });
    expect(Object.keys(headers).filter((name) => name.endsWith("-md5"))).toEqual([]);
  });
});

describe("the header Expires of an object", () => {
  const date = "Thu, 01 Dec 2026 16:00:00 GMT";

  it.each<[string, string, object]>([
    ["a date", date, { Expires: new Date(date), ExpiresString: date }],
    ["no date", "never", { ExpiresString: "never" }],
    ["a zero", "0", { ExpiresString: "0" }],
  ])("is in ExpiresString as it was sent, and in Expires where it is a date: %s", async (_kind, expires, members) => {
    for (const read of [getObject, headObject]) {
      const output = (await read(clientOf({ headers: { expires } }).client, place)) as Record<string, unknown>;
      expect({ Expires: output["Expires"], ExpiresString: output["ExpiresString"] }).toEqual({
        Expires: undefined,
        ...members,
      });
    }
  });

  it("is given as a date", async () => {
    expect((await sentBy(putObject, { ...place, Expires: new Date(date) })).headers["expires"]).toBe(
      date.replace("Thu", "Tue"),
    );
  });
});

describe("an error of S3", () => {
  it.each([
    [301, "MovedPermanently"],
    [304, "NotModified"],
    [400, "BadRequest"],
    [403, "Forbidden"],
    [404, "NotFound"],
    [412, "PreconditionFailed"],
    [416, "RangeNotSatisfiable"],
    [500, "InternalServerError"],
    [503, "ServiceUnavailable"],
  ])("to a HEAD is named by its status: %i is %s", async (status, name) => {
    await expect(headObject(clientOf({ status }).client, place)).rejects.toMatchObject({
      code: "Service",
      name,
      status,
    });
  });

  it("to a HEAD is the modelled one", async () => {
    const NotFound = module["NotFound"] as new (fields: object) => Error;
    await expect(headObject(clientOf({ status: 404 }).client, place)).rejects.toBeInstanceOf(NotFound);
  });

  it("to a conditional GET is NotModified", async () => {
    const error = getObject(clientOf({ status: 304 }).client, { ...place, IfNoneMatch: '"a"' });
    await expect(error).rejects.toMatchObject({ code: "Service", name: "NotModified", status: 304 });
  });

  it("without a body, but with a request ID, is named by its status", async () => {
    const headers = { "x-amz-request-id": "r-1", "x-amz-bucket-region": "us-west-2" };
    for (const [status, name] of [
      [403, "Forbidden"],
      [412, "PreconditionFailed"],
      [503, "ServiceUnavailable"],
    ] as const) {
      const error = getObject(clientOf({ status, headers }).client, place);
      await expect(error).rejects.toMatchObject({ code: "Service", name, requestId: "r-1" });
    }
    await expect(getObject(clientOf({ status: 301, headers }).client, place)).rejects.toMatchObject({
      name: "MovedPermanently",
      Region: "us-west-2",
    });
  });

  it("without a body to any other request is still unexpected", async () => {
    await expect(getObject(clientOf({ status: 502 }).client, place)).rejects.toMatchObject({
      code: "UnexpectedResponse",
    });
  });

  const elsewhere =
    "<Error><Code>PermanentRedirect</Code><Message>Use the other endpoint.</Message><Endpoint>pond.s3-us-west-2.amazonaws.com</Endpoint><Bucket>pond</Bucket></Error>";

  it("that redirects names the right Region and endpoint", async () => {
    const response = { status: 301, headers: { "x-amz-bucket-region": "us-west-2" }, body: elsewhere };
    await expect(listParts(clientOf(response).client, place)).rejects.toMatchObject({
      name: "PermanentRedirect",
      message:
        'Use the other endpoint. The service reports that its bucket has region: "us-west-2", endpoint pond.s3-us-west-2.amazonaws.com.',
      Region: "us-west-2",
      Endpoint: "pond.s3-us-west-2.amazonaws.com",
      Bucket: "pond",
    });
    const head = { status: 301, headers: { "x-amz-bucket-region": "us-west-2" } };
    await expect(headObject(clientOf(head).client, place)).rejects.toMatchObject({
      name: "MovedPermanently",
      message: 'The bucket is elsewhere (status 301). The service reports that its bucket has region: "us-west-2".',
    });
  });

  it("for a signature of another Region names the right one", async () => {
    const body =
      "<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'eu-west-1' is wrong; expecting 'us-west-2'</Message><Region>us-west-2</Region></Error>";
    await expect(listParts(clientOf({ status: 400, body }).client, place)).rejects.toMatchObject({
      message: expect.stringContaining('region: "us-west-2"') as string,
    });
  });

  it("keeps what its model does not name, out of what is printed", async () => {
    const body =
      "<Error><Code>NoSuchKey</Code><Message>no</Message><Key>a b</Key><BucketName>pond</BucketName><ActualObjectSize>7</ActualObjectSize><CanonicalRequest>x-amz-security-token:abc</CanonicalRequest><name>x</name></Error>";
    const error = (await getObject(clientOf({ status: 404, body }).client, place).catch(
      (thrown: unknown) => thrown,
    )) as Error;
    expect(error).toMatchObject({ name: "NoSuchKey", Key: "a b", BucketName: "pond", ActualObjectSize: "7" });
    expect(inspect(error) + JSON.stringify(error)).not.toContain("x-amz-security-token");
  });
});
