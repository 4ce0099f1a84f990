import type { AuthScheme } from "../auth/auth-scheme.js";
import type { HttpRequest } from "../schema/http.js";
import type { Operation, Service } from "../schema/service.js";
import type { ReceivedRequest } from "../signing/verify.js";

/** The auth schemes of an operation; those of the service if it has none of its own, or if it is unknown. */
export function schemesOf(operation: Operation | undefined, service: Service): readonly AuthScheme[] {
  return (operation?.authSchemes ?? service.authSchemes ?? []) as readonly AuthScheme[];
}

/** The headers and the query of a request, with `***` in place of what the schemes keep secret. */
export function maskedRequest(
  request: ReceivedRequest,
  schemes: readonly AuthScheme[],
): Pick<HttpRequest, "headers" | "query"> {
  return schemes.reduce((masked, { redact }) => redact?.(masked) ?? masked, asSent(request));
}

/** A received request in the form that auth schemes know. */
export function asSent({ method, path, query, headers }: ReceivedRequest): HttpRequest {
  const joined = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "object" ? value.join(", ") : value] as const],
  );
  return { method, origin: "", path, query, headers: Object.fromEntries(joined) };
}
