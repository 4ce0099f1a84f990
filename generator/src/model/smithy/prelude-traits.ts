import { nearest } from "../../text/nearest.js";

const namespace = "smithy.api#";

/** All traits in `smithy.api`, of Smithy 1.0 and 2.0, with their types, by name. */
export const preludeTraits: ReadonlyMap<string, string> = byName({
  structure:
    "addedDefault authDefinition box clientOptional cors deprecated endpoint eventHeader eventPayload hostLabel http " +
    "httpApiKeyAuth httpBasicAuth httpBearerAuth httpChecksumRequired httpDigestAuth httpLabel httpPayload " +
    "httpQueryParams httpResponseCode idRef idempotencyToken idempotent input internal length longPoll metadata mixin " +
    "nestedProperties noReplace notProperty optionalAuth output paginated private property protocolDefinition range " +
    "readonly recommended requestCompression required requiresLength retryable sensitive sparse streaming trait " +
    "uniqueItems unitType unstable xmlAttribute xmlFlattened xmlNamespace",
  string:
    "documentation httpHeader httpPrefixHeaders httpQuery jsonName mediaType pattern resourceIdentifier since title " +
    "xmlName",
  list: "auth enum examples references suppress tags",
  map: "externalDocumentation traitValidators",
  document: "default enumValue",
  enum: "error timestampFormat",
  integer: "httpError",
});

/** Names of traits, by type. */
export function byName(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(names).flatMap(([type, list]) => list.split(" ").map((name) => [name, type])));
}

/**
 * Problem of an unknown trait in Smithy's own namespace. Undefined if the trait is known or in another namespace. Later
 * versions of Smithy may have more traits.
 */
export function unknownTrait(id: string): string | undefined {
  if (!id.startsWith(namespace) || preludeTraits.has(id.slice(namespace.length))) return undefined;
  const near = nearest(id.slice(namespace.length), [...preludeTraits.keys()]);
  return near === undefined ? "it has no effect." : `did you mean ${namespace}${near}?`;
}
