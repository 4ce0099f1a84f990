/** Values of endpoint rule parameters, by parameter name. @see https://smithy.io/2.0/additional-specs/rules-engine/ */
export type EndpointParameters = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What an endpoint rule set answers. */
export interface Endpoint {
  /** Scheme, host and, where the rules give one, a path: as the rules compose it, for `parseEndpointUrl` to check. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /** `authSchemes` and whatever else the rule states. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A rule set compiled to a function. Throws `EndpointError` where the rules end in an error. */
export type EndpointResolver = (parameters: EndpointParameters) => Endpoint;
