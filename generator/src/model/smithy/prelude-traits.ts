import { nearest } from "../../text/nearest.js";

const namespace = "smithy.api#";

/** Every trait that Smithy itself defines, in 1.0 or 2.0, by its name in `smithy.api`. */
const names: ReadonlySet<string> = new Set(
  [
    "addedDefault auth authDefinition box clientOptional cors default deprecated documentation endpoint enum enumValue",
    "error eventHeader eventPayload examples externalDocumentation hostLabel http httpApiKeyAuth httpBasicAuth",
    "httpBearerAuth httpChecksumRequired httpDigestAuth httpError httpHeader httpLabel httpPayload httpPrefixHeaders",
    "httpQuery httpQueryParams httpResponseCode idRef idempotencyToken idempotent input internal jsonName length",
    "mediaType mixin nestedProperties noReplace notProperty optionalAuth output paginated pattern private property",
    "protocolDefinition range readonly recommended references requestCompression required requiresLength",
    "resourceIdentifier retryable sensitive since sparse streaming suppress tags timestampFormat title trait",
    "traitValidators unitType uniqueItems unstable xmlAttribute xmlFlattened xmlName xmlNamespace",
  ]
    .join(" ")
    .split(" "),
);

/**
 * What is wrong with a trait's id where it is in Smithy's own namespace, which nobody else adds to; undefined where
 * nothing is. Later versions of Smithy may have more traits than are known here.
 */
export function unknownTrait(id: string): string | undefined {
  if (!id.startsWith(namespace) || names.has(id.slice(namespace.length))) return undefined;
  const near = nearest(id.slice(namespace.length), [...names]);
  return near === undefined ? "it has no effect." : `did you mean ${namespace}${near}?`;
}
