import type { ReceivedRequest } from "../signing/verify.js";
import { decodeUtf8 } from "../text/bytes.js";

/** One request that the service got, and what came of it. */
export interface RecordedRequest {
  /** 1 for the first request of the service, and so on. */
  readonly number: number;
  /** Name of the operation in the model: `LookupEvents`; undefined where the request names none. */
  readonly operation: string | undefined;
  /** Which attempt of a call this is, 1 or more, where the client says so (in `amz-sdk-request`, as AWS's SDKs do). */
  readonly attempt: number | undefined;
  readonly method: string;
  /** Percent-encoded, as it came. */
  readonly path: string;
  /** Without `?`, as it came. */
  readonly query: string;
  /** Lower-case names. The signature and the session token are masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text. */
  readonly body: string;
  /** The input in the model's form, once it was read. */
  readonly input: object | undefined;
  /** Whose key signed the request, once the signature was verified. */
  readonly accessKeyId: string | undefined;
  /** Region that the request was signed for, once the signature was verified. */
  readonly region: string | undefined;
  /** Id that the answer carries. */
  readonly requestId: string;
  /** HTTP status of the answer; undefined while there is none, and where none was sent. */
  readonly status: number | undefined;
  /** Name of the error in the answer. */
  readonly error: string | undefined;
  /** What was thrown, where the answer is an `InternalFailure`. */
  readonly cause: unknown;
}

/** A record that is still being filled. */
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

/** Looks like the ids of AWS, and is the same in every run. */
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
