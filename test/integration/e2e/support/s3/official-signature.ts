import { createHmac } from "node:crypto";
import { Sha256 } from "@aws-crypto/sha256-js";
import { getSigningKey, SignatureV4 } from "@smithy/signature-v4";
import { type ReceivedRequest, verifySignature } from "../../../../support/verify-signature.js";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const region = "eu-west-1";
const service = "s3";

/**
 * Checks the signature of a request, in its headers or its query, with the official signer. Throws if it is another. The
 * body is not read yet.
 */
export async function checkSignature(request: ReceivedRequest, credentials: Keys): Promise<void> {
  if (request.headers["authorization"] !== undefined) {
    return verifySignature(request, { credentials, region, service, escapesPath: false, checksBody: false });
  }
  const query = Object.fromEntries(new URLSearchParams(request.query.replaceAll("+", "%2B")));
  const { "X-Amz-Signature": signature, "X-Amz-Expires": expires, "X-Amz-Date": date = "", ...rest } = query;
  const signed = (query["X-Amz-SignedHeaders"] ?? "").split(";");
  const loose = Object.keys(request.headers).filter((name) => name.startsWith("x-amz-") && !signed.includes(name));
  if (loose.length > 0)
    throw new Error(`There were headers present in the request which were not signed: ${loose.join()}`);
  const signingDate = dateOf(date);
  if (signingDate.getTime() + Number(expires) * 1000 < Date.now()) throw new Error("Request has expired");
  const others = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("X-Amz-")));
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, uriEscapePath: false });
  const again = await signer.presign(
    {
      method: request.method,
      protocol: "http:",
      hostname: String(request.headers["host"]),
      path: request.path,
      query: others,
      headers: {
        ...Object.fromEntries(signed.map((name) => [name, String(request.headers[name])])),
        // The signer moves it to the query, as the official clients do.
        "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
      },
    },
    {
      signingDate,
      expiresIn: Number(expires),
      unhoistableHeaders: new Set(signed),
      signableHeaders: new Set(signed),
    },
  );
  if (again.query?.["X-Amz-Signature"] !== signature) throw new Error("SignatureDoesNotMatch");
}

/** Checks the signature of a form's policy with the official derivation of keys. */
export async function checkPolicySignature(fields: ReadonlyMap<string, string>, keys: Keys): Promise<void> {
  const [accessKeyId, day = "", zone = "", name = ""] = (fields.get("x-amz-credential") ?? "").split("/");
  if (accessKeyId !== keys.accessKeyId || zone !== region || name !== service) throw new Error("InvalidAccessKeyId");
  const key = await getSigningKey(Sha256, keys, day, zone, name);
  const signature = createHmac("sha256", key)
    .update(fields.get("policy") ?? "")
    .digest("hex");
  if (signature !== fields.get("x-amz-signature")) throw new Error("SignatureDoesNotMatch");
}

function dateOf(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
