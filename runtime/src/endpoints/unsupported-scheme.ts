import { EndpointError } from "../errors/client.js";

/** The endpoint's `authSchemes` contain only schemes that the client does not support. */
export function unsupportedScheme(url: string, schemes: readonly { readonly name: string }[]): EndpointError {
  const names = schemes.map(({ name }) => name).join(" or ");
  return new EndpointError(`Requests to ${url} must be signed with ${names}, which this client does not support.`);
}
