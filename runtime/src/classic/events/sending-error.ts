import type { ConnectionError, TimeoutError } from "../../errors/client.js";
import { isClientsmithError } from "../../errors/base.js";
import { isServiceError } from "../../errors/service.js";
import { abortedError, awsError } from "../aws-error.js";
import type { Request } from "../request.js";
import type { AWSError } from "../types.js";

/** Connections closed by the peer, which AWS SDK v2 reports as timeouts. */
const brokenConnection = new Set([
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  "UND_ERR_SOCKET",
]);

/** The error of AWS SDK v2 for a response that is missing or incomplete, with the real cause. */
export function sendingError<Data, Err>(
  { httpRequest: { region, endpoint }, signal }: Request<Data, Err>,
  error: unknown,
): AWSError {
  if (signal.aborted) return abortedError();
  const { hostname, port } = endpoint;
  const fields = { retryable: true, hostname, ...(region !== undefined && { region }) };
  const failure = error instanceof Error ? error : new Error(String(error));
  if (!isClientsmithError(failure)) return awsError(failure, { ...fields, code: "NetworkingError" });
  if (failure.code === "Timeout") {
    const { phase, limit } = failure as TimeoutError;
    const message =
      phase === "connect"
        ? "Socket timed out without establishing a connection"
        : `Connection timed out after ${limit}ms`;
    return awsError(failed(failure), { ...fields, code: "TimeoutError", message });
  }
  const { systemCode = "", cause } = failure as ConnectionError;
  if (systemCode === "ENOTFOUND") {
    const message = `Inaccessible host: \`${hostname}' at port \`${port}'. This service may not be available in the \`${region}' region.`;
    return awsError(failed(failure), { ...fields, code: "UnknownEndpoint", message });
  }
  const code = brokenConnection.has(systemCode) ? "TimeoutError" : "NetworkingError";
  const message = wordsOfNode(systemCode, cause) || failure.message;
  return awsError(failed(failure), { ...fields, code, message });
}

/** The error of AWS SDK v2 for one that the service sends among its events, or that breaks their stream. */
export function streamError<Data, Err>(request: Request<Data, Err>, error: unknown): AWSError {
  if (isServiceError(error)) {
    const { name, message, status, requestId, retryable } = error;
    const fields = {
      ...(status !== undefined && { statusCode: status }),
      ...(requestId !== undefined && { requestId }),
    };
    return awsError(failed(error), { ...fields, code: name, message, retryable });
  }
  if (isClientsmithError(error) && error.code === "UnexpectedResponse") {
    return awsError(failed(error), { code: error.code, message: error.message });
  }
  return sendingError(request, error);
}

/** Node's message texts for a closed socket and for an invalid response, in place of undici's. */
function wordsOfNode(systemCode: string, cause: unknown): string | undefined {
  if (systemCode === "UND_ERR_SOCKET") return "socket hang up";
  const { message } = (cause ?? {}) as Partial<Error>;
  return message?.replace(/^Response does not match the HTTP\/1\.1 protocol \((.*)\)$/, "Parse Error: $1");
}

/** An error that is still to be filled in, with its cause. */
function failed(cause: Error): Error {
  return Object.assign(new Error(), { originalError: cause });
}
