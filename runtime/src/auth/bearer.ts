import type { CallContext } from "../features/context.js";
import type { HttpRequest } from "../schema/http.js";
import type { AuthScheme } from "./auth-scheme.js";
import { httpBearer, sendToken } from "./http-bearer.js";
import { environmentToken, optionToken, tokenVariable } from "./support/token.js";

/**
 * `smithy.api#httpBearerAuth` of a service of AWS: a bearer token of the client option `token`, or of the environment
 * variable `AWS_BEARER_TOKEN_<SIGNING NAME>`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer(): AuthScheme {
  return {
    ...httpBearer(),
    identity(client) {
      if (optionToken.sourceOf(client)) return "option";
      return environmentToken(client) ? "environment" : "none";
    },
    sign: signWithToken,
    lacks: ({ service }) => {
      const variable = tokenVariable(service);
      const orSet = variable === undefined ? "" : `, or set ${variable}`;
      return { what: "a bearer token", set: `the client option token${orSet}` };
    },
  };
}

async function signWithToken(context: CallContext): Promise<HttpRequest> {
  const { client, state, maxAttempts } = context;
  const source = optionToken.sourceOf(client) ?? environmentToken(client);
  const { headers, ...request } = await sendToken(context, source);
  return { ...request, headers: { "amz-sdk-request": `attempt=${state.attempts}; max=${maxAttempts}`, ...headers } };
}
