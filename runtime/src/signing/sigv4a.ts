/** AWS Signature Version 4A: one signature for several Regions. */
import type { HttpRequest } from "../schema/http.js";
import { signableHeaderNames, canonicalRequestOf } from "./canonical.js";
import { formatSigningDate } from "./date.js";
import { type SigningKeyPair, signEcdsa, keyPairOf } from "./ecdsa.js";
import { sha256Hex } from "./hash.js";
import { headersToSign, type SignedRequest } from "./sign.js";
import type { SigningAlgorithm, SigningCredentials, SigningOptions } from "./types.js";

const algorithm = "AWS4-ECDSA-P256-SHA256";

export interface AsymmetricSigningOptions extends Omit<SigningOptions, "region" | "keyCache"> {
  /** Regions in which the signature is valid: names, or `*`. */
  readonly regionSet: readonly string[];
}

/** AWS Signature Version 4A as an algorithm for any form of signature. */
export function asymmetricAlgorithm({
  credentials,
  service,
  regionSet,
}: Pick<AsymmetricSigningOptions, "credentials" | "service" | "regionSet">): SigningAlgorithm {
  return {
    name: algorithm,
    regionSet,
    scope: (signingDate) => `${signingDate.slice(0, 8)}/${service}/aws4_request`,
    sign: (text) => signEcdsa(keyOf(credentials), text),
  };
}

/**
 * Signs a request in its `authorization` header, like `signRequest` does with version 4: returns a new request and
 * replaces an existing signature. Two signatures of one request differ. Returns a promise on platforms without
 * `node:crypto`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signAsymmetric(
  request: HttpRequest,
  options: AsymmetricSigningOptions,
): HttpRequest | Promise<HttpRequest> {
  const signed = signAsymmetricInSteps(request, options);
  return signed instanceof Promise ? signed.then((made) => made.request) : signed.request;
}

/** Like {@link signAsymmetric}, and returns the intermediate steps. */
export function signAsymmetricInSteps(
  request: HttpRequest,
  options: AsymmetricSigningOptions,
): SignedRequest | Promise<SignedRequest> {
  const { credentials, regionSet } = options;
  const by = asymmetricAlgorithm(options);
  const signingDate = formatSigningDate(options.date);
  const scope = by.scope(signingDate);
  const { headers, payloadHash, unsigned } = headersToSign(request, signingDate, options);
  headers["x-amz-region-set"] = regionSet.join(",");

  const { method, origin, path, query, body, stream } = request;
  const signedHeaders = signableHeaderNames(headers);
  const canonicalRequest = canonicalRequestOf({ method, path, query, headers, signedHeaders, payloadHash }, options);
  const stringToSign = `${algorithm}\n${signingDate}\n${scope}\n${sha256Hex(canonicalRequest)}`;
  const finish = (signature: string): SignedRequest => {
    Object.assign(headers, unsigned);
    const credential = `Credential=${credentials.accessKeyId}/${scope}`;
    headers["authorization"] =
      `${algorithm} ${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
    return {
      request: { method, origin, path, query, headers, body, stream },
      steps: { canonicalRequest, stringToSign, signature },
    };
  };
  const signature = by.sign(stringToSign, scope);
  return signature instanceof Promise ? signature.then(finish) : finish(signature);
}

interface Held {
  readonly secretAccessKey: string;
  readonly keyPair: SigningKeyPair;
}

/** The key depends on the credentials only. It is released with the credentials object. */
const held = new WeakMap<SigningCredentials, Held>();

function keyOf(credentials: SigningCredentials): SigningKeyPair {
  const { accessKeyId, secretAccessKey } = credentials;
  const known = held.get(credentials);
  if (known?.secretAccessKey === secretAccessKey) return known.keyPair;
  const keyPair = keyPairOf(accessKeyId, secretAccessKey);
  held.set(credentials, { secretAccessKey, keyPair });
  return keyPair;
}
