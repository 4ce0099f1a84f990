import type { CallContext } from "../features/context.js";
import { ConfigurationError, CredentialsError } from "../errors/client.js";
import type { HttpRequest } from "../schema/http.js";
import type { AuthScheme } from "./auth-scheme.js";
import { tokenSourceOf, tokenVariable } from "./support/token.js";

/** Hosts that are reached without leaving this machine. */
const loopback = /^(127(\.\d{1,3}){3}|\[::1\]|localhost|[\w.-]+\.localhost)$/;

/**
 * `smithy.api#httpBearerAuth`: a bearer token of the client option `token`, or of the environment variable
 * `AWS_BEARER_TOKEN_<SIGNING NAME>`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(): AuthScheme {
  return {
    id: "smithy.api#httpBearerAuth",
    name: "bearer",
    family: "bearer",
    identity(client) {
      const source = tokenSourceOf(client);
      if (!source) return "none";
      return source.isFromEnvironment ? "environment" : "option";
    },
    sign: sendToken,
    describe: ({ state }) => (state.signedAt === 0 ? "no" : "no: a bearer token was sent"),
    redact: (headers) => ({ ...headers, authorization: "Bearer ***" }),
  };
}

async function sendToken(context: CallContext): Promise<HttpRequest> {
  const { client, request, state, signal, maxAttempts } = context;
  const source = tokenSourceOf(client);
  if (!source) throw missingToken(context);
  const { protocol, hostname } = new URL(request.origin);
  if (protocol === "http:" && !loopback.test(hostname)) {
    throw new ConfigurationError(
      `The bearer token would be sent over plain http to ${hostname}, where others can read and use it. Use an endpoint that starts with https:`,
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
    `${operation.name} requires a bearer token, and there is none. Set the client option token${orSet}.`,
  );
}
