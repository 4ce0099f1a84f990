import type { CallContext } from "../call/context.js";
import { ConfigurationError, CredentialsError } from "../errors/client.js";
import type { HttpRequest } from "../transport/types.js";
import { type TokenSource, tokenVariable } from "./token.js";

/** Hosts that plain http does not leave this machine for. */
const loopback = /^(127(\.\d{1,3}){3}|\[::1\]|localhost|[\w.-]+\.localhost)$/;

/** The request with a bearer token, as RFC 6750 (section 2.1) sends it. */
export async function sendToken(source: TokenSource | undefined, exchange: CallContext): Promise<HttpRequest> {
  const { client, request, state, signal, maxAttempts } = exchange;
  if (!source) throw missingToken(exchange);
  const { protocol, hostname } = new URL(request.origin);
  if (protocol === "http:" && !loopback.test(hostname)) {
    throw new ConfigurationError(
      `The bearer token would go over plain http to ${hostname}, where whoever sees it can use it. Give an endpoint that starts with https:`,
    );
  }
  const { token } = await source.get({ signal });
  state.signedAt = client.clock.now();
  const attempt = `attempt=${state.attempts}; max=${maxAttempts}`;
  return { ...request, headers: { "amz-sdk-request": attempt, ...request.headers, authorization: `Bearer ${token}` } };
}

function missingToken({ client, operation }: CallContext): CredentialsError {
  const variable = tokenVariable(client.service);
  const orSet = variable === undefined ? "" : `, or set ${variable}`;
  return new CredentialsError(
    `${operation.name} is authenticated by a bearer token, and there is none. Give the client option token${orSet}.`,
  );
}
