import { escapeUri } from "../signing/escape.js";

/**
 * Percent-encodes the UTF-8 bytes of all but RFC 3986's unreserved characters. Half of a surrogate pair, which UTF-8
 * cannot carry, becomes U+FFFD.
 *
 * @see https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#uriencode-function
 */
export function uriEncode(value: string): string {
  return escapeUri(value.replace(/\p{Surrogate}/gu, "\uFFFD"));
}
