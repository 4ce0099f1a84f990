import type { CallContext, ClientContext } from "../features/context.js";
import type { ServiceAuthScheme } from "../schema/service.js";
import type { HttpRequest } from "../transport/types.js";

/**
 * A way to authenticate requests. A function of its own subpath makes it; services and operations name those that they accept
 * in `authSchemes`.
 */
export interface AuthScheme extends ServiceAuthScheme {
  /** Its name in the `authSchemes` of an endpoint: `sigv4a`. */
  readonly name: string;
  /** What the names of all schemes begin with that use the same identity; the endpoint chooses among these: `sigv4`. */
  readonly family: string;
  /** Which identity of the client it can use, looked up without waiting. */
  identity(client: ClientContext): IdentityOrigin;
  /** A signed copy of the request of an attempt. Fails with a `CredentialsError` where there is no identity. */
  sign(context: CallContext): HttpRequest | Promise<HttpRequest>;
  /** The part of `explain()` that says how the last attempt was signed. */
  describe(context: CallContext): string;
  /** The headers of a signed request as observers may see them; all of them where it has no such function. */
  redact?(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
}

/**
 * Where an identity comes from, the most specific first: `environment` is set for this service alone, `option` was given to
 * the client, `chain` has to be looked for at the call, `none` cannot be found.
 */
export type IdentityOrigin = "environment" | "option" | "chain" | "none";
