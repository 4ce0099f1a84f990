import type { CallContext, ClientContext } from "../features/context.js";
import type { ServiceAuthScheme } from "../schema/service.js";
import type { HttpRequest } from "../schema/http.js";
import type { SignatureForm } from "../signing/types.js";

/**
 * A way to authenticate requests. It is created by a function with a subpath of its own; services and operations list
 * the accepted schemes in `authSchemes`.
 */
export interface AuthScheme extends ServiceAuthScheme {
  /** Name in the `authSchemes` of an endpoint: `sigv4a`. */
  readonly name: string;
  /** Common prefix of the names of all schemes with the same identity; the endpoint chooses among these: `sigv4`. */
  readonly family: string;
  /** Source of the identity that the client has for this scheme, determined synchronously. */
  identity(client: ClientContext): IdentityOrigin;
  /**
   * A signed copy of the request of an attempt. Fails with a `CredentialsError` if there is no identity.
   *
   * @param form another form than the scheme's own, such as a signature in the query; of the family `sigv4` only
   */
  sign(context: CallContext, form?: SignatureForm): HttpRequest | Promise<HttpRequest>;
  /** Gets another identity, once the service has rejected that of the last attempt. Returns whether there is one. */
  renew?(context: CallContext): Promise<boolean>;
  /** The line of `explain()` about the signature of the last attempt. */
  describe(context: CallContext): string;
  /**
   * A signed request as observers may see it, without secrets; the same object if it has none. Observers see all of it if
   * this function is absent.
   */
  redact?(request: HttpRequest): HttpRequest;
  /** What the client lacks if there is no identity, and how to set it, for messages. */
  lacks?(client: Pick<ClientContext, "service">): Lack;
}

/** Parts of a sentence: `requires ${what}, … Set ${set}`. */
export interface Lack {
  /** `a bearer token`. */
  readonly what: string;
  /** `the client option token`. */
  readonly set: string;
}

/**
 * Source of an identity, the most specific first: `environment` is set for this service alone, `option` is a client
 * option, `chain` has to be resolved during the call, `none` cannot be found.
 */
export type IdentityOrigin = "environment" | "option" | "chain" | "none";
