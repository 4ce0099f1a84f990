import { algorithm } from "./canonical.js";

/** The algorithm of AWS Signature Version 4A, which is valid in several Regions. */
export const asymmetricAlgorithm = "AWS4-ECDSA-P256-SHA256";

/** A request as a server received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Percent-encoded, as received. */
  readonly path: string;
  /** Without `?`, as received. */
  readonly query: string;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Uint8Array | undefined;
}

/** The signature of a request, parsed. */
export interface SignatureClaim {
  readonly form: "header" | "query";
  readonly algorithm: string;
  readonly accessKeyId: string;
  /** `20150830/us-east-1/cloudtrail/aws4_request`; without the Region in version 4A. */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20150830T123600Z`. */
  readonly signingDate: string;
  readonly sessionToken: string | undefined;
  /** Seconds that a query-form signature stays valid. */
  readonly expiresIn: number | undefined;
  /** The Regions of a signature of version 4A, as sent: `us-east-1,us-west-2` or `*`. */
  readonly regionSet: string | undefined;
}

/** Why a request is not authentic: AWS's error code and a similar message. */
export interface Rejection {
  readonly ok: false;
  readonly code:
    | "MissingAuthenticationTokenException"
    | "IncompleteSignatureException"
    | "UnrecognizedClientException"
    | "ExpiredTokenException"
    | "InvalidSignatureException";
  readonly message: string;
}

export function reject(code: Rejection["code"], message: string): Rejection {
  return { ok: false, code, message };
}

/** Parses the signature of a request, in the header form or the query form. */
export function readClaim(request: ReceivedRequest): SignatureClaim | Rejection {
  const authorization = single(request.headers["authorization"]);
  if (authorization !== undefined) return claimOfHeader(authorization, request);
  const query = new URLSearchParams(request.query);
  if (query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature")) return claimOfQuery(query);
  return reject("MissingAuthenticationTokenException", "Missing Authentication Token");
}

function claimOfHeader(authorization: string, request: ReceivedRequest): SignatureClaim | Rejection {
  const [scheme, parameters] = splitOnce(authorization, " ");
  if (!isAlgorithm(scheme)) {
    return reject("IncompleteSignatureException", `Authorization must begin with ${algorithm}`);
  }
  const given = new Map(parameters.split(",").map((parameter) => splitOnce(parameter.trim(), "=")));
  const signingDate = single(request.headers["x-amz-date"]);
  const problems = ["Credential", "SignedHeaders", "Signature"]
    .filter((name) => !given.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!signingDate) problems.push("Authorization header requires existence of an 'X-Amz-Date' header.");
  if (problems.length > 0) return reject("IncompleteSignatureException", problems.join(" "));
  return {
    form: "header",
    algorithm: scheme,
    ...splitCredential(given.get("Credential") ?? ""),
    signedHeaders: (given.get("SignedHeaders") ?? "").split(";"),
    signature: given.get("Signature") ?? "",
    signingDate: signingDate ?? "",
    sessionToken: single(request.headers["x-amz-security-token"]),
    expiresIn: undefined,
    regionSet: single(request.headers["x-amz-region-set"]),
  };
}

function claimOfQuery(query: URLSearchParams): SignatureClaim | Rejection {
  const names = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"];
  const missing = names.map((name) => `X-Amz-${name}`).filter((name) => !query.get(name));
  if (missing.length > 0) {
    return reject("IncompleteSignatureException", missing.map((name) => `Query requires '${name}'.`).join(" "));
  }
  const stated = query.get("X-Amz-Algorithm") ?? "";
  if (!isAlgorithm(stated)) {
    return reject("IncompleteSignatureException", `X-Amz-Algorithm must be ${algorithm}`);
  }
  const expiresIn = Number(query.get("X-Amz-Expires"));
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > 604_800) {
    return reject("IncompleteSignatureException", "X-Amz-Expires must be a number of seconds from 1 to 604800");
  }
  return {
    form: "query",
    algorithm: stated,
    ...splitCredential(query.get("X-Amz-Credential") ?? ""),
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature: query.get("X-Amz-Signature") ?? "",
    signingDate: query.get("X-Amz-Date") ?? "",
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
    expiresIn,
    regionSet: query.get("X-Amz-Region-Set") ?? undefined,
  };
}

function isAlgorithm(text: string): boolean {
  return text === algorithm || text === asymmetricAlgorithm;
}

function splitCredential(credential: string): Pick<SignatureClaim, "accessKeyId" | "scope"> {
  const [accessKeyId, scope] = splitOnce(credential, "/");
  return { accessKeyId, scope };
}

/** The parts before and after the first `separator`. */
function splitOnce(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "object" ? value.join(",") : value;
}
