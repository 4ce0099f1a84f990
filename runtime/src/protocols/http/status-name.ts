import type { HttpResponse } from "../../schema/http.js";
import type { Operation } from "../../schema/service.js";

/** RFC 9110, section 15: the names, without spaces, that the AWS SDKs use. */
const statusNames: Readonly<Record<number, string>> = {
  301: "MovedPermanently",
  304: "NotModified",
  307: "TemporaryRedirect",
  308: "PermanentRedirect",
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  409: "Conflict",
  412: "PreconditionFailed",
  416: "RangeNotSatisfiable",
  429: "TooManyRequests",
  500: "InternalServerError",
  501: "NotImplemented",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

/**
 * A response to HEAD and one with status 304 have no body: only the status can name the error. So it does for another
 * empty response that has a request ID, which proxies do not send.
 */
export function statusName({ http }: Operation, { status, headers, body }: HttpResponse): string | undefined {
  const isOfService = (): boolean => Object.keys(headers).some((name) => /^x-amzn?-request-?id$/.test(name));
  const isBare = status === 304 || http?.method === "HEAD" || (body.byteLength === 0 && isOfService());
  return isBare ? statusNames[status] : undefined;
}
