import type { AuthScheme } from "../auth/auth-scheme.js";
import type { HttpRequest } from "../schema/http.js";
import type { Operation, Service } from "../schema/service.js";
import type { ReceivedRequest } from "../signing/verify.js";
import { Refusal } from "./failure.js";

/** The auth schemes of an operation; those of the service if it has none of its own, or if it is unknown. */
export function schemesOf(operation: Operation | undefined, service: Service): readonly AuthScheme[] {
  return (operation?.authSchemes ?? service.authSchemes ?? []) as readonly AuthScheme[];
}

/**
 * An operation whose requests are not signed requires an identity of one of its schemes, such as an API key. Whether it is a
 * valid one is decided by handlers. HTTP Digest sends nothing before a challenge, so that it is not checked.
 *
 * @throws Refusal
 */
export function requireIdentity(request: ReceivedRequest, operation: Operation, service: Service): void {
  const schemes = schemesOf(operation, service);
  if (schemes.length === 0 || schemes.some(({ id }) => id === "smithy.api#httpDigestAuth")) return;
  if (holdsIdentity(request, schemes)) return;
  const what = schemes.map(({ id, lacks }) => lacks?.({ service }).what ?? id).join(" or ");
  throw new Refusal("Unauthorized", 401, `${operation.name} requires ${what}`);
}

export function holdsIdentity(request: ReceivedRequest, schemes: readonly AuthScheme[]): boolean {
  const sent = asSent(request);
  return schemes.some(({ redact }) => redact && redact(sent) !== sent);
}

/** The headers and the query of a request, with `***` in place of what the schemes keep secret. */
export function maskedRequest(
  request: ReceivedRequest,
  schemes: readonly AuthScheme[],
): Pick<HttpRequest, "headers" | "query"> {
  return schemes.reduce((masked, { redact }) => redact?.(masked) ?? masked, asSent(request));
}

/** A received request in the form that auth schemes know. */
function asSent({ method, path, query, headers }: ReceivedRequest): HttpRequest {
  const joined = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "object" ? value.join(", ") : value] as const],
  );
  return { method, origin: "", path, query, headers: Object.fromEntries(joined) };
}
