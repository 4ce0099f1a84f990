import type { AuthScheme } from "../auth/auth-scheme.js";
import type { ReceivedRequest } from "../signing/verify.js";
import { decodeUtf8 } from "../text/bytes.js";
import { maskedRequest } from "./identity.js";

/** A request that the service received, and its response. */
export interface RecordedRequest {
  /** 1 for the first request of the service, and so on. */
  readonly number: number;
  /** Name of the operation in the model: `LookupEvents`; undefined for an unknown operation. */
  readonly operation: string | undefined;
  /** Number of the attempt within a call, from 1, if the client sends it (in `amz-sdk-request`, as AWS SDKs do). */
  readonly attempt: number | undefined;
  readonly method: string;
  /** Percent-encoded, as received. */
  readonly path: string;
  /** Without `?`, as received; an API key is masked. */
  readonly query: string;
  /** Header names are in lower case. Signature, session token and other identities are masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text. */
  readonly body: string;
  /** The input, once it was parsed. */
  readonly input: object | undefined;
  /** Access key ID of the signature, once it was verified. */
  readonly accessKeyId: string | undefined;
  /** The Region of the signature, once it was verified. */
  readonly region: string | undefined;
  /** The request ID of the response. */
  readonly requestId: string;
  /** HTTP status of the response; undefined before a response, and if none was sent. */
  readonly status: number | undefined;
  /** Name of the error in the response. */
  readonly error: string | undefined;
  /** The thrown value, if the response is an `InternalFailure`. */
  readonly cause: unknown;
}

/** A record while the request is processed. */
export type OpenRecord = { -readonly [Field in keyof RecordedRequest]: RecordedRequest[Field] };

export function openRecord(
  number: number,
  request: ReceivedRequest,
  operation: string | undefined,
  schemes: readonly AuthScheme[],
): OpenRecord {
  const { method, path, body = "" } = request;
  const { headers, query } = maskedRequest(request, schemes);
  return {
    number,
    operation,
    attempt: statedAttempt(request),
    method,
    path,
    query,
    headers: withoutSignature(headers),
    body: typeof body === "string" ? body : decodeUtf8(body),
    input: undefined,
    accessKeyId: undefined,
    region: undefined,
    requestId: requestIdOf(number),
    status: undefined,
    error: undefined,
    cause: undefined,
  };
}

/** In the form of AWS's request IDs, and reproducible. */
function requestIdOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

function statedAttempt({ headers }: ReceivedRequest): number | undefined {
  const stated = /(?:^|;)\s*attempt=(\d+)/.exec(String(headers["amz-sdk-request"] ?? ""));
  return stated ? Number(stated[1]) : undefined;
}

function withoutSignature(headers: Readonly<Record<string, string>>): Record<string, string> {
  const masked = { ...headers };
  if (masked["x-amz-security-token"] !== undefined) masked["x-amz-security-token"] = "***";
  const { authorization } = headers;
  if (authorization !== undefined) masked["authorization"] = authorization.replace(/Signature=.*/, "Signature=***");
  return masked;
}
