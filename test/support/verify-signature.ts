import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";

/** A request as a server received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** As received, percent-encoded. */
  readonly path: string;
  /** As received, without `?`. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Uint8Array | undefined;
}

export interface ExpectedSigner {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
  readonly region: string;
  readonly service: string;
  /** False for Amazon S3, which signs the path as it is sent. */
  readonly escapesPath?: boolean;
  /** False if the body is not read yet, and is compared with its stated hash later. */
  readonly checksBody?: boolean;
}

/**
 * Verifies a signature in headers with the official signer: it signs a request of the signed headers, at the date of the
 * request. Fails with both signatures if they differ.
 */
export async function verifySignature(request: ReceivedRequest, expected: ExpectedSigner): Promise<void> {
  const { accessKeyId, secretAccessKey, sessionToken } = expected.credentials;
  const authorization = headerOf(request, "authorization");
  const parts = /SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(authorization);
  if (!parts) throw new Error(`no header-form signature in: ${authorization}`);
  const [, list = "", signature = ""] = parts;
  const signedHeaders = list.split(";");
  if (expected.checksBody !== false) await checkStatedHash(request);

  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
    region: expected.region,
    service: expected.service,
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: expected.escapesPath ?? true,
  });
  const again = await signer.sign(
    {
      method: request.method,
      protocol: "https:",
      hostname: headerOf(request, "host"),
      path: request.path,
      query: queryOf(request.query),
      headers: Object.fromEntries(signedHeaders.map((name) => [name, headerOf(request, name)])),
      body: request.body,
    },
    { signingDate: dateOf(headerOf(request, "x-amz-date")), signableHeaders: new Set(signedHeaders) },
  );
  if (again.headers["authorization"] === authorization) return;
  throw new Error(
    `${request.method} ${request.path}: the signature is ${signature}, the official signer's is not\n` +
      `  sent:     ${authorization}\n  official: ${again.headers["authorization"]}`,
  );
}

/** The signer uses a stated hash of the body. It is checked here, so that a changed body is found. */
async function checkStatedHash(request: ReceivedRequest): Promise<void> {
  const stated = request.headers["x-amz-content-sha256"];
  if (stated === undefined || stated === "UNSIGNED-PAYLOAD") return;
  const hash = new Sha256();
  hash.update(request.body ?? "");
  const actual = Buffer.from(await hash.digest()).toString("hex");
  if (stated !== actual) throw new Error(`x-amz-content-sha256 is ${stated.toString()}, the body's hash is ${actual}`);
}

function headerOf(request: ReceivedRequest, name: string): string {
  const value = request.headers[name];
  if (value === undefined) throw new Error(`${request.method} ${request.path} came without the header "${name}"`);
  return typeof value === "string" ? value : value.join(",");
}

function queryOf(query: string): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query.replaceAll("+", "%2B"))) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return Object.fromEntries(values);
}

function dateOf(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
