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

/** A response to HEAD and one with status 304 have no body: only the status can name the error. */
export function statusName({ http }: Operation, status: number): string | undefined {
  return status === 304 || http?.method === "HEAD" ? statusNames[status] : undefined;
}
