import { CredentialsError } from "../errors/client.js";
import { encodeBase64 } from "../text/bytes.js";
import type { AuthScheme } from "./auth-scheme.js";
import { loginLack, optionLogin } from "./support/login.js";
import { maskHeader } from "./support/mask.js";
import { missingIdentity } from "./support/missing-identity.js";
import { requireSecrecy } from "./support/secrecy.js";

/**
 * `smithy.api#httpBasicAuth`: user name and password of the client option `login`, in UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7617
 */
export function httpBasic(): AuthScheme {
  return {
    id: "smithy.api#httpBasicAuth",
    name: "httpBasicAuth",
    family: "httpBasicAuth",
    identity: (client) => (optionLogin.sourceOf(client) ? "option" : "none"),
    async sign(context) {
      const { client, request, state, signal } = context;
      const source = optionLogin.sourceOf(client);
      if (!source) throw missingIdentity(context);
      requireSecrecy(request, "The password");
      const { username, password } = await source.get({ signal });
      if (username.includes(":")) throw new CredentialsError("The user name of the option login contains a colon");
      state.signedAt = client.clock.now();
      const token = encodeBase64(new TextEncoder().encode(`${username}:${password}`));
      return { ...request, headers: { ...request.headers, authorization: `Basic ${token}` } };
    },
    renew: (context) => optionLogin.renew(context),
    describe: ({ state }) => (state.signedAt === 0 ? "no" : "no: user name and password were sent"),
    redact: (request) => maskHeader(request, "authorization", "Basic "),
    lacks: () => loginLack,
  };
}
