import type { ApiKeyIdentity } from "../config/identity.js";
import { CredentialsError } from "../errors/client.js";
import type { HttpRequest } from "../schema/http.js";
import type { AuthScheme } from "./auth-scheme.js";
import { maskHeader } from "./support/mask.js";
import { missingIdentity } from "./support/missing-identity.js";
import { checkExpiration, optionIdentity } from "./support/option-identity.js";
import { requireSecrecy } from "./support/secrecy.js";

/** Value of the trait: where the key is sent. */
export interface ApiKeyLocation {
  /** Name of the header or the query parameter. */
  readonly name: string;
  readonly in: "header" | "query";
  /** Prefix of the key in the header: `ApiKey`. */
  readonly scheme?: string;
}

const optionApiKey = /* @__PURE__ */ optionIdentity("apiKey", checkApiKey);

/**
 * `smithy.api#httpApiKeyAuth`: the key of the client option `apiKey`, in a header or the query.
 *
 * @see https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth-trait
 */
export function httpApiKey(location: ApiKeyLocation): AuthScheme {
  return {
    id: "smithy.api#httpApiKeyAuth",
    name: "httpApiKeyAuth",
    family: "httpApiKeyAuth",
    identity: (client) => (optionApiKey.sourceOf(client) ? "option" : "none"),
    async sign(context) {
      const { client, request, state, signal } = context;
      const source = optionApiKey.sourceOf(client);
      if (!source) throw missingIdentity(context);
      requireSecrecy(request, "The API key");
      const { apiKey } = await source.get({ signal });
      state.signedAt = client.clock.now();
      return withKey(request, apiKey, location);
    },
    renew: (context) => optionApiKey.renew(context),
    describe: ({ state }) => (state.signedAt === 0 ? "no" : "no: an API key was sent"),
    redact: (request) => withoutKey(request, location),
    lacks: () => ({ what: "an API key", set: "the client option apiKey" }),
  };
}

function withKey(request: HttpRequest, key: string, { name, in: location, scheme }: ApiKeyLocation): HttpRequest {
  if (location === "header") {
    const value = scheme === undefined ? key : `${scheme} ${key}`;
    return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } };
  }
  const parameter = `${encodeURIComponent(name)}=${encodeURIComponent(key)}`;
  return { ...request, query: request.query === "" ? parameter : `${request.query}&${parameter}` };
}

function withoutKey(request: HttpRequest, { name, in: location, scheme }: ApiKeyLocation): HttpRequest {
  if (location === "header") return maskHeader(request, name.toLowerCase(), scheme === undefined ? "" : `${scheme} `);
  const start = `${encodeURIComponent(name)}=`;
  const parameters = request.query.split("&");
  if (!parameters.some((each) => each.startsWith(start))) return request;
  return { ...request, query: parameters.map((each) => (each.startsWith(start) ? `${start}***` : each)).join("&") };
}

/** A message never contains the key. */
function checkApiKey(value: unknown, source: string): ApiKeyIdentity {
  const identity = (typeof value === "string" ? { apiKey: value } : (value ?? {})) as Partial<ApiKeyIdentity>;
  const { apiKey } = identity;
  if (typeof apiKey !== "string" || apiKey === "") {
    throw new CredentialsError(`${source} must be an API key or { apiKey: "…" }, with an optional expiration`);
  }
  if (!/^[\x21-\x7E]([\x20-\x7E]*[\x21-\x7E])?$/.test(apiKey)) {
    throw new CredentialsError(
      `${source} cannot be used: the API key contains a line break, a space at an end or another invalid character`,
    );
  }
  checkExpiration(identity, source);
  return { ...identity, apiKey };
}
