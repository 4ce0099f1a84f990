import type { AuthScheme } from "../../auth/auth-scheme.js";
import { RequestTarget } from "../../endpoints/target.js";
import type { Call, CallContext } from "../../features/context.js";
import type { Feature } from "../../features/feature.js";
import { newRetryState } from "../../retry/state.js";
import type { Operation } from "../../schema/service.js";
import type { HttpResponse } from "../../schema/http.js";
import { classicFeatures } from "../context.js";
import { wireRequest } from "../http-request.js";
import { preferredSigningTarget } from "../signing-target.js";
import type { Request } from "../request.js";

/** What the steps of one request share. */
export class ClassicCall {
  readonly request: Request;
  readonly operation: Operation;
  /** The features whose hooks the steps run. */
  readonly features: readonly Feature[];
  readonly state = newRetryState();
  /** The parameters in the form that protocols write. */
  input: object;
  /** Set when the request is built. */
  target: RequestTarget | undefined;
  /** The headers that the last signature added, by lower-case name. */
  signedHeaders: Readonly<Record<string, string>> = {};
  /** The response, once it has been received. */
  received: HttpResponse | undefined;
  #call: Call | undefined;

  constructor(request: Request, operation: Operation) {
    this.request = request;
    this.operation = operation;
    this.features = classicFeatures(operation);
    this.input = request.params;
  }

  /** The request as the hooks of features see it before its attempts. */
  get call(): Call {
    const { operation, request, state } = this;
    const client = request.service.context;
    return (this.#call ??= {
      client,
      operation,
      codec: client.codecOf(operation),
      settings: client.settingsFor(),
      signal: request.signal,
      bodySignal: request.signal,
      state,
      observer: undefined,
      ...(request.signatureForm && { isPresigned: true }),
    });
  }

  /** The ways in which the request may be authenticated; none where it is sent unsigned. */
  get authSchemes(): readonly AuthScheme[] {
    const { operation, request } = this;
    if (request.isUnauthenticated || operation.auth === "none") return [];
    return (operation.authSchemes ?? request.service.context.service.authSchemes ?? []) as readonly AuthScheme[];
  }

  /** The next attempt, as the hooks of features and auth schemes see it: with the request as listeners have left it. */
  attempt(target: RequestTarget): CallContext {
    const { httpRequest, response } = this.request;
    const { retryCount, redirectCount, maxRetries } = response;
    this.state.attempts = retryCount + redirectCount + 1;
    return {
      ...this.call,
      input: this.input,
      operation: this.#leavesBodyUnsigned(target) ? { ...this.operation, unsignedPayload: true } : this.operation,
      target: this.#withRegion(target),
      request: wireRequest(httpRequest),
      transport: this.request.service.context.transport,
      maxAttempts: maxRetries + 1,
    };
  }

  /** `s3DisableBodySigning`: TLS protects the body. */
  #leavesBodyUnsigned(target: RequestTarget): boolean {
    const { service, httpRequest } = this.request;
    const isS3Like = preferredSigningTarget(target, service.context.service)?.doubleEncodePath === false;
    return isS3Like && service.config.s3DisableBodySigning && httpRequest.endpoint.protocol === "https:";
  }

  /** The target, signed for the Region that a listener has set. */
  #withRegion(target: RequestTarget): RequestTarget {
    const { service } = this.request.service.context;
    const { region } = this.request.httpRequest;
    if (region === undefined || preferredSigningTarget(target, service)?.region === region) return target;
    const authSchemes = target.authSchemes.map((scheme) => ({ ...scheme, signingRegion: region }));
    return new RequestTarget({ url: target.url, properties: { authSchemes } }, service, region);
  }
}
