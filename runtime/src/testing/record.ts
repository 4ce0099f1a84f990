import type { ReceivedRequest } from "../signing/verify.js";
import { decodeUtf8 } from "../text/bytes.js";

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
  /** Without `?`, as received. */
  readonly query: string;
  /** Header names are in lower case. The signature and the session token are masked. */
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

export function openRecord(number: number, request: ReceivedRequest, operation: string | undefined): OpenRecord {
  const { method, path, query, body = "" } = request;
  return {
    number,
    operation,
    attempt: statedAttempt(request),
    method,
    path,
    query,
    headers: maskedHeaders(request),
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

function maskedHeaders({ headers }: ReceivedRequest): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : value.join(", ");
    if (name === "x-amz-security-token") masked[name] = "***";
    else if (name === "authorization")
      masked[name] = text.replace(/Signature=.*|(?<=^Bearer ).*/, (part) =>
        part.startsWith("Signature=") ? "Signature=***" : "***",
      );
    else masked[name] = text;
  }
  return masked;
}
