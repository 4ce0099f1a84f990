import { EndpointError } from "../errors/client.js";

/** The endpoint's `authSchemes` contain only schemes that the client does not support. */
export function unsupportedScheme(url: string, schemes: readonly { readonly name: string }[]): EndpointError {
  const names = schemes.map(({ name }) => name);
  const hint = names.includes("sigv4-s3express")
    ? " Set the client option disableS3ExpressSessionAuth: true to sign such requests with sigv4."
    : "";
  return new EndpointError(
    `Requests to ${url} must be signed with ${names.join(" or ")}, which this client does not support.${hint}`,
  );
}
