import { decodeUtf8 } from "../../text/bytes.js";
import type { HttpResponse } from "../../transport/types.js";

/** What a JSON protocol's error response names, before any descriptor is applied. */
export interface JsonErrorBody {
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly body: Record<string, unknown>;
}

/**
 * Where JSON protocols name an error: the `X-Amzn-Errortype` header, else `code` or `__type` in the body.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization
 */
export function readJsonError(response: HttpResponse): JsonErrorBody {
  const body = errorObject(response);
  const type = [response.headers["x-amzn-errortype"], body["__type"], body["code"], body["Code"]].find(
    (value) => typeof value === "string" && value !== "",
  );
  const message = [body["message"], body["Message"], body["errorMessage"]].find((value) => typeof value === "string");
  return {
    code: typeof type === "string" ? errorCode(type) : undefined,
    message: typeof message === "string" ? message : undefined,
    body,
  };
}

/** `aws.protocoltests#FooError:http://…` is `FooError`. */
function errorCode(type: string): string {
  const withoutUri = type.split(":", 1)[0] ?? type;
  return withoutUri.slice(withoutUri.indexOf("#") + 1).trim();
}

/** An error whose body is no JSON object (a proxy's page, nothing at all) is still an error: it just names nothing. */
function errorObject(response: HttpResponse): Record<string, unknown> {
  const text = decodeUtf8(response.body);
  if (!text.trimStart().startsWith("{")) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
