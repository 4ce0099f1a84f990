import { nearest } from "../../text/nearest.js";

const namespace = "smithy.api#";

/** Every trait that Smithy itself defines, in 1.0 or 2.0, with its type, by its name in `smithy.api`. */
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

/** Types by the names that are listed for each. */
export function byName(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(names).flatMap(([type, list]) => list.split(" ").map((name) => [name, type])));
}

/**
 * What is wrong with a trait's id where it is in Smithy's own namespace, which nobody else adds to; undefined where
 * nothing is. Later versions of Smithy may have more traits than are known here.
 */
export function unknownTrait(id: string): string | undefined {
  if (!id.startsWith(namespace) || preludeTraits.has(id.slice(namespace.length))) return undefined;
  const near = nearest(id.slice(namespace.length), [...preludeTraits.keys()]);
  return near === undefined ? "it has no effect." : `did you mean ${namespace}${near}?`;
}
